"""Weights, window and ages of an exponentially weighted average, by hand and as sums."""

import math

import numpy as np
import pytest

from engine.optim import forgetting
from engine.optim.averages import exponentially_weighted_average

BETAS = (0.0, 0.3, 0.5, 0.9, 0.98, 0.99)


@pytest.mark.parametrize("beta", BETAS)
@pytest.mark.parametrize("t", [1, 2, 10, 400])
def test_weights_sum_to_what_is_divided_by(beta, t):
    assert forgetting.weights(beta, t).sum() == pytest.approx(1 - beta**t, rel=1e-12)


@pytest.mark.parametrize("beta", BETAS)
def test_weights_are_those_of_the_average(rng, beta):
    values = rng.normal(size=30)
    average = exponentially_weighted_average(values, beta, correct_bias=False)[-1]
    assert forgetting.weights(beta, 30) @ values[::-1] == pytest.approx(average, rel=1e-12)


def test_over_how_many_values_it_goes_and_what_they_hold():
    assert [forgetting.whole_window(beta) for beta in (0.5, 0.9, 0.98, 0.99)] == [2, 10, 50, 100]
    assert forgetting.share(0.9, 10) == pytest.approx(0.651, abs=5e-4)
    assert forgetting.share(0.5, 2) == 0.75
    # (1 - e)^(1/e) tends to 1/e.
    assert forgetting.share(0.9999, 10_000) == pytest.approx(1 - 1 / math.e, abs=2e-5)
    assert forgetting.window(0.98) == pytest.approx(50)


@pytest.mark.parametrize("beta", BETAS)
def test_the_mean_age_is_the_weighted_sum_of_ages(beta):
    weights = forgetting.weights(beta, 5000)
    assert forgetting.mean_age(beta) == pytest.approx(weights @ np.arange(5000), abs=1e-9)


@pytest.mark.parametrize("beta", BETAS)
def test_the_average_of_what_rises_evenly_is_late_by_the_mean_age(beta):
    averages = exponentially_weighted_average(np.arange(5000.0), beta)
    assert 4999 - averages[-1] == pytest.approx(forgetting.mean_age(beta), abs=1e-6)


@pytest.mark.parametrize("part", [1 / math.e, 0.01])
@pytest.mark.parametrize("beta", BETAS)
def test_the_age_at_which_a_value_counts_less_than_a_part_is_the_first_such(beta, part):
    k = forgetting.forgotten_after(beta, part)
    assert beta**k < part <= beta ** (k - 1)


def test_half_of_the_weight_is_lost_in_a_half_life():
    assert forgetting.half_life(0.0) == 0
    for beta in BETAS[1:]:
        assert beta ** forgetting.half_life(beta) == pytest.approx(0.5)
    assert forgetting.half_life(0.9) == pytest.approx(6.58, abs=0.005)


@pytest.mark.parametrize("beta", BETAS)
def test_of_independent_noise_the_sum_of_squared_weights_is_left(beta):
    squared = (forgetting.weights(beta, 5000) ** 2).sum()
    assert forgetting.noise_left(beta) ** 2 == pytest.approx(squared, rel=1e-9)
