"""Derivations by hand: with the numbers put in, every line comes to what it says."""

import re

import numpy as np
import pytest

from engine.nn.activations import ACTIVATIONS
from engine.nn.differentiation import QUANTITIES

POINTS = (-6.0, -2.3, -0.5, 0.0, 0.7, 3.0, 6.0)

CASES = [
    pytest.param(g, case, id=f"{name}{case.where}0")
    for name, g in ACTIVATIONS.items()
    for case in g.derivation
]


def quantities(g, z):
    """What the letters of a line stand for at z."""
    at = np.array([z])
    A = g.function(at)
    found = {name: float(each.of(at)[0]) for name, each in QUANTITIES.items()}
    return found | {"a": float(A[0]), "g": float(g.derivative(at, A)[0])}


def worth(filled, values):
    """What a line with numbers comes to: LaTeX read as Python."""
    code = re.sub(r"@([a-z])", lambda found: f"({values[found[1]]!r})", filled)
    while r"\frac" in code:
        start = code.rindex(r"\frac")
        above, below, rest = halves(code[start + len(r"\frac") :])
        code = f"{code[:start]}(({above})/({below})){rest}"
    code = re.sub(r"\\sqrt\{(.*?)\}", r"np.sqrt(\1)", code)
    for tex, python in ((r"\pi", "np.pi"), (r"\log", "np.log"), (r"\cdot", "*"), ("^", "**")):
        code = code.replace(tex, python)
    return float(eval(code, {"np": np}))


def halves(text):
    """Split "{above}{below}rest"."""
    parts = []
    for _ in range(2):
        depth = 0
        for k, sign in enumerate(text):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth == 0:
                parts.append(text[1:k])
                text = text[k + 1 :]
                break
    return *parts, text


@pytest.mark.parametrize(("g", "case"), CASES)
def test_every_line_comes_to_what_it_says(g, case):
    for z in filter(case.holds, POINTS):
        values = quantities(g, z)
        for step in case.steps:
            assert worth(step.filled, values) == pytest.approx(values[step.gives], abs=1e-12)


@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_derivation_has_just_one_case_for_each_z_and_ends_at_the_slope(g):
    for z in POINTS:
        (case,) = [case for case in g.derivation if case.holds(z)]
        assert case.steps[0].gives == "a"
        assert case.steps[-1].gives == "g"


@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_kink_has_a_case_of_its_own(g):
    assert ("=" in {case.where for case in g.derivation}) == g.has_kink


def test_by_hand():
    # sigmoid(2) = 1 / (1 + e^-2) = 1 / 1.1353353 = 0.8807971, times 0.1192029.
    values = quantities(ACTIVATIONS["sigmoid"], 2.0)
    last = ACTIVATIONS["sigmoid"].derivation[0].steps[-1]
    assert worth(last.filled, values) == pytest.approx(0.1049936, abs=1e-7)
