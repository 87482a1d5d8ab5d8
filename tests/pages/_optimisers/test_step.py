"""One step written out: each rule, and below it the same with its numbers."""

import re

import numpy as np
import pytest

from engine.optim.optimizers import EPSILON, OPTIMIZERS
from pages._optimisers.step import at, lines

KNOBS = {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.01}
GRADIENTS, PATH = np.array([2.0, -4.0, 0.5]), np.array([1.0, 0.5, 0.25, -0.75])
ROUNDING = 0.02
"""What is lost by three digits."""


def worked_out(latex):
    """What stands between the first sign and the last comes to this, and is said to be that."""
    inside, said = (
        latex.replace("&", "").replace(r"\phantom{:}", "").split("=", 1)[1].rsplit("=", 1)
    )
    code = re.sub(r"10\^\{(-\d+)\}", r"1e\1", inside)
    code = re.sub(r"(\d) \\cdot 1e", r"\1e", code)
    code = re.sub(r"\\sqrt\{([^{}]+)\}", r"(\1)**0.5", code)
    code = code.replace(r"\cdot", "*").replace("^", "**").replace("{,}", "")
    code = re.sub(r"\\,\s*\(", "*(", code)
    assert "\\" not in code, code
    number = re.sub(r" ?\\cdot 10\^\{(-?\d+)\}", r"e\1", said).replace("{,}", "")
    return eval(code), float(number.replace("10^{", "1e").rstrip("}"))


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("t", [1, 2, 3])
def test_what_stands_there_is_what_it_comes_to(name, t):
    before, now = at(name, 0.1, GRADIENTS[:t], PATH[: t + 1], KNOBS)
    assert (before is None) == (t == 1)
    written = lines(name, before, now, dict(KNOBS, rate=0.1))
    assert len(written) == 1 + 2 * len(OPTIMIZERS[name].formula)
    for symbols, numbers in zip(written[1::2], written[2::2], strict=True):
        assert symbols.replace("&", "") in OPTIMIZERS[name].formula
        value, said = worked_out(numbers)
        assert value == pytest.approx(said, rel=ROUNDING, abs=ROUNDING * 0.5)


def test_the_last_line_is_the_step_itself():
    _, now = at("adam", 0.1, GRADIENTS, PATH, KNOBS)
    _, said = worked_out(lines("adam", None, now, dict(KNOBS, rate=0.1))[-1])
    assert said == pytest.approx(now.after, rel=5e-3)


def test_two_numbers_that_stand_together_have_a_dot_between_them():
    for name in OPTIMIZERS:
        before, now = at(name, 0.1, GRADIENTS, PATH, KNOBS)
        for row in lines(name, before, now, dict(KNOBS, rate=0.1))[2::2]:
            assert not re.search(r"\d\s*(\\,)?\s+\d", row), row
    assert EPSILON == 1e-8
