"""Softmax taken apart against PyTorch's autograd."""

import numpy as np
import pytest

from engine.inspection.softmax import collapse, jacobian, probabilities
from tests.oracles.asking import Question, ask

CASES = [(n, T, k) for n in (2, 3, 10) for T in (0.5, 1.0, 5.0) for k in (0, n - 1)]


def logits(n):
    return np.random.default_rng(n).normal(0, 3, n)


@pytest.fixture(scope="module")
def pytorch():
    """What PyTorch says of all of them, asked at once."""
    return ask(
        {
            case: Question(
                "softmax", {"temperature": case[1], "k": case[2]}, {"z": logits(case[0])}
            )
            for case in CASES
        }
    )


@pytest.mark.parametrize("case", CASES)
def test_softmax_its_jacobian_and_the_loss_through_it_are_autograds(pytorch, case):
    n, temperature, k = case
    theirs, a = pytorch[case], probabilities(logits(n), temperature)
    np.testing.assert_allclose(a, theirs["a"], rtol=1e-12)
    np.testing.assert_allclose(jacobian(a, temperature), theirs["jacobian"], atol=1e-14)
    np.testing.assert_allclose(collapse(a, k, temperature).total, theirs["slope"], atol=1e-14)
