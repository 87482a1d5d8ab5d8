"""The series that are averaged: a year's temperatures and a level that jumps."""

import numpy as np
import pytest

from engine.data.series import DAYS, HIGH, JUMPS_AFTER, LOW, PERSISTENCE, SERIES, temperatures
from engine.experiment.streams import stream

YEARS = np.array([temperatures(stream(seed, "series")) for seed in range(400)])


@pytest.mark.parametrize("name", SERIES)
def test_the_same_seed_gives_the_same_days_to_a_tenth(name):
    first, again = (SERIES[name].make(stream(3, "series")) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first, np.round(first, 1))
    assert not np.array_equal(first, SERIES[name].make(stream(4, "series")))


@pytest.mark.parametrize(
    ("name", "days", "first"),
    [("temperatures", 365, [20.2, 16.2, 16.6]), ("jump", 200, [10.0, 10.4, 9.6])],
)
def test_a_link_shows_the_days_that_it_showed(name, days, first):
    values = SERIES[name].make(stream(0, "series"))
    assert values.shape == (days,)
    assert values[: len(first)].tolist() == first


def test_the_mean_of_many_years_is_the_season():
    season = YEARS.mean(axis=0)
    t = np.arange(1, DAYS + 1)
    expected = 10 + 10 * np.cos(2 * np.pi * (t - 20) / DAYS)
    # Each mean is off by 3.2 / sqrt(400) = 0.16 degrees.
    np.testing.assert_allclose(season, expected, atol=0.7)
    assert abs(int(season.argmax()) + 1 - 20) < 25


def test_weather_persists_and_thermometers_add_to_it():
    off = YEARS - YEARS.mean(axis=0)
    weather = 1.8**2 / (1 - PERSISTENCE**2)  # of an autoregression that has always been going on
    assert off.var() == pytest.approx(weather + 4, rel=0.05)
    for days in (1, 3):
        product = (off[:, days:] * off[:, :-days]).mean()
        assert product == pytest.approx(weather * PERSISTENCE**days, rel=0.1)
    assert off[:, 0].var() == pytest.approx(weather + 4, rel=0.3)


def test_the_level_jumps_once():
    days = np.array([SERIES["jump"].make(stream(seed, "series")) for seed in range(200)])
    assert days.shape == (200, 2 * JUMPS_AFTER)
    assert (JUMPS_AFTER, LOW, HIGH) == (100, 10, 20)
    before, after = days[:, :JUMPS_AFTER], days[:, JUMPS_AFTER:]
    assert (before.mean(), after.mean()) == pytest.approx((LOW, HIGH), abs=0.05)
    assert (before.std(), after.std()) == pytest.approx((1.5, 1.5), rel=0.05)
