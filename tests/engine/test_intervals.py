"""Intervals around a counted share: published values, their definition, and the ends."""

import numpy as np
import pytest

from engine.intervals import wilson


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
