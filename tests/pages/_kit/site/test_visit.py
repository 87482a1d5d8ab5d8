import pytest

from engine.experiment.experiment import KNOBS
from pages._pages.registry import LENSES
from tests.pages.screen import a_knob, a_link, address, notes, press, sound, widget

SEEDED = [lens for lens in LENSES.values() if "seed" in lens.knobs]

lenses = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
seeded = pytest.mark.parametrize("lens", SEEDED, ids=lambda lens: lens.path)


@lenses
def test_a_page_as_it_opens_has_an_empty_address(visit, lens):
    at = sound(visit(lens.path))
    assert address(at) == {}
    assert notes(at) == []


@lenses
def test_the_address_says_what_differs_from_the_defaults(visit, lens):
    at = sound(visit(lens.path, a_link(lens)))
    assert address(at) == a_link(lens)
    assert notes(at) == []


@lenses
def test_back_at_the_default_a_knob_leaves_the_address(visit, lens):
    at = visit(lens.path, a_link(lens))
    name = a_knob(lens)
    widget(at, KNOBS[name].label).set_value(getattr(lens.defaults, name)).run()
    assert address(sound(at)) == {key: text for key, text in a_link(lens).items() if key != name}


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
    at = visit(lens.path, a_link(lens))
    name = a_knob(lens)
    value = 0.7 if name == "l2" else 0.1
    widget(at, KNOBS[name].label).set_value(value).run()
    at = leave_and_return(at, lens, query)
    assert address(at) == a_link(lens) | {name: f"{value}"}
    assert widget(at, KNOBS[name].label).value == value
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
    at = sound(press(visit(lens.path, a_link(lens)), "Another seed"))
    assert address(at) == a_link(lens) | {"seed": "6"}
    assert widget(at, KNOBS["seed"].label).value == 6
    assert address(press(at, "Another seed")) == a_link(lens) | {"seed": "7"}


@seeded
def test_after_the_last_seed_comes_the_first(visit, lens):
    last = KNOBS["seed"].high
    at = sound(visit(lens.path, a_link(lens) | {"seed": str(last)}))
    at = sound(press(at, "Another seed"))
    assert widget(at, KNOBS["seed"].label).value == 0


@lenses
def test_the_defaults_are_one_press_away(visit, lens):
    at = press(visit(lens.path, a_link(lens)), "All knobs to their defaults")
    assert address(sound(at)) == {}
    name = a_knob(lens)
    assert widget(at, KNOBS[name].label).value == getattr(lens.first, name)
    assert address(at.run()) == {}


@lenses
def test_again_from_the_same_start_leaves_the_knobs(visit, lens):
    at = press(visit(lens.path, a_link(lens)), "Again from the same start")
    assert a_link(lens).items() <= address(sound(at)).items()
