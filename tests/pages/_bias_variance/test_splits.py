"""How well an error can be measured, against the binomial deviation."""

import numpy as np
import pytest

from pages._bias_variance.splits import half, measured, told


def test_one_per_cent_of_a_million_is_enough_and_of_a_thousand_is_not():
    million, thousand = (measured(m, 0.98, 0.01, 0.02) for m in (1_000_000, 1000))
    assert [part.n for part in million] == [10_000, 10_000]
    # 2 % +- 1.96 sqrt(0.02 * 0.98 / 10,000) = 0.27 points
    assert (million[0].low, million[0].high) == pytest.approx((0.0174, 0.0229), abs=1e-4)
    assert [part.n for part in thousand] == [10, 10]
    assert thousand[0].high > 0.25
    # and two such errors to 1.96 sqrt(2 * 0.02 * 0.98 / 10,000) = 0.39 points
    assert told(million, 0.02).startswith(
        "**Enough** to tell networks apart that differ by more than about 0.390 points. One error "
        "is known to ±0.275;"
    )
    assert told(thousand, 0.02).startswith("**Too few.**")


def test_two_counted_errors_need_the_root_of_two_times_half_an_interval(rng):
    ten_thousand = measured(1_000_000, 0.98, 0.01, 0.02)
    # 1.96 sqrt(2 * 0.02 * 0.98 / 10,000) = 0.388 points; Wilson's interval is a little wider
    assert "differ by more than about 0.390 points" in told(ten_thousand, 0.02)
    pairs = rng.binomial(10_000, 0.02, (20_000, 2)) / 10_000
    assert np.mean(np.abs(pairs[:, 0] - pairs[:, 1]) > 0.0039) == pytest.approx(0.05, abs=0.01)


def test_with_too_few_samples_the_errors_that_fit_are_said():
    ten = measured(1000, 0.98, 0.01, 0.2)
    low, high = (f"{100 * end:.1f} %" for end in (ten[0].low, ten[0].high))
    assert f"networks that err on {low} or on {high}" in told(ten, 0.2)


def test_sets_without_samples_are_left_out():
    assert [part.name for part in measured(100, 0.6, 0.4, 0.02)] == ["Dev"]
    assert measured(100, 1.0, 0.0, 0.02) == []
    assert "nothing to measure" in told([], 0.02)


def test_four_times_as_many_samples_halve_the_interval():
    few, many = half(0.1, np.array([10_000.0, 40_000.0]))
    assert few == pytest.approx(1.96 * 0.3 / 100, rel=1e-3)
    assert few / many == pytest.approx(2, rel=1e-3)
