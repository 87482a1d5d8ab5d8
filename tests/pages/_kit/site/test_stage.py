"""The stage: what a drag shows of a long training, and what becomes of a page in which it fails."""

import pytest

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from pages._kit.site import session, stage
from pages._kit.site.session import Dragged
from pages._pages.registry import LENSES
from tests.pages.screen import address, press, sound

SHORT = Experiment()
LONG = Experiment(dataset="moons", samples=1000, hidden=(12,) * 4, batch_size=10, epochs=1000)


def test_a_short_training_is_shown_whole():
    assert stage._cut_short(SHORT, stage.alone) == (SHORT, "")


def test_of_a_long_one_a_drag_shows_the_beginning_and_says_so():
    brief, note = stage._cut_short(LONG, stage.alone)
    assert brief == LONG.but(epochs=brief.epochs)
    assert effort.price(brief).seconds <= stage.LIVE < effort.price(LONG).seconds
    assert note == (
        f"While you drag, each network is trained for {brief.epochs} epochs instead of 1,000."
    )


@pytest.mark.parametrize("hidden", [64, 256, 512])
@pytest.mark.parametrize("epochs", [1, 5])
def test_where_one_epoch_takes_long_it_is_one_on_fewer_digits(hidden, epochs):
    whole = LENSES["mnist"].first.but(hidden=(hidden,), epochs=epochs)
    brief, note = stage._cut_short(whole, stage.alone)
    assert brief == whole.but(epochs=1, samples=brief.samples)
    assert 1000 <= brief.samples < 60_000
    assert effort.price(brief).seconds <= stage.LIVE
    instead = " instead of 5" if epochs == 5 else ""
    assert note == (
        f"While you drag, each network is trained for 1 epoch{instead}, on {brief.samples:,} of "
        "the 60,000 digits."
    )


def test_of_several_all_are_counted():
    alone, _ = stage._cut_short(LONG, stage.alone)
    among_four, _ = stage._cut_short(LONG, lambda experiment: [experiment] * 4)
    assert among_four.epochs < alone.epochs


@pytest.mark.parametrize("path", [lens.path for lens in LENSES.values() if lens.hot])
def test_where_a_knob_has_been_dragged_to_the_page_goes(visit, path):
    lens = LENSES[path]
    at = sound(visit(path, lens.write(lens.first)))
    seed = at.session_state[f"lens.{path}"].seed + 5
    dragged = lens.first.but(seed=seed)
    at.session_state[f"{path}.dragged"] = Dragged(dragged, is_over=True, sequence=1)
    sound(at.run())
    assert at.session_state[f"lens.{path}"] == dragged
    assert address(at)["seed"] == str(seed)
    press(at, "All knobs to their defaults")
    assert at.session_state[f"lens.{path}"] == lens.first


def test_a_link_is_not_overruled_by_an_earlier_drag(visit):
    at = sound(visit("xor"))
    lens = LENSES["xor"]
    at.session_state["xor.dragged"] = Dragged(lens.first.but(seed=9), is_over=False, sequence=1)
    sound(at.switch_page("pages/home.py").run())
    at.query_params.update({"seed": "4"})
    sound(at.switch_page("pages/xor.py").run())
    assert at.session_state["lens.xor"].seed == 4


def test_what_is_held_for_a_drag_is_let_go_with_the_next(visit, monkeypatch):
    at = sound(visit("xor"))
    held = at.session_state["frame.held"]
    count = len(held)
    assert at.session_state["frame.of_page"] == count
    monkeypatch.setattr(session.st, "session_state", at.session_state)
    session.hold(object())
    session.let_go_of_drags()
    assert len(at.session_state["frame.held"]) == count
