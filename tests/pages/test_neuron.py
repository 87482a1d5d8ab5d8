"""The page of one neuron: the loop turn by turn, the race, and shapes that stretch."""

import numpy as np
import pytest

from engine.inspection.calories import CALORIES
from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._neuron.broadcast import operand
from pages._neuron.lens import DIVIDED, DIVISOR, DIVISORS, NEURON
from tests.pages.screen import address, sound


def table(at):
    return at.dataframe[0].value


def shape_of(title):
    return tuple(int(part) for part in title[title.rindex("(") :].strip("()").split(",") if part)


def test_the_first_screen_has_the_loop_at_its_end_and_the_race(visit):
    at = sound(visit("neuron"))
    assert address(at) == {}
    assert at.slider[-1].value == NEURON.first.samples
    step = take_step(*begin(NEURON.first), NEURON.first.learning_rate)
    last = table(at).iloc[-1]
    assert last["i"] == "÷ m"
    assert float(last["J"].replace("−", "-")) == pytest.approx(step.matrices["J"].item(), rel=5e-3)
    said = [caption.value for caption in at.caption]
    assert any("the loop and the lines without one agree" in text for text in said)
    assert any("times as long" in text for text in said)


def test_the_loop_goes_turn_by_turn(visit):
    at = visit("neuron")
    (turns,) = [slider for slider in at.slider if slider.label == "Turns of the loop"]
    sound(turns.set_value(2).run())
    assert table(at)["i"].tolist() == ["1", "2"]
    assert any(text.value.startswith("2 turns of 6") for text in at.caption)


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
