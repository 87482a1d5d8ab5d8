"""Intervals around a counted share: published values, their definition, and the ends."""

import numpy as np
import pytest

from engine.diagnosis.gaps import Rate, gap
from engine.nn.intervals import least_difference, wilson


@pytest.mark.parametrize(
    ("correct", "m", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # By hand: z^2 = 3.8416, (9 + 1.9208 ± 1.96 sqrt(0.9 + 0.9604)) / 13.8416.
        (9, 10, 0.59584, 0.98212),
    ],
)
def test_published_intervals(correct, m, low, high):
    np.testing.assert_allclose(wilson(correct, m), (low, high), atol=5e-5)


@pytest.mark.parametrize(("correct", "m"), [(1, 2), (3, 10), (9638, 10_000)])
@pytest.mark.parametrize("z", [1.0, 1.96, 2.576])
def test_both_ends_are_z_of_their_own_deviations_away(correct, m, z):
    share = correct / m
    for end in wilson(correct, m, z):
        assert abs(share - end) == pytest.approx(z * np.sqrt(end * (1 - end) / m), rel=1e-9)


def test_all_right_is_not_certainty_and_nothing_counted_is_anything():
    low, high = wilson(np.array([0, 5, 0]), np.array([5, 5, 0]))
    assert low[0] == 0 < high[0] < 1
    assert 0 < low[1] < high[1] == 1
    assert (low[2], high[2]) == (0, 1)


def test_wrong_and_right_mirror_each_other():
    counts = np.arange(13)
    low, high = wilson(counts, 12)
    np.testing.assert_allclose(low, 1 - high[::-1], atol=1e-15)
    assert (np.diff(low) > 0).all()


@pytest.mark.parametrize(("correct", "m"), [(-1, 5), (6, 5), (np.nan, 5), ([1, 9], [3, 8])])
def test_counts_that_cannot_be_are_refused(correct, m):
    with pytest.raises(ValueError, match="must lie in 0 to m"):
        wilson(correct, m)


@pytest.mark.parametrize("z", [0.0, -1.0, np.nan])
def test_an_interval_needs_a_width(z):
    with pytest.raises(ValueError, match="needs z > 0"):
        wilson(1, 2, z)


@pytest.mark.parametrize(("share", "m"), [(0.02, 10_000), (0.1, 1000), (0.5, 400)])
def test_two_counted_errors_need_the_root_of_two_times_one_half_width(share, m):
    # 2 % of 10,000 by hand: 1.96 sqrt(2 * 0.02 * 0.98 / 10,000) = 0.00388
    by_hand = 1.96 * np.sqrt(2 * share * (1 - share) / m)
    assert least_difference(share, m) == pytest.approx(by_hand, rel=0.01)
    low, high = wilson(share * m, m)
    assert least_difference(share, m) == pytest.approx(np.sqrt(2) * (high - low) / 2, rel=0.01)


@pytest.mark.parametrize(("wrong", "m"), [(0, 20), (3, 20), (50, 100), (20, 20)])
def test_what_two_errors_need_is_where_the_interval_of_their_gap_ends(wrong, m):
    rate = Rate.counted(wrong, m)
    found = gap(rate, rate)
    needed = least_difference(wrong / m, m)
    assert (-found.low, found.high) == pytest.approx((needed, needed))


def test_two_errors_that_differ_by_less_are_taken_for_different_once_in_twenty(rng):
    # Two networks with the same error of 2 %, each counted on 10,000 samples of its own.
    counts = rng.binomial(10_000, 0.02, (2, 20_000)) / 10_000
    apart = np.abs(counts[0] - counts[1])
    assert (apart > least_difference(0.02, 10_000)).mean() == pytest.approx(0.05, abs=0.01)
    low, high = wilson(200, 10_000)
    assert (apart > (high - low) / 2).mean() > 0.15  # one half-width is wrong three times as often
