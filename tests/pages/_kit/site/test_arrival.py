import pytest

from engine.experiment.experiment import KNOBS
from pages._kit.site import jobs, session
from pages._pages.registry import LENSES
from tests.pages.screen import address, notes, sound

SEEDED = [lens for lens in LENSES.values() if "seed" in lens.knobs]

lenses = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
seeded = pytest.mark.parametrize("lens", SEEDED, ids=lambda lens: lens.path)


@lenses
def test_a_note_is_for_the_moment_one_comes(visit, lens):
    at = sound(visit(lens.path, {"seed": "5", "l2": "-1"}))
    (note,) = notes(at)
    default = KNOBS["l2"].show(lens.defaults.l2)
    assert f"l2 is not a number from 0 to 1,000, so the default {default} is used." in note
    assert address(at) == {"seed": "5"}
    assert notes(at.run()) == []


def test_a_note_stays_while_the_page_draws_itself_again(visit, monkeypatch):
    monkeypatch.setattr(jobs, "FIRST", 0.0)  # nothing is trained when the page is drawn first
    drawn, again = [], session.draw_again
    monkeypatch.setattr(session, "draw_again", lambda: (drawn.append(True), again()))
    at = sound(visit("regularisation", {"seed": "77", "epochs": "30", "l2": "-1"}))
    assert drawn
    assert len(notes(at)) == 1
    assert notes(at.run()) == []


@lenses
def test_streamlits_own_parameters_are_none_of_ours(visit, lens):
    at = sound(visit(lens.path, {"embed": "true", "embed_options": "dark_theme", "seed": "5"}))
    assert notes(at) == []
    assert address(at) == {"seed": "5"}
