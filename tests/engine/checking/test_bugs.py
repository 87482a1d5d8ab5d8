"""Every planted bug is in the backward pass, is what its line says, and is caught; J is right."""

import dataclasses
import math
from itertools import permutations

import numpy as np
import pytest

from engine.checking.bugs import BUGS, Objective, equipped, possible
from engine.nn.activations import ACTIVATIONS
from engine.nn.gradient_check import gradient_check
from engine.nn.network import Network
from engine.nn.regularization import dropout_masks

EPSILON, CLEARANCE = 1e-5, 1e-3


def drawn(seed, activation="tanh", hidden=(4, 3), output="sigmoid", **options):
    """An objective with penalty and dropout, and a theta at which no z is near ReLU's kink."""
    rng = np.random.default_rng(seed)
    n_y = {"sigmoid": 1, "softmax": 3}[output]
    network = Network((3, *hidden, n_y), activation, output)
    size = network.layout.size
    masks = dropout_masks(hidden, 6, 0.7, rng) if hidden else None
    classes = rng.integers(0, 2, (1, 6)) if n_y == 1 else np.eye(3)[:, rng.integers(0, 3, 6)]
    while True:
        theta = rng.choice([-1.0, 1.0], size) * rng.uniform(0.2, 1, size)
        settings = {"m": 9, "l1": 0.5, "l2": 0.8, "masks": masks} | options
        objective = Objective(network, rng.normal(size=(3, 6)), classes.astype(float), **settings)
        Z = network.forward(theta, objective.X, objective.masks).Z[1:-1]
        if all((np.abs(z) > CLEARANCE).all() and (z < 0).any() and (z > 0).any() for z in Z):
            return objective, theta


def ratio(objective, theta, gradient):
    return gradient_check(objective.cost, gradient, theta, EPSILON).ratio


every_network = pytest.mark.parametrize(
    ("seed", "activation", "hidden", "output"),
    [
        (seed, activation, hidden, output)
        for seed, activation in enumerate(ACTIVATIONS)
        for hidden in ((4,), (4, 3))
        for output in ("sigmoid", "softmax")
    ],
)


every_mixture = pytest.mark.parametrize("names", list(permutations(ACTIVATIONS, 2)), ids="-".join)


@every_mixture
def test_a_wrong_derivative_is_planted_in_every_layer(names):
    objective, theta = drawn(8, names, (4, 3))
    layers = objective.network.layout.layers
    right, wrong = objective.gradient(theta), BUGS["slope"].gradient(objective, theta)
    assert ratio(objective, theta, right) < 1e-7
    assert ratio(objective, theta, wrong) > 1e-4
    for l, (sound, planted) in enumerate(zip(layers(right), layers(wrong), strict=True), start=1):
        assert np.allclose(sound.W, planted.W) == (l == 3)  # no g' between J and the last layer


def test_the_wrong_derivative_is_that_which_is_mistaken_for_each_layers_own():
    # By hand, without penalty: the second layer is tanh, taken for sigmoid; the first is ReLU,
    # taken for linear.
    objective, theta = drawn(9, ("relu", "tanh"), (4, 3), l1=0.0, l2=0.0)
    (W1, b1), (W2, b2), (W3, b3) = objective.network.layout.layers(theta)
    X, Y, (D1, D2), m = objective.X, objective.Y, objective.masks, objective.columns
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0) * D1
    G2 = np.tanh(W2 @ A1 + b2)
    A2 = G2 * D2
    dZ3 = (1 / (1 + np.exp(-(W3 @ A2 + b3))) - Y) / m
    dZ2 = W3.T @ dZ3 * G2 * (1 - G2) * D2
    dZ1 = W2.T @ dZ2 * 1 * D1
    expected = np.concatenate(
        [
            part.ravel()
            for dZ, A in ((dZ1, X), (dZ2, A1), (dZ3, A2))
            for part in (dZ @ A.T, dZ.sum(axis=1))
        ]
    )
    np.testing.assert_allclose(BUGS["slope"].gradient(objective, theta), expected, rtol=1e-12)


@every_network
def test_the_sound_gradient_passes(seed, activation, hidden, output):
    objective, theta = drawn(seed, activation, hidden, output)
    assert ratio(objective, theta, objective.gradient(theta)) < 1e-7


@every_network
@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_every_bug_is_caught(bug, seed, activation, hidden, output):
    objective, theta = drawn(seed, activation, hidden, output)
    assert possible(bug, objective)
    assert ratio(objective, theta, bug.gradient(objective, theta)) > 1e-4


@pytest.mark.parametrize("name", [name for name, bug in BUGS.items() if bug.needs != "hidden"])
def test_every_bug_of_a_network_without_a_hidden_layer_is_caught(name):
    objective, theta = drawn(0, hidden=())
    assert possible(BUGS[name], objective) == (name != "mask")
    if name != "mask":
        assert ratio(objective, theta, BUGS[name].gradient(objective, theta)) > 1e-4


def parts(objective, theta):
    """Gradient of the plain loss with all its pieces, worked out here once more and plainly."""
    (W1, b1), (W2, b2) = objective.network.layout.layers(theta)
    X, Y, mask, m = objective.X, objective.Y, objective.masks[0], objective.columns
    A1 = np.tanh(W1 @ X + b1)
    A2 = 1 / (1 + np.exp(-(W2 @ (A1 * mask) + b2)))
    return W2, X, Y, mask, m, A1, A2


def flat(dW1, db1, dW2, db2):
    return np.concatenate([part.ravel() for part in (dW1, db1, dW2, db2)])


@pytest.mark.parametrize("name", ["mean", "sign", "output", "slope", "bias", "mask"])
def test_a_bug_is_the_line_it_shows(name):
    objective, theta = drawn(1, "tanh", (4,), l1=0.0, l2=0.0)
    W2, X, Y, mask, m, A1, A2 = parts(objective, theta)
    dZ2 = {
        "mean": A2 - Y,
        "sign": (Y - A2) / m,
        "output": (A2 - Y) * A2 * (1 - A2) / m,
    }.get(name, (A2 - Y) / m)
    slope = A1 * (1 - A1) if name == "slope" else 1 - A1**2
    dZ1 = W2.T @ dZ2 * slope * (1 if name == "mask" else mask)
    seen = slice(1) if name == "bias" else slice(None)
    expected = flat(
        dZ1 @ X.T,
        dZ1[:, seen].sum(axis=1),
        dZ2 @ (A1 * mask).T,
        dZ2[:, seen].sum(axis=1),
    )
    np.testing.assert_allclose(BUGS[name].gradient(objective, theta), expected, rtol=1e-12)


def test_the_bugs_in_the_penalty_are_the_lines_they_show():
    objective, theta = drawn(1, "tanh", (4,), l1=0.0)
    right, is_weight = objective.gradient(theta), objective.network.layout.weight_mask
    decay = objective.l2 / objective.m * theta
    without = BUGS["penalty"].gradient(objective, theta)
    np.testing.assert_allclose(without, right - is_weight * decay, rtol=1e-12)
    everywhere = BUGS["penalized_biases"].gradient(objective, theta)
    np.testing.assert_allclose(everywhere, right + (1 - is_weight) * decay, rtol=1e-12)


@pytest.mark.parametrize("name", sorted(set(BUGS) - {"penalty"}))
def test_a_bug_leaves_the_penalty_of_the_weights_alone(name):
    # The bugs of the loss differ from the right gradient by the same with and without a penalty.
    objective, theta = drawn(2)
    plain = dataclasses.replace(objective, l1=0.0, l2=0.0)
    is_weight = objective.network.layout.weight_mask > 0
    with_penalty, without = (
        (BUGS[name].gradient(given, theta) - given.gradient(theta))[is_weight]
        for given in (objective, plain)
    )
    np.testing.assert_allclose(with_penalty, without, atol=1e-14)


@pytest.mark.parametrize("name", ["mean", "bias"])
def test_with_one_sample_the_mean_and_the_sum_cannot_be_missed(name):
    objective, theta = drawn(3)
    single = dataclasses.replace(
        objective, X=objective.X[:, :1], Y=objective.Y[:, :1],
        masks=[mask[:, :1] for mask in objective.masks],
    )  # fmt: skip
    np.testing.assert_allclose(
        BUGS[name].gradient(single, theta), single.gradient(theta), rtol=1e-14
    )


def test_a_penalty_on_biases_is_not_seen_where_they_are_zero():
    objective, theta = drawn(4)
    theta = theta * objective.network.layout.weight_mask
    wrong = BUGS["penalized_biases"].gradient(objective, theta)
    np.testing.assert_array_equal(wrong, objective.gradient(theta))


def test_nothing_is_changed_by_planting_a_bug():
    objective, theta = drawn(5)
    before = objective.gradient(theta)
    start = theta.copy()
    for bug in BUGS.values():
        bug.gradient(objective, theta)
    np.testing.assert_array_equal(theta, start)
    np.testing.assert_array_equal(objective.gradient(theta), before)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_derivatives_in_code_are_the_engines(activation):
    Z = np.array([[-2.0, -0.5, 0.3, 1.7]])
    A = ACTIVATIONS[activation].function(Z)
    for g in (ACTIVATIONS[activation], ACTIVATIONS[ACTIVATIONS[activation].mistaken]):
        names = {"A": A, "Z": Z, "np": np, "math": math}
        for helper in g.written.helpers:
            exec(helper, names)
        slope = np.broadcast_to(eval(g.written.shown, names), Z.shape)
        np.testing.assert_allclose(slope, g.derivative(Z, A), rtol=1e-12)
    assert ACTIVATIONS[activation].mistaken != activation


def test_the_lines_of_code_are_filled_in():
    right, wrong = BUGS["slope"].lines("tanh")
    assert right.endswith("* (1 - A**2)")
    assert wrong.endswith("* A * (1 - A)")
    assert all(a != b and "{" not in a + b for bug in BUGS.values() for a, b in [bug.lines("relu")])


def test_j_is_given_what_a_bug_needs_and_only_if_it_has_none(rng):
    objective, _ = drawn(6)
    assert equipped(objective, "penalty", rng) is objective
    assert equipped(objective, "dropout", rng) is objective
    plain = dataclasses.replace(objective, l1=0.0, l2=0.0, masks=None)
    assert equipped(plain, "", rng) is plain
    assert equipped(plain, "penalty", rng).l2 == pytest.approx(0.1 * plain.m)
    masks = equipped(plain, "dropout", rng).masks
    assert [mask.shape for mask in masks] == [(4, 6), (3, 6)]
    assert {float(value) for mask in masks for value in mask.flat} == {0.0, 1.25}


def test_activity_is_the_side_of_the_kink():
    objective, theta = drawn(7, "relu")
    Z = objective.network.forward(theta, objective.X, objective.masks).Z
    for active, z in zip(objective.is_active(theta), Z[1:-1], strict=True):
        np.testing.assert_array_equal(active, z > 0)
