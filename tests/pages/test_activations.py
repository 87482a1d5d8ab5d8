"""The page of activations and outputs: what its components are sent, and what its link keeps."""

import json
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from engine.data import mnist
from engine.inspection.outputs import OUTPUTS
from engine.inspection.softmax import as_written, probabilities
from engine.nn.activations import ACTIVATIONS
from pages._activations import curve, labels, loss, parts, soft
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from pages._activations.lens import FURTHEST
from pages._activations.measures import CHANGE, MEASURES, STEEPNESS
from pages._activations.page import PAGE
from tests.pages._kit.matrices.test_matrices import is_sound
from tests.pages.hostile import links
from tests.pages.screen import address, arrived, notes, press, sound

OPENING = {"g": "sigmoid", "z": 2.0, "L": 10, "beside": []}


def sent(at, name):
    """What a component was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == f"activations_{name}"]
    return data


def test_it_opens_at_a_sigmoid(visit):
    at = sound(visit("activations"))
    assert sent(at, "curve")["state"] == OPENING
    assert list(sent(at, "curve")["rows"]) == list(ACTIVATIONS)
    assert (address(at), notes(at)) == ({}, [])


@pytest.mark.parametrize("part", [curve, soft, loss, labels])
def test_the_modules_of_a_part_can_be_joined_into_one(part, tmp_path):
    assert is_sound(parts.joined(part.MODULES), tmp_path) == ""


def test_who_comes_by_another_link_sees_that(visit):
    at = visit("activations")
    version = sent(at, "curve")["version"]
    at = arrived(at, "activations", {"g": "relu", "z": "0"})
    assert sent(at, "curve")["state"] == OPENING | {"g": "relu", "z": 0.0}
    assert sent(at, "curve")["version"] != version


@pytest.mark.parametrize("name", [own.name for own in LENS.page_knobs])
@pytest.mark.parametrize("text", ["<script>1e999", "nan", "9" * 50, ""])
def test_a_hostile_value_leaves_a_default_and_one_note(visit, name, text):
    at = arrived(visit("activations"), "activations", {name: text})
    assert address(at) == {}
    (note,) = notes(at)
    assert "<" not in note


@pytest.mark.parametrize("each", LENS.tries, ids=lambda each: each.label)
def test_what_is_to_be_tried_is_allowed(each):
    for name, value in each.page_knobs.items():
        assert LENS.page_knob(name).knob.check(value) == value


def test_a_link_is_read_back(visit):
    link = {"g": "gelu", "z": "-0.75", "L": "3", "beside": "tanh.relu"}
    assert address(arrived(visit("activations"), "activations", link)) == link


def test_softmax_is_sent_its_logits_and_their_limits(visit):
    link = {"logits": "3_-1_0.5", "T": "2", "add": "800", "true": "2", "i": "3", "j": "2"}
    at = arrived(visit("activations"), "activations", link)
    data = sent(at, "softmax")
    assert data["state"]["logits"] == [3.0, -1.0, 0.5]
    assert (data["state"]["add"], data["limits"]["most"]) == (800, 10)
    assert (address(at), notes(at)) == (link, [])


def test_labels_of_real_digits_become_y(visit):
    at = arrived(visit("activations"), "activations", {"panel": "Which output", "task": "two"})
    data = sent(at, "labels")
    assert set(data["tasks"]["two"]["labels"]) == {5, 6}
    for task in data["tasks"].values():
        assert task["read"] == task["labels"]
        assert len(task["labels"]) == len(task["pixels"]) == len(task["Y"][0])


def test_without_digits_their_panel_says_so(visit, monkeypatch):
    def damaged():
        raise mnist.DigitsError("is missing")

    monkeypatch.setattr(labels.mnist, "load", damaged)
    at = arrived(visit("activations"), "activations", {"panel": "Which output"})
    (warning,) = at.warning
    assert "is missing" in warning.value


def test_a_hostile_link_opens_a_sound_page_whose_address_is_a_sound_link(visit):
    at = visit("activations")
    for link in links(LENS, 40, seed=0):
        assert len(notes(arrived(at, "activations", link))) <= 1, link
        kept = address(at)
        assert notes(arrived(at, "activations", kept)) == [], link
        assert address(at) == kept, link


# --- what is said of what is to be tried ----------------------------------------------------------


def tried(label):
    (found,) = [each for each in LENS.tries if each.label == label]
    return found.page_knobs


def slope_and_value(name, z):
    g, Z = ACTIVATIONS[name], np.array([z])
    A = g.function(Z)
    return float(g.derivative(Z, A)[0]), float(A[0])


def test_a_sigmoid_at_six_is_nearly_right_and_nearly_flat():
    knobs = tried("Sigmoid at z = 6")
    slope, value = slope_and_value(knobs["g"], knobs["z"])
    assert value > 0.99
    assert slope < 0.05 * ACTIVATIONS["sigmoid"].steepest


def test_through_a_dead_relu_nothing_comes():
    knobs = tried("A dead ReLU")
    assert slope_and_value(knobs["g"], knobs["z"]) == (0, 0)


def test_a_hundred_added_changes_no_probability_until_the_formula_breaks():
    z = np.array(LENS.page_knob("logits").first)
    by = tried("Add 100 to all")["add"]
    np.testing.assert_allclose(probabilities(z + by), probabilities(z), rtol=1e-12)
    assert np.all(np.isfinite(as_written(z + by).a))
    assert np.any(np.isnan(as_written(z + FURTHEST).a))


def test_badly_wrong_the_two_slopes_are_far_apart():
    knobs = tried("Squared error, badly wrong")
    at = np.array([knobs["at"]])
    seen = {name: OUTPUTS[name].look(at, knobs["y"]) for name in ("squared", "bce")}
    assert seen["squared"].a[0] < 0.01
    assert abs(seen["bce"].slope_z[0]) > 100 * abs(seen["squared"].slope_z[0])


@pytest.mark.parametrize("each", LENS.tries, ids=lambda each: each.label)
def test_a_thing_to_try_opens_what_shows_it(visit, each):
    query = {"panel": each.part} if each.part else {}
    at = arrived(visit("activations"), "activations", query | {"z": "1"})
    assert address(at).get("panel", "Softmax" if each.part == "Softmax" else "") == each.part


# --- the lesson -----------------------------------------------------------------------------------


def turned(at, **state):
    """The page after its controls have been turned in the browser."""
    for key, value in state.items():
        at.session_state[f"activations.page_knob.{key}"] = value
    return sound(at.run())


def said(at):
    return [text.value for text in at.markdown]


def test_the_lesson_is_judged_by_what_the_controls_say(visit):
    at = arrived(visit("activations"), "activations", PAGE.lesson.link(LENS))
    assert any("at most 50.0 %: not yet, now 100.0 %" in text for text in said(at))
    assert not at.success
    at = turned(at, **PAGE.lesson.solution)
    assert any("at most 50.0 %: reached" in text for text in said(at))
    assert [success.value for success in at.success] == ["All goals are reached."]


def test_in_a_lesson_the_page_is_calm_and_its_address_keeps_it(visit):
    link = PAGE.lesson.link(LENS)
    at = arrived(visit("activations"), "activations", link)
    assert address(at) == link
    assert not [pill for pill in at.get("button_group") if pill.label == "Below the picture"]
    at = press(at, "Show the whole page")
    assert [pill for pill in at.get("button_group") if pill.label == "Below the picture"]
    press(at, "Back to the lesson")


def test_a_teacher_makes_a_lesson_of_it_with_a_goal_of_its_own(visit):
    at = arrived(visit("activations"), "activations", {"panel": "For teachers", "z": "4"})
    (goals,) = at.multiselect
    assert goals.label == "Goals"
    at = sound(goals.set_value([STEEPNESS]).run())
    link = next(code.value for code in at.code if "lesson_goal" in code.value)
    found = {name: texts[-1] for name, texts in parse_qs(urlsplit(link).query).items()}
    assert found["lesson_goal"] == f"{STEEPNESS}:5"
    assert found["z"] == "4"


@pytest.mark.parametrize(("g", "z", "slope"), [("sigmoid", 0.0, 0.25), ("gelu", -2.0, 0.0861)])
def test_what_a_goal_asks_is_the_engines(g, z, slope):
    at = {"g": g, "z": z, "L": 2}
    assert MEASURES[STEEPNESS].read(at) == pytest.approx(slope, abs=1e-3)
    assert MEASURES[CHANGE].read(at) == pytest.approx(1 - slope**2, abs=1e-3)
