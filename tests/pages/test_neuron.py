"""The page of one neuron: the loop turn by turn, the race, and shapes that stretch."""

import json

import numpy as np
import pytest

from engine.inspection.calories import CALORIES
from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._neuron import loop, shapes
from pages._neuron.broadcast import operand
from pages._neuron.lens import DIVIDED, DIVISOR, DIVISORS, NEURON
from pages._neuron.race import lengths
from tests.pages._kit.matrices.test_matrices import is_sound
from tests.pages.screen import address, notes, sound


def sent(at):
    """The loop that the browser was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == "playground_neuron_loop"]
    return data


def shape_of(title):
    return tuple(int(part) for part in title[title.rindex("(") :].strip("()").split(",") if part)


def test_the_first_screen_has_the_loop_at_its_end_and_the_race(visit):
    at = sound(visit("neuron"))
    assert address(at) == {}
    step = take_step(*begin(NEURON.first), NEURON.first.learning_rate)
    program = sent(at)
    assert program["open"] is None
    assert (program["m"], len(program["turns"])) == (step.m, step.m)
    for name, key in (("J", "J"), ("db", "db1")):
        assert program["mean"][name] == pytest.approx(step.matrices[key].item(), rel=1e-12)
    means = [program["mean"][name] for name in program["slopes"]]
    np.testing.assert_allclose(means, step.matrices["dW1"].ravel(), rtol=1e-12)
    assert "the loop and the lines without one agree" in program["end"]
    assert any("times as long" in caption.value for caption in at.caption)


def test_the_sums_grow_by_what_each_turn_adds(visit):
    program = sent(visit("neuron"))
    before = dict.fromkeys(("db", *program["slopes"]), 0.0)
    for turn in program["turns"]:
        assert turn["dz"] == pytest.approx(turn["a"] - turn["y"], abs=1e-15)
        added = {"db": turn["dz"]} | {
            dw: turn[x] * turn["dz"]
            for x, dw in zip(program["inputs"], program["slopes"], strict=True)
        }
        for name, more in added.items():
            assert turn[name] == pytest.approx(before[name] + more, abs=1e-14)
            before[name] = turn[name]


@pytest.mark.parametrize(
    ("text", "position"), [("0", 0), ("12", 12), ("-1", None), ("1e3", None), ("<b>", None)]
)
def test_a_link_opens_a_line_of_the_loop(visit_alone, text, position):
    at = sound(visit_alone("neuron", {"at": text}))
    assert sent(at)["open"] == position
    assert address(at).get("at") == (None if position is None else text)


@pytest.mark.parametrize(
    ("n", "wanted", "expected"),
    [
        (10, 100_000, [10, 100, 1_000, 10_000, 100_000]),
        (100, 1_000_000, [10, 100, 1_000, 10_000]),
        (1, 1_000_000, [10, 100, 1_000, 10_000, 100_000, 1_000_000]),
        (10, 300, [10, 100, 300]),
    ],
)
def test_the_race_goes_as_far_as_is_wanted_and_can_be_held(n, wanted, expected):
    assert lengths(n, wanted) == expected


def test_the_race_is_as_long_as_the_slider_says(visit_alone):
    at = sound(visit_alone("neuron", {"m": "1000", "n": "2"}))
    (told,) = [caption.value for caption in at.caption if "times as long" in caption.value]
    assert told.startswith("1,000 samples of 2 inputs: ")
    assert address(at) == {"m": "1000", "n": "2"}


@pytest.mark.parametrize("name", [*DIVIDED.knob.titles, *DIVISORS])
def test_an_operand_has_the_shape_its_name_says(name):
    titles = DIVIDED.knob.titles | DIVISORS
    assert operand(CALORIES, name).shape == shape_of(titles[name])


@pytest.mark.parametrize("of", DIVIDED.knob.titles)
@pytest.mark.parametrize("by", DIVISORS)
def test_every_pair_of_shapes_is_explained(visit_alone, of, by):
    at = sound(visit_alone("neuron", {"panel": "Broadcasting", "of": of, "by": by}))
    said = " ".join(text.value for text in at.markdown)
    try:
        result = np.broadcast_shapes(operand(CALORIES, of).shape, operand(CALORIES, by).shape)
    except ValueError:
        assert "NumPy refuses" in said
    else:
        assert f"give {result}." in said
    assert DIVISOR.name in address(at) or by == DIVISOR.default


def test_what_is_trained_is_a_straight_line(visit):
    at = sound(visit("neuron", {"panel": "Trained", "dataset": "xor"}))
    assert address(at) == {"panel": "Trained", "dataset": "xor"} or address(at) == {
        "dataset": "xor"
    }


def test_a_run_with_layers_is_none_of_this_page():
    assert NEURON.affords(NEURON.first)
    assert not NEURON.affords(NEURON.first.but(hidden=(3,)))


def test_typed_shapes_travel_in_the_link(visit_alone):
    link = {"panel": shapes.TITLE, "left": "4_1", "right": "number"}
    at = sound(visit_alone("neuron", link))
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == "playground_neuron_shapes"]
    assert data["state"] == {"left": [4, 1], "right": []}
    assert address(at) == link


@pytest.mark.parametrize("text", ["0_1", "13", "1_1_1_1_1", "4.5", "-1", "<b>", ""])
def test_a_shape_that_is_none_leaves_the_default(visit_alone, text):
    at = sound(visit_alone("neuron", {"left": text}))
    assert "left" not in address(at)
    assert len(notes(at)) == 1


@pytest.mark.parametrize("part", [loop, shapes])
def test_the_modules_of_a_part_can_be_joined_into_one(part, tmp_path):
    assert is_sound(part.MODULES, tmp_path) == ""
