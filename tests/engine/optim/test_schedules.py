"""Learning-rate decay: full rate in the first epoch, then the printed formula."""

from math import exp, sqrt

import pytest

from engine.optim.schedules import SCHEDULES
from tests.rows import expected_of

# By decay rate and epoch; for one with an interval, the interval is 1.
FACTORS = {
    "none": {(0.5, 100): 1},
    "inverse": {(0.5, 4): 1 / 3, (1.0, 1): 0.5},  # 1 / (1 + 0.5 * 4)
    "exponential": {(0.5, 4): exp(-2), (10.0, 10_000): 0},
    "step": {  # halved every 1/0.1 = 10 epochs
        (0.1, 9): 1,
        (0.1, 10): 0.5,
        (0.1, 29): 0.25,
        (0.1, 30): 0.125,
        (10.0, 10_000): 0,
    },
    "scheduled": {(0.5, 4): 1 / 3},
    "cosine": {  # over after 1/0.1 = 10 epochs
        (0.1, 0): 1,
        (0.1, 5): 0.5,
        (0.25, 1): (1 + sqrt(0.5)) / 2,
        (0.1, 10): 0,
        (0.1, 5000): 0,
    },
    "restarts": {  # anew every 1/0.25 = 4 epochs, and 0.29 * 100 is 29 but for rounding
        (0.25, 2): 0.5,
        (0.25, 3): (1 - sqrt(0.5)) / 2,
        (0.25, 4): 1,
        (0.25, 5): (1 + sqrt(0.5)) / 2,
        (0.29, 100): 1,
    },
    "warm_up": {(0.25, 0): 1, (0.25, 2): 0.5, (0.25, 4): 0},  # of one epoch: none
}


GROWING = ("restarts", "warm_up")


@pytest.mark.parametrize("name", SCHEDULES)
def test_factors_by_hand(name):
    factors = expected_of(FACTORS, name, "factors worked out by hand", "FACTORS", __file__)
    schedule = SCHEDULES[name]
    assert schedule.has_interval == (schedule.factor(0.5, 4, 1) != schedule.factor(0.5, 4, 7))
    for interval in (1,) if schedule.has_interval else (1, 7):
        for (rate, epoch), factor in factors.items():
            found = SCHEDULES[name].factor(rate, epoch, interval)
            assert found == pytest.approx(factor, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("rate", "interval", "factors"),
    [
        (1.0, 3, [1, 1, 1, 1 / 2, 1 / 2, 1 / 2, 1 / 3]),
        (0.5, 2, [1, 1, 2 / 3, 2 / 3, 1 / 2, 1 / 2, 2 / 5]),
        (0.5, 1, [1, 2 / 3, 1 / 2, 2 / 5, 1 / 3, 2 / 7, 1 / 4]),  # as without an interval
        (0.5, 100, [1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_the_scheduled_factors_by_hand(rate, interval, factors):
    """alpha_0 / (1 + rate floor(epoch / interval)), the course's `schedule_lr_decay`."""
    found = [SCHEDULES["scheduled"].factor(rate, epoch, interval) for epoch in range(7)]
    assert found == pytest.approx(factors, rel=1e-14, abs=0)


def test_the_scheduled_rates_of_the_courses_exercise():
    """alpha_0 = 0.5, decay rate 0.3, interval 100: after 10, 100 and 1,000 epochs."""
    rates = [0.5 * SCHEDULES["scheduled"].factor(0.3, epoch, 100) for epoch in (10, 100, 1000)]
    assert rates == pytest.approx([0.5, 0.5 / 1.3, 0.125], rel=1e-14, abs=0)


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_first_epoch_runs_at_the_full_rate_and_a_decay_rate_of_zero_changes_nothing(name):
    for interval in (1,) if name == "warm_up" else (1, 10_000):
        assert SCHEDULES[name].factor(3.0, 0, interval) == 1
        assert SCHEDULES[name].factor(0.0, 10_000, interval) == 1


def test_a_warm_up_grows_epoch_by_epoch_to_the_full_rate_and_shrinks_from_there():
    found = [SCHEDULES["warm_up"].factor(0.5, epoch, 4) for epoch in range(7)]
    assert found == pytest.approx([1 / 4, 2 / 4, 3 / 4, 1, 0.5, 0, 0], abs=1e-15)


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("rate", [0.0001, 0.1, 10.0])
def test_the_rate_never_grows_but_by_name_and_never_turns_negative(name, rate):
    factors = [SCHEDULES[name].factor(rate, epoch, 120) for epoch in range(0, 10_001, 50)]
    assert 0 <= min(factors) <= max(factors) <= 1
    if name not in GROWING:
        assert factors == sorted(factors, reverse=True)
