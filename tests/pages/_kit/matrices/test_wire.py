import json
import math

import numpy as np
import pytest

from engine.inspection.one_step.step import take_step
from engine.nn.network import Network
from pages._kit.matrices.wire import pack
from pages._one_step.lens import ONE_STEP
from tests.engine.inspection.one_step.drawn import drawn

LARGEST = 300_000


def read(packed, place):
    k, row, column = place
    matrix = packed["matrices"][k]
    return matrix["values"][row * matrix["shape"][1] + column]


@pytest.mark.parametrize("k", range(60))
def test_what_is_sent_adds_up_in_the_browser(k):
    step = drawn(k).step
    packed = json.loads(json.dumps(pack(step)))
    scales = {"": 1.0, "½": 0.5, "−": -1.0, "−α": -step.alpha, f"1/{step.m}": 1 / step.m}
    for key, matrix, cells in zip(step.matrices, packed["matrices"], packed["cells"], strict=True):
        assert matrix["shape"] == list(step.matrices[key].shape)
        for value, cell in zip(matrix["values"], cells, strict=True):
            if cell and "terms" in cell:
                total = scales[cell.get("scale", "")] * sum(
                    factor * math.prod(read(packed, place) for place in places)
                    for factor, *places in cell["terms"]
                )
                assert total == pytest.approx(value, rel=1e-11, abs=1e-12), key


def test_what_is_not_finite_is_sent_as_nothing():
    network = Network((2, 1), output="sigmoid")
    step = take_step(network, np.full(3, 1e308), np.ones((2, 2)), np.zeros((1, 2)), 1.0)
    text = json.dumps(pack(step), allow_nan=False)
    assert "null" in text


@pytest.mark.parametrize("output", ["sigmoid", "softmax", "linear"])
def test_the_largest_step_of_the_page_is_small_enough(rng, output):
    network = Network((3, *ONE_STEP.offers["hidden"], 3), "gelu", output)
    m = max(ONE_STEP.offers["samples"])
    Y = np.eye(3)[:, rng.integers(0, 3, m)]
    theta = rng.normal(size=network.layout.size)
    step = take_step(network, theta, rng.normal(size=(3, m)), Y, 1.0)
    assert len(json.dumps(pack(step))) < LARGEST


def test_every_operand_of_a_line_is_sent():
    for k in range(12):
        packed = pack(drawn(k).step)
        for line in packed["lines"]:
            assert {*line["operands"], line["result"]} <= set(packed["keys"])
