"""Learning-rate decay: full rate in the first epoch, then the printed formula."""

from math import exp

import pytest

from engine.schedules import SCHEDULES


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
    assert SCHEDULES[name].factor(rate, epoch) == pytest.approx(factor, rel=1e-14, abs=0)


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_first_epoch_runs_at_the_full_rate_and_a_decay_rate_of_zero_changes_nothing(name):
    assert SCHEDULES[name].factor(3.0, 0) == 1
    assert SCHEDULES[name].factor(0.0, 10_000) == 1


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("rate", [0.0001, 0.1, 10.0])
def test_the_rate_never_grows_and_never_turns_negative(name, rate):
    factors = [SCHEDULES[name].factor(rate, epoch) for epoch in range(0, 10_001, 50)]
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] >= 0
