"""Learning-rate decay: full rate in the first epoch, then the printed formula."""

from math import exp

import pytest

from engine.optim.schedules import SCHEDULES


@pytest.mark.parametrize(
    ("name", "rate", "epoch", "factor"),
    [
        ("none", 0.5, 100, 1),
        ("inverse", 0.5, 4, 1 / 3),  # 1 / (1 + 0.5 * 4)
        ("inverse", 1.0, 1, 0.5),
        ("exponential", 0.5, 4, exp(-2)),
        ("exponential", 10.0, 10_000, 0),
        ("step", 0.1, 9, 1),  # halved every 1/0.1 = 10 epochs
        ("step", 0.1, 10, 0.5),
        ("step", 0.1, 29, 0.25),
        ("step", 0.1, 30, 0.125),
        ("step", 10.0, 10_000, 0),
    ],
)
def test_factors_by_hand(name, rate, epoch, factor):
    for interval in (1, 7):  # which has no say in these
        found = SCHEDULES[name].factor(rate, epoch, interval)
        assert found == pytest.approx(factor, rel=1e-14, abs=0)
    assert not SCHEDULES[name].has_interval


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
    for interval in (1, 10_000):
        assert SCHEDULES[name].factor(3.0, 0, interval) == 1
        assert SCHEDULES[name].factor(0.0, 10_000, interval) == 1


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("rate", [0.0001, 0.1, 10.0])
def test_the_rate_never_grows_and_never_turns_negative(name, rate):
    factors = [SCHEDULES[name].factor(rate, epoch, 120) for epoch in range(0, 10_001, 50)]
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] >= 0
