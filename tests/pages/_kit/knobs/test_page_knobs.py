"""A page's own controls: remembered, written into the link, and safe to be given junk."""

import dataclasses
import itertools

import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment.knobs import Choices, Flag, Integer, Real
from pages._kit.knobs.lens import PageKnob
from pages._pages.registry import LENSES
from tests.pages.screen import sound, widget

WORDS = {"section": "data", "meaning": "It turns."}
DEPTH = PageKnob(
    name="depth",
    default=10,
    knob=Integer(**WORDS, label="Depth", low=2, high=100),
    offer=(2, 5, 10, 100),
)
RUNS = PageKnob(
    name="runs",
    default=("a", "b"),
    knob=Choices(**WORDS, label="Runs", titles={n: n.upper() for n in "abcd"}, fewest=2, most=3),
)
FLAG = PageKnob(name="flag", default=False, knob=Flag(**WORDS, label="Flag"))
RATE = PageKnob(
    name="rate",
    default=0.5,
    knob=Real(**WORDS, label="Rate", low=0.0, high=1.0, options=(0.0, 0.5, 1.0)),
)

OFFERING = [
    page_knob for lens in LENSES.values() for page_knob in lens.page_knobs
    if page_knob.offer and isinstance(page_knob.knob, Integer | Real)
]  # fmt: skip


@pytest.mark.parametrize(
    ("page_knob", "text", "value"),
    [
        (DEPTH, "5", 5), (DEPTH, "7", 7), (RUNS, "a.c.d", ("a", "c", "d")), (FLAG, "1", True),
        (RATE, "0.25", 0.25),
    ],
)  # fmt: skip
def test_a_link_sets_a_dial(page_knob, text, value):
    assert page_knob.read(text) == (value, [])
    assert page_knob.knob.write(value) == text


@pytest.mark.parametrize("page_knob", [DEPTH, RUNS, FLAG, RATE])
def test_a_link_that_does_not_name_a_dial_leaves_its_default(page_knob):
    assert page_knob.read(None) == (page_knob.default, [])


def test_a_page_can_open_otherwise_than_its_links_say():
    opening = dataclasses.replace(RUNS, opening=("a", "c", "d"))
    assert (RUNS.first, opening.first) == (("a", "b"), ("a", "c", "d"))
    lens = dataclasses.replace(LENSES["xor"], page_knobs=(opening, FLAG))
    as_it_opens = lens.write_page_knobs({})
    assert as_it_opens == {"runs": "a.c.d"}
    assert lens.write_page_knobs({"runs": ("a", "b"), "flag": True}) == {"flag": "1"}
    assert lens.address(as_it_opens) == {}
    assert lens.address(as_it_opens | {"seed": "5"}) == {"runs": "a.c.d", "seed": "5"}
    (said,) = lens.address({}).items()  # the state that links mean without naming it
    assert lens.read(dict([said])) == (lens.defaults, [])


@pytest.mark.parametrize(
    ("page_knob", "text"),
    [(DEPTH, "1"), (DEPTH, "1e9"), (RUNS, "a"), (RUNS, "a.b.c.d"), (RUNS, "a.<b>"), (FLAG, "on"),
     (RATE, "nan"), (RATE, "")],
)  # fmt: skip
def test_junk_leaves_the_default_and_is_said_in_one_sentence(page_knob, text):
    value, (note,) = page_knob.read(text)
    assert value == page_knob.default
    assert note.startswith(f"{page_knob.name} is not ")
    assert "<" not in note


@pytest.mark.parametrize("page_knob", OFFERING, ids=lambda page_knob: page_knob.name)
def test_no_value_that_a_link_brings_looks_like_a_stop(page_knob):
    offered = list(page_knob.offer)
    between = [low + (high - low) * 1e-9 for low, high in itertools.pairwise(sorted(offered))]
    if isinstance(page_knob.knob, Integer):
        between = range(min(offered), min(max(offered), min(offered) + 2000))
    brought = [page_knob.read(page_knob.knob.write(value))[0] for value in [*offered, *between]]
    assert (
        len({page_knob.knob.show(value) for value in brought})
        == len(set(brought))
        > len(offered) / 2
    )


def page():
    import streamlit as st

    from engine.experiment.experiment import Experiment
    from pages._kit.knobs import controls
    from pages._kit.knobs.lens import Lens
    from tests.pages._kit.knobs.test_page_knobs import DEPTH, FLAG, RATE, RUNS

    lens = Lens(
        path="page_knobs", defaults=Experiment(), knobs=(), page_knobs=(DEPTH, RUNS, FLAG, RATE)
    )
    for page_knob in lens.page_knobs:
        if st.session_state.get("shown", True):
            st.text(f"{controls.page_knob(lens, page_knob)}")
    st.json(controls.written_page_knobs(lens))


def written(at):
    import json

    return json.loads(sound(at).json[0].value)


def test_dials_open_at_their_defaults_and_write_nothing():
    at = AppTest.from_function(page).run()
    assert [text.value for text in at.text] == ["10", "('a', 'b')", "False", "0.5"]
    assert written(at) == {}


def test_what_is_turned_is_written_and_kept_while_it_is_not_drawn():
    at = AppTest.from_function(page).run()
    widget(at, "Depth").set_value(5).run()
    widget(at, "Runs").set_value(["d", "b", "c"]).run()
    widget(at, "Flag").set_value(True).run()
    expected = {"depth": "5", "runs": "b.c.d", "flag": "1"}
    assert written(at) == expected
    for shown in (False, True):
        at.session_state["shown"] = shown
        assert written(at.run()) == expected
    assert [text.value for text in at.text] == ["5", "('b', 'c', 'd')", "True", "0.5"]


def test_too_few_or_too_many_are_not_taken_and_it_is_said():
    at = AppTest.from_function(page).run()
    for chosen in (["a"], ["a", "b", "c", "d"], []):
        widget(at, "Runs").set_value(chosen).run()
        assert [text.value for text in at.text][1] == "('a', 'b')"
        assert at.caption[0].value.endswith("Choose 2 to 3 of a, b, c, d; until then it is A, B.")
        assert written(at) == {}
