import json
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from engine.inspection.one_step.unfold import Ref, unfold
from pages._one_step import digits, sentences
from pages._one_step.lens import ONE_STEP
from tests.pages._kit.matrices.test_matrices import is_sound
from tests.pages.screen import address

MOST_BYTES = 300_000
MADE = ("dW1", "W1+")
"""What the browser makes itself of what it is sent."""

READER = Path(__file__).with_name("digits.mjs")


@pytest.fixture(scope="module")
def step():
    return digits.step_of("epoch", 0)


@pytest.fixture(scope="module")
def packed(step):
    return digits.pack(step, "")


@pytest.fixture(scope="module")
def cells(step):
    """Of every matrix the first cell, the last, and some between."""
    rng = np.random.default_rng(0)
    found = []
    for key, matrix in step.matrices.items():
        rows, columns = matrix.shape
        places = {(0, 0), (rows - 1, columns - 1)}
        places |= {(int(rng.integers(rows)), int(rng.integers(columns))) for _ in range(8)}
        found += [Ref(key, *place) for place in sorted(places)]
    return found


@pytest.fixture(scope="module")
def seen(step, packed, cells, tmp_path_factory):
    """What the browser makes of the cells."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node")
    folder = tmp_path_factory.mktemp("digits")
    (folder / "packed").write_bytes(packed)
    (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    for key in MADE:
        (folder / key).write_bytes(step.matrices[key].tobytes())
    asked = [node, READER, folder / "packed", folder / "cells.json", folder]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_modules_can_be_joined_into_one(tmp_path):
    assert is_sound(digits.MODULES, tmp_path) == ""


def test_what_is_sent_is_small_enough_and_quickly_made(step):
    start = time.perf_counter()
    packed = digits.pack(step, "")
    assert time.perf_counter() - start < 0.5
    assert len(packed) < MOST_BYTES


def test_weights_and_digits_are_exact_in_single_precision(step):
    for key in ("A0", "W1"):
        matrix = step.matrices[key]
        np.testing.assert_array_equal(matrix.astype(np.float32), matrix)


def test_every_number_in_the_browser_is_the_engines(step, seen, cells):
    for ref, each in zip(cells, seen["found"], strict=True):
        exact = ref.key not in MADE
        expected = ref.value(step)
        assert each["value"] == (expected if exact else pytest.approx(expected, rel=1e-12)), ref


@pytest.mark.parametrize("key", MADE)
def test_what_the_browser_makes_itself_reads_as_the_engines(seen, key):
    assert seen["isWrittenAlike"][key]


def test_a_cell_unfolds_in_the_browser_as_in_the_engine(step, seen, cells):
    for ref, each in zip(cells, seen["found"], strict=True):
        expected = unfold(step, *ref)
        if expected is None:
            assert each["sum"] is None, ref
            continue
        told = each["sum"]
        terms = [[term.factor, *map(list, term.refs)] for term in expected.terms]
        if ref.key.startswith("losses"):  # its sign stands before the sum, in both
            assert told["scale"] == "−"
        assert told.get("terms", []) == terms, ref
        assert told.get("scale", "") == expected.scaled
        assert told.get("roles", []) == list(expected.roles)
        assert told.get("formula", "") == expected.formula, ref
        assert told.get("names", {}) == {name: list(at) for name, at in expected.names.items()}
        assert told.get("again", "") == expected.again
        again = {name: list(at) for name, at in expected.again_names.items()}
        assert told.get("againNames", {}) == again


def test_the_largest_terms_and_the_rest_are_the_whole_sum(step, seen, cells):
    for ref, each in zip(cells, seen["found"], strict=True):
        if "largest" not in each:
            continue
        expected = unfold(step, *ref)
        terms, more = each["largest"]["terms"], each["largest"]["more"]
        others = more["count"] if more else 0
        assert len(terms) + others == len(expected.terms)
        values = [
            factor * np.prod([step.matrices[key][row, column] for key, row, column in places])
            for factor, *places in terms
        ]
        total = sum(values) + (more["total"] if more else 0)
        assert total == pytest.approx(expected.total(step) / expected.scale, rel=1e-9, abs=1e-12)


def test_of_a_unit_s_sum_774_terms_are_left_beside_the_ten_largest_and_the_bias(seen, cells):
    each = next(each for ref, each in zip(cells, seen["found"], strict=True) if ref.key == "Z1")
    assert each["largest"]["more"]["count"] == 774
    *_, bias = each["largest"]["terms"]
    assert bias[1][0] == "b1"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("dW1_63_783", ("dW1", 63, 783)),
        ("W1_3_99", ("W1", 3, 99)),
        ("dW1_64_0", digits.FIRST[:3]),
        ("Q1_0_0", digits.FIRST[:3]),
        ("Z2_W2_0_1", digits.FIRST[:3]),
        ("dW1_x_0", digits.FIRST[:3]),
        ("", digits.FIRST[:3]),
    ],
)
def test_a_link_names_a_cell(step, text, cell):
    assert digits.cell_of(step, text)[:3] == cell


def test_the_cell_stays_in_the_address(arrive):
    link = {"learning_rate": "1", "panel": digits.TITLE, "cell": "dW1_7_400"}
    assert address(arrive(ONE_STEP, link)) == link
    assert "cell" not in address(arrive(ONE_STEP, link | {"cell": "<b>"}))


def test_the_page_says_what_the_mini_batch_holds(arrive, step):
    at = arrive(ONE_STEP, {"learning_rate": "1", "panel": digits.TITLE})
    assert sentences.of_digits(step) in [each.value for each in at.caption]
    assert "of 8 are read rightly" in sentences.of_digits(step)
