import math
import re

import numpy as np
import pytest

from engine.inspection.one_step.unfold import unfold
from engine.nn.activations import ACTIVATIONS
from tests.engine.inspection.one_step.drawn import COUNT, drawn

MATHS = {
    **{name: getattr(math, name) for name in ("exp", "tanh", "sqrt", "log1p", "expm1")},
    **{"PI": math.pi, "max": max, "abs": abs, "maximum": np.maximum, "minimum": np.minimum},
    **{"where": np.where},
}


def computed(step, formula, names):
    """The value of a formula with the cells put in."""
    code = re.sub(r"(.+) \? (.+) : (.+)", r"(\2) if (\1) else (\3)", formula)
    values = {name: ref.value(step) for name, ref in names.items()}
    slopes = {name: helper for g in ACTIVATIONS.values() for name, helper in helpers(g)}
    return float(eval(code, MATHS | slopes | values))


def helpers(g):
    found = {"np": np, "math": math}
    for helper in g.written.helpers:
        exec(helper, found)
    return [(name, value) for name, value in found.items() if callable(value)]


@pytest.mark.parametrize("k", range(COUNT))
def test_every_sum_adds_up_to_its_cell(k):
    step = drawn(k).step
    for key, matrix in step.matrices.items():
        for (row, column), cell in np.ndenumerate(matrix):
            found = unfold(step, key, row, column)
            if found is None:
                continue
            if found.terms:
                assert found.total(step) == pytest.approx(cell, rel=1e-12, abs=1e-12), key
            if found.formula:
                value = computed(step, found.formula, found.names)
                assert value == pytest.approx(cell, rel=1e-11, abs=1e-12), (key, found.formula)
            if found.again:
                value = computed(step, found.again, found.again_names)
                assert value == pytest.approx(cell, rel=1e-12, abs=1e-12), key


@pytest.mark.parametrize("k", range(24))
def test_all_that_a_line_makes_unfolds_and_what_is_given_does_not(k):
    step = drawn(k).step
    for line in step.lines:
        found = unfold(step, line.result, 0, 0)
        assert line.result == "J+" or (found is not None and (found.terms or found.formula))
    assert all(unfold(step, key, 0, 0) is None for key in ("A0", "Y", "W1", "b1"))


def test_a_weighted_sum_is_a_row_times_a_column_and_the_bias():
    step = drawn(1).step
    found = unfold(step, "Z1", 1, 0)
    n = step.network.sizes[0]
    assert [[(r.key, r.row, r.column) for r in t.refs] for t in found.terms] == [
        *([("W1", 1, j), ("A0", j, 0)] for j in range(n)),
        [("b1", 1, 0)],
    ]


def test_a_hidden_gradient_names_the_factors_of_the_chain_rule():
    step = drawn(4).step
    assert unfold(step, "dZ1", 0, 0).roles == ("∂ℒ/∂a", "∂a/∂z")
    assert unfold(step, "dA1", 0, 0).roles == ("∂z/∂a", "∂ℒ/∂z")
    assert unfold(step, "dW1", 0, 0).roles == ("∂ℒ/∂z", "∂z/∂w")
