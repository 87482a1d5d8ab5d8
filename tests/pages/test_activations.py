"""The page of activations and outputs: what its components are sent, and what its link keeps."""

import json

import pytest

from engine.data import mnist
from engine.nn.activations import ACTIVATIONS
from pages._activations import labels
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from tests.pages.screen import address, arrived, notes, sound


def sent(at, name):
    """What a component was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == f"activations_{name}"]
    return data


def test_it_opens_at_a_sigmoid(visit):
    at = sound(visit("activations"))
    assert sent(at, "curve")["state"] == {"g": "sigmoid", "z": 2.0, "L": 10}
    assert list(sent(at, "curve")["rows"]) == list(ACTIVATIONS)
    assert (address(at), notes(at)) == ({}, [])


def test_who_comes_by_another_link_sees_that(visit):
    at = visit("activations")
    version = sent(at, "curve")["version"]
    at = arrived(at, "activations", {"g": "relu", "z": "0"})
    assert sent(at, "curve")["state"] == {"g": "relu", "z": 0.0, "L": 10}
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
    link = {"g": "gelu", "z": "-0.75", "L": "3"}
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
