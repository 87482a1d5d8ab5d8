import json
import time

import numpy as np
import pytest

from engine.inspection.one_step.unfold import Ref
from pages._kit.tiles import signed
from pages._one_step import digits, sentences
from pages._one_step.lens import ONE_STEP
from tests.pages._kit.matrices.test_matrices import is_sound

MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def step():
    return digits.step_of("epoch", 0)


def header(packed):
    return json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])


def test_the_modules_can_be_joined_into_one(tmp_path):
    assert is_sound(digits.MODULES, tmp_path) == ""


def test_what_is_sent_is_small_enough_and_quickly_made(step):
    start = time.perf_counter()
    packed = digits.pack(step, digits.FIRST, "")
    assert time.perf_counter() - start < 0.5
    assert len(packed) < MOST_BYTES


def test_a_picture_is_of_its_matrix(step):
    packed = digits.pack(step, digits.FIRST, "")
    told = header(packed)["pictures"]["Z1"]
    start = -(-(4 + int.from_bytes(packed[:4], "little")) // 8) * 8 + told["cells"]["offset"]
    sent = np.frombuffer(packed, np.uint8, 64 * digits.SIZE, start).reshape(told["cells"]["shape"])
    np.testing.assert_array_equal(sent, signed(step.matrices["Z1"], told["bound"]))


@pytest.mark.parametrize("chosen", [Ref("Z1", 5, 3), Ref("dW1", 7, 350), Ref("dZ2", 3, 1)])
def test_what_is_sent_of_a_sum_adds_up_to_the_cell(step, chosen):
    told = header(digits.pack(step, chosen, ""))
    values = [each["value"] for each in told["sum"]["values"]]
    found = told["sum"]["found"]
    scale = 1 / digits.SIZE if found.get("scale") else 1.0
    total = found.get("more", {"total": 0})["total"]
    for factor, *places in found["terms"]:
        total += factor * np.prod([values[k] for k, _, _ in places])
    assert scale * total == pytest.approx(told["value"], abs=1e-12)


def test_of_a_unit_s_sum_774_terms_are_left(step):
    assert header(digits.pack(step, digits.FIRST, ""))["sum"]["found"]["more"]["count"] == 774


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"pressed": {"key": "dW1", "row": 63, "column": 783}}, Ref("dW1", 63, 783)),
        ({"pressed": {"key": "dW1", "row": 64, "column": 0}}, digits.FIRST),
        ({"pressed": {"key": "Q1", "row": 0, "column": 0}}, digits.FIRST),
        ({"pressed": {"key": "W1", "row": "0", "column": 0}}, digits.FIRST),
        ({"pressed": None}, digits.FIRST),
        ({}, digits.FIRST),
        (None, digits.FIRST),
    ],
)
def test_what_is_pressed_is_read_and_what_makes_no_sense_is_not(step, sent, read):
    assert digits.read_press(sent, step) == read


def test_the_page_says_what_the_mini_batch_holds(arrive, step):
    at = arrive(ONE_STEP, {"learning_rate": "1", "panel": digits.TITLE})
    assert sentences.of_digits(step) in [each.value for each in at.caption]
    assert "of 8 are read rightly" in sentences.of_digits(step)
