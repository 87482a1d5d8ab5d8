"""What a penalty does to a network, against numbers worked by hand and the engine's own."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.shrinkage import (
    equal_error,
    frobenius,
    linear_share,
    norm,
    slope,
    terms,
    tiny_share,
    weights,
)
from engine.nn.network import Network
from engine.nn.parameters import Layout
from engine.nn.regularization import Penalty
from engine.training.run import run
from engine.training.sweep import sweep

LAYOUT = Layout((2, 2, 1))
THETA = np.array([3.0, 0.0, 0.0, -4.0, 100.0, 100.0, 5.0, -12.0, 100.0])  # biases of 100
OVERFIT = Experiment(
    dataset="moons", samples=100, noise=0.3, train_fraction=0.3, dev_fraction=0.7, hidden=(8, 6),
    activation="tanh", optimizer="adam", learning_rate=0.03, epochs=50,
)  # fmt: skip


def test_the_norm_of_each_layer_by_hand():
    assert frobenius(LAYOUT, THETA).tolist() == [5, 13]
    assert frobenius(LAYOUT, np.stack([THETA, 2 * THETA])).tolist() == [[5, 13], [10, 26]]


def test_the_norm_of_all_weights_by_hand():
    assert norm(LAYOUT, np.stack([THETA, 2 * THETA])) == pytest.approx([194**0.5, 2 * 194**0.5])


def test_a_huge_weight_has_an_infinite_norm_and_no_warning():
    assert frobenius(LAYOUT, 1e200 * THETA).tolist() == [np.inf, np.inf]


def test_the_weights_are_those_without_the_biases():
    assert weights(LAYOUT, THETA).tolist() == [3, 0, 0, -4, 5, -12]


@pytest.mark.parametrize(("bound", "share"), [(1e-3, 2 / 6), (4.0, 3 / 6), (4.5, 4 / 6)])
def test_a_weight_is_tiny_below_the_bound_on_either_side(bound, share):
    assert tiny_share(LAYOUT, THETA, bound) == pytest.approx(share)


def test_the_terms_by_hand():
    l1, l2 = terms(LAYOUT, THETA, l1=2.0, l2=0.5, m=10)
    assert l1 == pytest.approx([2 / 10 * 7, 2 / 10 * 17])
    assert l2 == pytest.approx([0.5 / 20 * 25, 0.5 / 20 * 169])


def test_the_terms_add_up_to_the_penalty_of_the_training():
    done = run(OVERFIT.but(l1=0.03, l2=0.3))
    network = Network((2, 8, 6, 1), "tanh", "sigmoid")
    found = terms(network.layout, done.theta, 0.03, 0.3, load(OVERFIT).train.m)
    total = sum(float(part.sum()) for part in found)
    assert total == pytest.approx(done.history["penalty"][-1], rel=1e-12)


def test_the_two_parts_of_the_slope_are_the_gradient_of_the_engine(rng):
    problem, network = load(OVERFIT), Network((2, 8, 6, 1), "tanh", "sigmoid")
    theta, train = rng.normal(size=network.layout.size), problem.train
    data, penalty = slope(network, theta, train.X, train.Y, 0.03, 0.3)
    whole = network.gradient(theta, train.X, train.Y, l1=0.03, l2=0.3)
    assert data + penalty == pytest.approx(whole, rel=1e-12)
    m, mask = train.m, network.layout.weight_mask
    assert penalty == pytest.approx(mask * (0.3 / m * theta + 0.03 / m * np.sign(theta)))
    cost = Penalty(network.layout, 0.03, 0.3, m).cost
    ahead, behind = (cost(theta + e) for e in (1e-6 * mask, -1e-6 * mask))
    assert penalty.sum() == pytest.approx((ahead - behind) / 2e-6, rel=1e-6)


def test_the_share_in_the_linear_range_by_hand():
    network = Network((1, 2, 1), "tanh", "sigmoid")
    theta = np.array([1.0, 3.0, 0.0, 0.0, 1.0, 1.0, 0.0])  # z = x and 3 x
    X = np.array([[0.1, 0.25, 0.45, 1.0]])
    assert linear_share(network, theta, X) == pytest.approx([(3 + 1) / 8])
    assert linear_share(network, np.stack([theta] * 2), X).shape == (2, 1)


def test_a_network_without_hidden_layers_has_no_linear_range():
    assert linear_share(Network((1, 1)), np.zeros(2), np.ones((1, 3))).shape == (0,)


@pytest.mark.parametrize(
    ("errors", "other", "chosen"),
    [
        ([0.2, 0.1, 0.3], [0.3, 0.12, 0.09], (1, 2)),
        ([0.1, 0.1, 0.3], [0.1, 0.1, 0.2], (1, 1)),  # of equals the strongest
        ([0.5], [0.1, 0.9], (0, 1)),
    ],
)
def test_two_settings_of_equal_error(errors, other, chosen):
    assert equal_error(errors, other) == chosen


def test_l1_leaves_more_weights_next_to_nothing_than_l2_at_equal_dev_error():
    """Both at the strengths that an own search finds, with a rate that ends near zero."""
    base = OVERFIT.but(epochs=400, decay="exponential", decay_rate=0.01)
    strengths, seeds = [0.03, 0.1, 0.3, 1.0], range(3)
    l1, l2 = (
        sweep([base.but(**{knob: s, "seed": k}) for s in strengths for k in seeds], snapshots=2)
        for knob in ("l1", "l2")
    )

    def middle(runs, value):
        values = [value(done) for done in runs]
        return np.median(np.reshape(values, (len(strengths), len(seeds))), axis=1)

    errors = [middle(runs, lambda r: 1 - r.history["dev_accuracy"][-1]) for runs in (l1, l2)]
    mine, its = equal_error(*errors)
    assert abs(errors[0][mine] - errors[1][its]) <= 1 / 70  # one dev point
    layout = Layout((2, 8, 6, 1))
    tiny = [middle(runs, lambda r: tiny_share(layout, r.theta)) for runs in (l1, l2)]
    assert tiny[0][mine] > 0.4
    assert tiny[1][its] < 0.1


def test_what_hovers_around_zero_depends_on_the_rate():
    """With gradient descent a weight that L1 has brought to zero jumps by alpha lambda/m."""
    base = OVERFIT.but(optimizer="gradient_descent", l1=3.0, epochs=600, learning_rate=0.3)
    layout, m = Layout((2, 8, 6, 1)), load(OVERFIT).train.m
    coarse, fine = sweep([base, base.but(decay="exponential", decay_rate=0.01)], snapshots=2)
    assert 0.3 * 3.0 / m > 1e-3
    assert tiny_share(layout, fine.theta) > 0.9 > 0.5 > tiny_share(layout, coarse.theta)
