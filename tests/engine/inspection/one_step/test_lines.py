import re

import numpy as np
import pytest

from engine.inspection.one_step.lines import listing
from engine.nn.activations import ACTIVATIONS
from engine.nn.network import Network
from tests.engine.inspection.one_step.drawn import drawn


def names_of(step):
    """What a program has before the first line: what is given, and the functions it calls."""
    names = {"np": np, "math": __import__("math"), "m": step.m, "alpha": step.alpha}
    for g in ACTIVATIONS.values():
        for helper in g.written.helpers:
            exec(helper, names)
    before = {key: step.matrices[key].copy() for key in ("A0", "Y")}
    layers = range(1, step.depth + 1)
    before |= {f"{k}{l}": step.matrices[f"{k}{l}"].copy() for l in layers for k in "Wb"}
    return names | before


@pytest.mark.parametrize("k", range(0, 60))
def test_the_code_of_the_lines_computes_their_matrices(k):
    step = drawn(k).step
    names = names_of(step)
    for line in step.lines:
        if line.part == "after":
            continue
        exec(line.code, names)
        name = line.result.rstrip("+")
        np.testing.assert_allclose(
            np.atleast_2d(names[name]), step.matrices[line.result], rtol=1e-12, atol=1e-12
        )


def test_of_two_layers_they_stand_in_the_order_of_the_notes():
    lines = [line.result for line in listing(Network((2, 3, 1), "sigmoid", "sigmoid"))]
    there = ["Z1", "A1", "Z2", "A2", "losses", "J"]
    back = ["dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"]
    assert lines == [*there, *back, "W2+", "b2+", "W1+", "b1+", "J+", "fall", "predicted"]


@pytest.mark.parametrize(
    ("result", "notes"),
    [
        ("Z1", "Z[1] = W[1] A[0] + b[1]"),
        ("A1", "A[1] = σ(Z[1])"),
        ("dA2", "dA[2] = (A[2] − Y) / (A[2] ⊙ (1 − A[2]))"),
        ("dZ2", "dZ[2] = dA[2] · g′(Z[2]) = A[2] − Y"),
        ("dW2", "dW[2] = (1/m) dZ[2] A[1]ᵀ"),
        ("db1", "db[1] = (1/m) Σ dZ[1]"),
        ("dA1", "dA[1] = W[2]ᵀ dZ[2]"),
        ("W1+", "W[1] := W[1] − α dW[1]"),
    ],
)
def test_they_are_written_as_in_the_notes(result, notes):
    lines = listing(Network((2, 3, 1), "sigmoid", "sigmoid"))
    assert next(line.notes for line in lines if line.result == result) == notes


@pytest.mark.parametrize("k", range(12))
def test_the_operands_of_a_line_are_there_before_it(k):
    step = drawn(k).step
    for line in step.lines:
        assert set(line.operands) <= set(step.matrices)
        for operand in line.operands:
            assert (
                operand in ("A0", "Y")
                or re.match(r"[Wbg]\d|J|losses|.*[AY]", operand)
                or any(before.result == operand for before in step.lines)
            )
