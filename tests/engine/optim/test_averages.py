"""Weighted averages are the sums of the notes, written out."""

import numpy as np
import pandas as pd
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


def test_a_first_value_counts_as_half_and_correction_makes_up_for_it():
    # 0.5 * 10 = 5, 0.5 * 5 + 0.5 * 10 = 7.5; divided by 1 - 0.25 that is 10.
    tens = np.array([10.0, 10.0])
    np.testing.assert_array_equal(exponentially_weighted_average(tens, 0.5, False), [5, 7.5])
    np.testing.assert_array_equal(exponentially_weighted_average(tens, 0.5), [10, 10])


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.99])
def test_pandas_agrees(rng, beta):
    values = rng.normal(size=300)
    weighted = pd.Series(values).ewm(alpha=1 - beta, adjust=True).mean()
    np.testing.assert_allclose(exponentially_weighted_average(values, beta), weighted, rtol=1e-10)
    # What it calls not adjusted begins at the first value; a zero before makes it begin there.
    from_zero = pd.Series([0.0, *values]).ewm(alpha=1 - beta, adjust=False).mean()[1:]
    averages = exponentially_weighted_average(values, beta, correct_bias=False)
    np.testing.assert_allclose(averages, from_zero, rtol=1e-10, atol=1e-12)
