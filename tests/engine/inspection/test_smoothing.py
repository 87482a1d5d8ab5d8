"""What averaging leaves of the unrest of a series, and how late it makes it."""

import numpy as np
import pytest

from engine.inspection.smoothing import centred, lag, reach_of, times_calmer, unrest_left
from engine.optim.averages import exponentially_weighted_average
from engine.optim.forgetting import mean_age, noise_left


def test_unrest_by_hand():
    # Differences 2, -2, 2 against 1, -1, 1.
    assert unrest_left(np.array([0.0, 2, 0, 2]), np.array([0.0, 1, 0, 1])) == 0.5
    assert np.isnan(unrest_left(np.ones(3), np.ones(3)))
    assert np.isnan(unrest_left(np.ones(1), np.ones(1)))


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_of_independent_noise_so_much_unrest_is_left(rng, beta):
    # v_t - v_{t-1} = (1 - beta) (theta_t - v_{t-1}), of variance (1 - beta)^2 (1 + noise_left^2).
    noise = rng.normal(size=100_000)
    averages = exponentially_weighted_average(noise, beta)
    assert unrest_left(noise, averages) == pytest.approx((1 - beta) / (1 + beta) ** 0.5, rel=0.02)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_of_independent_noise_the_average_is_so_many_times_calmer(rng, beta):
    noise = rng.normal(size=100_000)
    averages = exponentially_weighted_average(noise, beta)
    assert times_calmer(noise, averages) == pytest.approx(1 / noise_left(beta), rel=0.03)


def test_calm_is_measured_in_the_second_half():
    assert times_calmer(np.array([9.0, 9, 0, 2]), np.array([0.0, 7, 1, 2])) == 2
    assert np.isnan(times_calmer(np.array([1.0, 2]), np.array([1.0, 1])))


@pytest.mark.parametrize("reach", [0, 1, 3, 50])
def test_the_centred_average_is_the_mean_of_the_days_around(rng, reach):
    values = rng.normal(size=20)
    expected = [values[max(0, t - reach) : t + reach + 1].mean() for t in range(20)]
    np.testing.assert_allclose(centred(values, reach), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.8, 0.9, 0.95])
def test_a_slow_wave_is_followed_by_the_mean_age(beta):
    wave = np.sin(2 * np.pi * np.arange(2000) / 1000)
    averages = exponentially_weighted_average(wave, beta)
    assert lag(wave, averages) == pytest.approx(mean_age(beta), abs=0.51)


def test_a_wave_that_turns_within_the_window_is_followed_sooner_and_not_to_its_height():
    omega = 2 * np.pi / 365
    wave = np.sin(omega * np.arange(3650))
    averages = exponentially_weighted_average(wave, 0.98)
    # (1 - beta) / (1 - beta e^{-i omega}) turns the wave by that number's angle.
    response = (1 - 0.98) / (1 - 0.98 * np.exp(-1j * omega))
    assert lag(wave, averages) == pytest.approx(-np.angle(response) / omega, abs=0.6)
    assert lag(wave, averages) < 0.9 * mean_age(0.98)
    assert averages[365:].max() == pytest.approx(abs(response), rel=0.01)
    assert abs(response) < 0.8


def test_what_is_not_late_reaches_a_month_to_either_side_or_an_eighth():
    assert [reach_of(days) for days in (365, 240, 239, 80, 3)] == [30, 30, 29, 10, 0]


def test_what_was_moved_is_found_moved():
    values = np.sin(np.arange(200) / 9)
    assert lag(values, np.roll(centred(values, 25), 7)) == 7
    assert lag(values[:1], values[:1]) == 0
