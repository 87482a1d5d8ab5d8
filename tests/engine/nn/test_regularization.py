"""Penalties per replica, and masks that keep the expectation."""

import numpy as np
import pytest

from engine.nn.parameters import Layout
from engine.nn.regularization import Dropout, Penalty, dropout_masks

LAYOUT = Layout((1, 1, 1))  # theta = (w1, b1, w2, b2)
THETA = np.array([3.0, 10.0, -4.0, 10.0])


@pytest.mark.parametrize(
    ("l1", "l2", "m", "cost", "gradient"),
    [
        (0.0, 0.0, 5, 0, [0, 0, 0, 0]),
        # 2 / (2 * 5) * (9 + 16) and 2 / 5 * w.
        (0.0, 2.0, 5, 5, [1.2, 0, -1.6, 0]),
        # 2 / 5 * (3 + 4) and 2 / 5 * sign(w).
        (2.0, 0.0, 5, 2.8, [0.4, 0, -0.4, 0]),
        (2.0, 2.0, 5, 7.8, [1.6, 0, -2.0, 0]),
        (2.0, 0.0, 0, 14, [2, 0, -2, 0]),  # no samples: as if one
    ],
)
def test_cost_and_gradient_by_hand(l1, l2, m, cost, gradient):
    penalty = Penalty(LAYOUT, l1, l2, m)
    added = np.ones(4)
    penalty.add_gradient(THETA, added)
    assert penalty.cost(THETA) == pytest.approx(cost, rel=1e-14)
    np.testing.assert_allclose(added, 1 + np.array(gradient), rtol=1e-14)


def test_l1_does_not_push_a_weight_that_is_zero():
    added = np.zeros(4)
    Penalty(LAYOUT, 1.0, 0.0, 1).add_gradient(np.zeros(4), added)
    assert added.tolist() == [0, 0, 0, 0]


def test_each_replica_has_its_own_lambda():
    penalty = Penalty(LAYOUT, np.array([0.0, 2.0]), np.array([2.0, 0.0]), 5)
    thetas = np.stack([THETA, THETA])
    added = np.zeros((2, 4))
    penalty.add_gradient(thetas, added)
    np.testing.assert_allclose(penalty.cost(thetas), [5, 2.8], rtol=1e-14)
    np.testing.assert_allclose(added, [[1.2, 0, -1.6, 0], [0.4, 0, -0.4, 0]], rtol=1e-14)


def test_one_lambda_serves_any_number_of_replicas():
    thetas = np.stack([THETA, 2 * THETA, 0 * THETA])
    np.testing.assert_allclose(Penalty(LAYOUT, 0.0, 2.0, 5).cost(thetas), [5, 20, 0], rtol=1e-14)


@pytest.mark.parametrize("keep_prob", [0.05, 0.5, 0.8, 1.0])
def test_a_mask_keeps_the_share_it_should_and_scales_it_so_that_the_mean_is_one(rng, keep_prob):
    first, second = dropout_masks((400, 300), 100, keep_prob, rng)
    assert (first.shape, second.shape) == ((400, 100), (300, 100))
    assert set(np.unique(first)) <= {0, 1 / keep_prob}
    # Four standard errors of the share kept, sqrt(p (1 - p) / 40,000).
    error = 4 * np.sqrt(keep_prob * (1 - keep_prob) / first.size)
    assert (first > 0).mean() == pytest.approx(keep_prob, abs=error)
    assert first.mean() == pytest.approx(1, abs=error / keep_prob)


def test_units_and_samples_are_dropped_independently(rng):
    (mask,) = dropout_masks((200,), 200, 0.5, rng)
    # Of 200 each: expected 100, four standard deviations are 4 * sqrt(50) = 28, rarely exceeded.
    for axis in (0, 1):
        kept = (mask > 0).sum(axis=axis)
        assert ((kept > 60) & (kept < 140)).all()
        assert len(np.unique(kept)) > 5


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_masks_of_a_run_are_those_that_each_replicas_generator_draws(dtype):
    keep_prob = np.array([0.5, 0.75])
    dropout = Dropout((4, 3), keep_prob, [np.random.default_rng(s) for s in (1, 2)], (2,), dtype)
    generators = [np.random.default_rng(s) for s in (1, 2)]
    for m in (6, 6, 2, 6):  # the size of the last batch differs
        dropout.draw(m)
        masks = dropout.masks(m)
        assert [mask.dtype for mask in masks] == [dtype, dtype]
        for replica, generator in enumerate(generators):
            expected = dropout_masks((4, 3), m, keep_prob[replica], generator)
            for mask, own in zip(masks, expected, strict=True):
                np.testing.assert_allclose(mask[replica], own, rtol=1e-7)


def test_a_single_run_has_masks_without_a_replica_axis():
    dropout = Dropout((4,), 0.5, [np.random.default_rng(1)], (), np.float64)
    (expected,) = dropout_masks((4,), 6, 0.5, np.random.default_rng(1))
    dropout.draw(6)
    np.testing.assert_array_equal(dropout.masks(6)[0], expected)
