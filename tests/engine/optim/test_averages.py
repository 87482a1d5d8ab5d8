"""Weighted averages are the sums of the notes, written out."""

import numpy as np
import pytest

from engine.optim.averages import exponentially_weighted_average


@pytest.mark.parametrize("correct_bias", [False, True])
@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.98])
def test_weighted_averages_are_the_sum_written_out(rng, beta, correct_bias):
    values = rng.normal(size=(8, 2))
    averages = exponentially_weighted_average(values, beta, correct_bias)
    for t in range(1, 9):
        weights = [(1 - beta) * beta ** (t - k) for k in range(1, t + 1)]
        expected = sum(w * v for w, v in zip(weights, values, strict=False))
        # Corrected, the weights sum to one: their sum is 1 - beta^t.
        expected = expected / sum(weights) if correct_bias else expected
        np.testing.assert_allclose(averages[t - 1], expected, rtol=1e-12)


def test_the_average_of_nothing_is_nothing():
    assert exponentially_weighted_average(np.empty(0), 0.9).shape == (0,)
