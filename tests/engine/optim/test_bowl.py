"""The bowl, against numbers worked out by hand and against what gradient descent really does."""

import numpy as np
import pytest

from engine.optim.bowl import Bowl, steps_needed

# Centred already; x1 and x2 do not correlate: H = diag(4, 1), and y = 2 x1 + 3 x2 + 5 is met.
CROSS = np.array([[2.0, 1.0], [2.0, -1.0], [-2.0, 1.0], [-2.0, -1.0]])
BOWL = Bowl(CROSS, CROSS @ [2.0, 3.0] + 5)


def test_a_bowl_by_hand():
    np.testing.assert_allclose(BOWL.hessian, [[4, 0], [0, 1]])
    assert BOWL.curvatures == pytest.approx((1, 4))
    assert BOWL.largest_rate == pytest.approx(0.5)
    assert BOWL.elongation == pytest.approx(2)
    np.testing.assert_allclose(BOWL.lowest, [2, 3])
    # At w = 0 the residuals are -(2 x1 + 3 x2): 49, 1, 1, 49 squared, half of their mean is 12.5.
    assert BOWL.cost(np.zeros((3, 2))) == pytest.approx([12.5] * 3)
    assert BOWL.cost(BOWL.lowest) == pytest.approx(0)


def test_moving_the_inputs_or_the_targets_does_not_change_the_bowl(rng):
    rows, y = rng.normal(size=(30, 2)), rng.normal(size=30)
    bowl, moved = Bowl(rows, y), Bowl(rows + [5, -7], y + 3)
    np.testing.assert_allclose(bowl.hessian, moved.hessian)
    np.testing.assert_allclose(bowl.lowest, moved.lowest)


def test_the_best_bias_is_taken_for_each_w(rng):
    rows, y, w = rng.normal(2, 1, size=(20, 2)), rng.normal(size=20), np.array([0.3, -2.0])
    costs = [((rows @ w + b - y) ** 2).mean() / 2 for b in np.linspace(-10, 20, 30_001)]
    assert float(Bowl(rows, y).cost(w)) == pytest.approx(min(costs), rel=1e-6)


def test_a_step_multiplies_the_distance_along_each_axis():
    path = BOWL.descend([0.0, 0.0], 0.4, 3)
    away = path - BOWL.lowest
    np.testing.assert_allclose(away[:, 0], -2 * (1 - 0.4 * 4) ** np.arange(4))
    np.testing.assert_allclose(away[:, 1], -3 * (1 - 0.4 * 1) ** np.arange(4))


@pytest.mark.parametrize(("share", "settles"), [(0.5, True), (0.99, True), (1.01, False)])
def test_the_largest_rate_is_where_descent_begins_to_diverge(rng, share, settles):
    bowl = Bowl(rng.normal(size=(50, 2)) * [10, 1], rng.normal(size=50))
    costs = bowl.cost(bowl.descend([1.0, 1.0], share * bowl.largest_rate, 500))
    assert (costs[-1] < costs[0]) == settles


def test_a_path_that_leaves_the_finite_numbers_ends_before():
    path = BOWL.descend([1.0, 1.0], 1e200, 50)
    assert len(path) < 50
    assert np.isfinite(path).all()


def test_all_places_of_a_ring_have_the_same_cost(rng):
    bowl = Bowl(rng.normal(size=(50, 2)) @ [[3, 1], [0, 1]], rng.normal(size=50))
    through = np.array([1.0, -2.0])
    ring = bowl.ring(through)
    assert ring.shape == (73, 2)
    np.testing.assert_allclose(ring[0], ring[-1])
    assert bowl.cost(ring) == pytest.approx(np.full(73, float(bowl.cost(through))))


def test_the_steps_needed():
    path = BOWL.descend([0.0, 3.0], 0.4, 50)  # along one axis: 0.6^k <= 0.01 from k = 9.02 on
    assert steps_needed(path, BOWL.lowest) == 10
    assert steps_needed(path[:10], BOWL.lowest) is None


def test_full_batches_descend_as_ever(rng):
    bowl = Bowl(rng.normal(size=(20, 2)), rng.normal(size=20))
    for size in (20, 100):
        path = bowl.descend_in_batches([1.0, 1.0], 0.3, 7, size, rng)
        np.testing.assert_array_equal(path, bowl.descend([1.0, 1.0], 0.3, 7))


@pytest.mark.parametrize("size", [1, 3, 19])
def test_small_steps_through_all_batches_add_up_to_a_step_of_the_whole(rng, size):
    bowl, start, tiny = Bowl(rng.normal(size=(20, 2)), rng.normal(size=20)), np.ones(2), 1e-9
    path = bowl.descend_in_batches(start, tiny, 1, size, rng)
    assert len(path) == 1 + -(-20 // size)
    # Each batch counts as much as another, however small the last one is.
    shares = np.diff(np.append(np.arange(0, 20, size), 20))
    whole = (np.diff(path, axis=0) * shares[:, None]).sum(axis=0) / (20 * tiny)
    slope = bowl.hessian @ (start - bowl.lowest)
    np.testing.assert_allclose(whole, -slope, rtol=1e-5)


def test_the_smaller_the_batch_the_more_the_path_wanders(rng):
    bowl = Bowl(rng.normal(size=(64, 2)), rng.normal(size=64))
    far = []
    for size in (1, 8, 32, 64):
        path = bowl.descend_in_batches([2.0, 2.0], 0.1, 200, size, np.random.default_rng(1))
        late = path[len(path) // 2 :]
        far.append(np.sqrt(((late - bowl.lowest) ** 2).sum(axis=1).mean()))
    assert far == sorted(far, reverse=True)
    assert far[-1] < 1e-3 < far[0] / 10


def test_a_path_in_batches_that_leaves_the_finite_numbers_ends_before():
    path = BOWL.descend_in_batches([1.0, 1.0], 1e200, 50, 1, np.random.default_rng(0))
    assert len(path) < 50
    assert np.isfinite(path).all()
