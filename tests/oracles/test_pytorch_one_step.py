"""One step on many small networks against PyTorch: its cost, its gradient, and the step's end."""

import numpy as np
import pytest

from tests.engine.inspection.one_step.drawn import COUNT, drawn
from tests.oracles.asking import Question, ask

NEARLY = 1e-12


def question(k, theta=None):
    network, start, X, Y, _ = drawn(k)
    settings = {"sizes": network.sizes, "activations": network.activations}
    settings |= {"output": network.output, "l1": 0.0, "l2": 0.0, "m": X.shape[1]}
    at = start if theta is None else theta
    return Question("network", settings, {"theta": at, "X": X, "Y": Y})


def after(k):
    case = drawn(k)
    return case.theta - case.alpha * case.step.gradient


@pytest.fixture(scope="module")
def pytorch():
    """What PyTorch says of all networks, before the step and after it, asked at once."""
    asked = {("before", k): question(k) for k in range(COUNT)}
    return ask(asked | {("after", k): question(k, after(k)) for k in range(COUNT)})


@pytest.mark.parametrize("k", range(COUNT))
def test_a_step_is_that_of_autograd(pytorch, k):
    step, theirs = drawn(k).step, pytorch["before", k]
    assert step.matrices["J"][0, 0] == pytest.approx(float(theirs["cost"]), rel=NEARLY)
    largest = max(1.0, np.abs(theirs["gradient"]).max())
    np.testing.assert_allclose(
        step.gradient, theirs["gradient"], rtol=NEARLY, atol=NEARLY * largest
    )
    assert step.matrices["J+"][0, 0] == pytest.approx(
        float(pytorch["after", k]["cost"]), rel=NEARLY, abs=NEARLY
    )
