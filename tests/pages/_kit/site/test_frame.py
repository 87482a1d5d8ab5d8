import pytest

from engine.experiment.experiment import KNOBS
from pages._kit.site import frame, jobs, sitemap
from pages._pages.atlas import LENSES
from tests.pages.offers import PAGES, ROOT
from tests.pages.screen import address, notes, press, sound, widget

PLACES = sitemap.pages()
SEEDED = [lens for lens in LENSES.values() if "seed" in lens.knobs]

lenses = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
seeded = pytest.mark.parametrize("lens", SEEDED, ids=lambda lens: lens.path)


def turned(lens):
    """An experiment that is cheap, and unlike the page's defaults, as a link."""
    return {"seed": "5", "l2": "0.3"} | ({"samples": "100"} if lens.path == "mnist" else {})


# --- the map --------------------------------------------------------------------------------------


def test_every_page_is_on_the_map_once():
    assert sorted(place.file for place in PLACES) == [f"pages/{name}.py" for name in PAGES]


def test_every_place_says_what_it_is():
    assert len({place.title for place in PLACES}) == len(PLACES)
    for place in PLACES:
        assert (ROOT / place.file).is_file()
        assert place.icon.startswith(":material/")
        assert place.teaser.endswith(".")


def test_a_page_address_is_its_lens_path():
    assert {f"pages/{path}.py" for path in LENSES} <= {place.file for place in PLACES}


# --- the link -------------------------------------------------------------------------------------


@lenses
def test_a_page_as_it_opens_has_an_empty_address(visit, lens):
    at = sound(visit(lens.path))
    assert address(at) == {}
    assert notes(at) == []


@lenses
def test_the_address_says_what_differs_from_the_defaults(visit, lens):
    at = sound(visit(lens.path, turned(lens)))
    assert address(at) == turned(lens)
    assert notes(at) == []


@lenses
def test_back_at_the_default_a_knob_leaves_the_address(visit, lens):
    at = visit(lens.path, turned(lens))
    widget(at, KNOBS["l2"].label).set_value(lens.defaults.l2).run()
    assert address(sound(at)) == {key: text for key, text in turned(lens).items() if key != "l2"}


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
    drawn, again = [], frame.draw_again
    monkeypatch.setattr(frame, "draw_again", lambda: (drawn.append(True), again()))
    at = sound(visit("regularisation", {"seed": "77", "epochs": "30", "l2": "-1"}))
    assert drawn
    assert len(notes(at)) == 1
    assert notes(at.run()) == []


@lenses
def test_streamlits_own_parameters_are_none_of_ours(visit, lens):
    at = sound(visit(lens.path, {"embed": "true", "embed_options": "dark_theme", "seed": "5"}))
    assert notes(at) == []
    assert address(at) == {"seed": "5"}


# --- leaving and coming back ----------------------------------------------------------------------


def leave_and_return(at, lens, query=None):
    for page in ("home", lens.path):
        at.query_params.clear()
        at.query_params.update(query or {})
        at.switch_page(f"pages/{page}.py").run()
    return sound(at)


@lenses
@pytest.mark.parametrize("query", [{}, {"embed": "true"}], ids=["alone", "embedded"])
def test_a_page_is_found_as_it_was_left(visit, lens, query):
    at = visit(lens.path, turned(lens))
    widget(at, KNOBS["l2"].label).set_value(0.7).run()
    at = leave_and_return(at, lens, query)
    assert address(at) == turned(lens) | {"l2": "0.7"}
    assert widget(at, KNOBS["l2"].label).value == 0.7
    assert widget(at, KNOBS["seed"].label).value == 5


def test_pages_share_knobs_but_not_their_values(visit):
    at = visit("xor", {"seed": "5"})
    at.query_params.clear()
    at.switch_page("pages/mnist.py").run()
    assert address(sound(at)) == {}
    assert widget(at, KNOBS["seed"].label).value == LENSES["mnist"].defaults.seed


# --- the buttons ----------------------------------------------------------------------------------


@seeded
def test_another_seed_changes_the_seed_alone(visit, lens):
    at = sound(press(visit(lens.path, turned(lens)), "Another seed"))
    assert address(at) == turned(lens) | {"seed": "6"}
    assert widget(at, KNOBS["seed"].label).value == 6
    assert address(press(at, "Another seed")) == turned(lens) | {"seed": "7"}


@seeded
def test_after_the_last_seed_comes_the_first(visit, lens):
    last = KNOBS["seed"].high
    at = sound(visit(lens.path, turned(lens) | {"seed": str(last)}))
    at = sound(press(at, "Another seed"))
    assert widget(at, KNOBS["seed"].label).value == 0


@lenses
def test_the_defaults_are_one_press_away(visit, lens):
    at = press(visit(lens.path, turned(lens)), "All knobs to their defaults")
    assert address(sound(at)) == {}
    assert widget(at, KNOBS["l2"].label).value == lens.defaults.l2
    assert address(at.run()) == {}


@lenses
def test_again_from_the_same_start_leaves_the_knobs(visit, lens):
    at = press(visit(lens.path, turned(lens)), "Again from the same start")
    assert turned(lens).items() <= address(sound(at)).items()


# --- what a visitor keeps -------------------------------------------------------------------------


def test_a_thing_is_made_once_and_may_be_replaced(monkeypatch):
    monkeypatch.setattr(frame.st, "session_state", {})
    first = frame.keep("thing", list)
    assert frame.keep("thing", list) is first
    frame.put("thing", [1])
    assert frame.keep("thing", list) == [1]
