"""The page of a single step: what is changed by hand, what travels in its link, what it says."""

import json

import numpy as np
import pytest

from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._kit.matrices import place
from pages._kit.matrices.place import Place
from pages._one_step import picture, sentences
from pages._one_step.lens import ONE_STEP, OUTPUT
from tests.pages.screen import address, notes, press, sound


def sent(at):
    """What the matrices were sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [
        json.loads(proto.json)
        for proto in told
        if proto.component_name == "neural_network_matrices"
    ]
    return data


def matrix(at, key):
    data = sent(at)
    found = data["matrices"][data["keys"].index(key)]
    return np.array(found["values"], float).reshape(found["shape"])


def edit(at, key, row, column, value):
    """Put a number into a cell, as the browser does."""
    said = {"key": key, "row": row, "column": column, "value": value}
    at.session_state[picture._KEY] = {"edit": said}
    return sound(at.run())


def test_it_opens_at_a_sum_with_its_numbers(visit):
    at = sound(visit("one_step"))
    assert sent(at)["open"] == list(picture.FIRST)
    step = take_step(*begin(ONE_STEP.first), ONE_STEP.first.learning_rate)
    np.testing.assert_allclose(matrix(at, "Z1"), step.matrices["Z1"])
    assert any(sentences.fallen(step) == each.value for each in at.markdown)


def test_the_steps_before_are_taken(arrive):
    at = arrive(ONE_STEP, {"epochs": "10"})
    step = take_step(*begin(ONE_STEP.first.but(epochs=10)), ONE_STEP.first.learning_rate)
    np.testing.assert_allclose(matrix(at, "W2"), step.matrices["W2"])


def test_a_cell_of_a_link_is_changed_and_goes_on_in_the_link(arrive):
    link = {"learning_rate": "1", "edit": "W1_0_0_2.5~Y_0_0_1"}
    at = arrive(ONE_STEP, link)
    assert notes(at) == []
    assert matrix(at, "W1")[0, 0] == 2.5
    assert matrix(at, "Y")[0, 0] == 1
    assert address(at) == link
    press(at, "Undo 2 changes")
    assert address(at) == {"learning_rate": "1"}
    assert matrix(at, "W1")[0, 0] != 2.5


@pytest.mark.parametrize("text", ["W9_0_0_1", "W1_7_0_1", "Z1_0_0_1", "Y_0_0_0.5", "<script>"])
def test_a_cell_that_cannot_be_changed_is_left_out(arrive, text):
    at = arrive(ONE_STEP, {"learning_rate": "1", "edit": text})
    assert address(at) == {"learning_rate": "1"}


def test_another_network_forgets_what_was_changed(arrive):
    at = arrive(ONE_STEP, {"learning_rate": "1", "edit": "W1_0_0_2.5"})
    at = press(at, "Another seed")
    assert "edit" not in address(at)


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("dW1", ["dW1", 0, 0, ""]),
        ("dW2_0_2", ["dW2", 0, 2, ""]),
        ("dW2_A1_2_1", ["A1", 2, 1, "dW2"]),
        ("A1_dW2_", list(picture.FIRST)),
        ("W2_0_1", list(picture.FIRST)),
        ("dW2_0_99", list(picture.FIRST)),
        ("<b>", list(picture.FIRST)),
        ("", list(picture.FIRST)),
    ],
)
def test_a_link_can_open_a_line(arrive, text, opened):
    at = arrive(ONE_STEP, {"learning_rate": "1", "line": text})
    assert sent(at)["open"] == opened
    # It stays in the link, but for the place where the page begins.
    assert address(at).get("line", "") == (place.write(Place(*opened)) if opened[0] != "Z1" else "")


def test_a_thing_tried_again_is_asked_for_again(arrive):
    at = arrive(ONE_STEP, {"learning_rate": "1"})
    before = sent(at)["asked"]
    at.session_state[f"{ONE_STEP.path}.tries"] = before + 1
    assert sent(sound(at.run()))["asked"] == before + 1


@pytest.mark.parametrize("output", [name for name in OUTPUT.knob.titles if name != "data"])
def test_the_output_can_be_chosen(arrive, output):
    at = arrive(ONE_STEP, {"learning_rate": "1", "output": output})
    n_y = 2 if output == "softmax" else 1
    assert matrix(at, "A2").shape == (n_y, 4)
    np.testing.assert_allclose(matrix(at, "dZ2"), matrix(at, "A2") - matrix(at, "Y"), atol=1e-12)


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.01, "the step keeps the promise."),
        (2.0, "the slope changes on the way."),
        (100.0, "the step went too far."),
        (0.0, "the step has no length."),
    ],
)
def test_how_far_j_has_fallen_is_said(alpha, said):
    assert sentences.fallen(take_step(*begin(ONE_STEP.first), alpha)).endswith(said)


def test_numbers_that_overflow_are_said_to():
    network, theta, X, Y = begin(ONE_STEP.first)
    assert "overflow" in sentences.fallen(take_step(network, theta * 1e308, X, Y, 1e300))


def test_the_script_is_of_the_step_with_what_was_changed(arrive):
    link = {"learning_rate": "1", "edit": "W1_0_0_2.5", "panel": "The step as a script"}
    (code,) = [each.value for each in arrive(ONE_STEP, link).code]
    assert "W1 = np.array([\n    [2.5, " in code
    assert "alpha, m = 1.0, 4" in code


def test_the_number_of_the_step_is_said(arrive):
    at = arrive(ONE_STEP, {"epochs": "10"})
    assert any(each.value.startswith("**In step 10 J falls from") for each in at.markdown)


def test_runs_are_pinned_and_compared(arrive):
    at = arrive(ONE_STEP, {"learning_rate": "1", "panel": "Compare"})
    assert "pins" in address(press(at, "Pin this run"))


def test_the_output_is_chosen_beside_the_knobs_and_above_the_buttons(visit_alone):
    at = visit_alone("one_step")
    labels = [getattr(element, "label", "") for element in at.sidebar]
    assert labels.index("Seed of the network") < labels.index(OUTPUT.knob.label)
    assert labels.index(OUTPUT.knob.label) < labels.index("Again from the same start")
