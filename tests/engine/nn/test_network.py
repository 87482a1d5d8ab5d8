"""Forward and backward: against differences, a step worked out by hand, and itself."""

from itertools import cycle, permutations
from math import log

import numpy as np
import pytest

import engine.nn.bands
import engine.nn.network
from engine.nn.activations import ACTIVATIONS
from engine.nn.gradient_check import gradient_check
from engine.nn.network import Network, Pass
from engine.nn.regularization import dropout_masks

OUTPUTS = {"sigmoid": 1, "softmax": 3, "linear": 2}
HIDDEN = [(), (3,), (3, 2), (3, 2, 3), (3, 2, 3, 2)]
# Penalties, dropout and the m to divide by do not depend on the depth: all of them at one depth,
# at every other depth all at once.
PENALTIES = [(0.0, 0.0), (0.9, 0.0), (0.0, 0.7), (0.5, 0.8)]
REGULARIZED = [
    (hidden, l1, l2, keep_prob, m)
    for hidden in HIDDEN
    for l1, l2 in PENALTIES
    for keep_prob, m in ((1.0, None), (0.6, 50))
    if hidden == (3, 2) or (l1, l2, m) == (0.5, 0.8, 50)
]

# Central differences err by about epsilon^2 (third derivatives are of order 1) plus 1e-16 / epsilon
# of rounding: 1e-10 and 1e-11 at 1e-5, far below the 1e-7 to be shown, which 1e-7 as epsilon would
# only just reach. No weight comes closer to 0, the kink of |w|, than 0.2, and no z of a ReLU closer
# to its kink than 1e-3, a hundred times epsilon: no difference straddles a kink.
EPSILON, CLEARANCE = 1e-5, 1e-3


def drawn_theta(rng, network, lead=()):
    """Draw weights and biases of size 0.2 to 1 and either sign."""
    shape = (*lead, network.layout.size)
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.2, 1, shape)


def drawn_targets(rng, network, m):
    """Draw one-hot columns, zeros and ones, or plain numbers, as the output needs them."""
    if network.output == "softmax":
        return np.eye(network.sizes[-1])[:, rng.integers(0, network.sizes[-1], m)]
    if network.output == "sigmoid":
        return rng.integers(0, 2, (1, m)).astype(float)
    return rng.normal(size=(network.sizes[-1], m))


def clear_inputs(rng, network, theta, m, masks=None):
    """Draw X (3, m) again and again until every hidden z is clear of the kink, if there is one."""
    has_kink = any(ACTIVATIONS[name].has_kink for name in network.activations)
    for _ in range(1000):
        X = rng.normal(size=(3, m))
        hidden = network.forward(theta, X, masks).Z[1:-1]
        if not has_kink or all((np.abs(Z) > CLEARANCE).all() for Z in hidden):
            return X
    raise AssertionError("no clear X found")


@pytest.mark.parametrize(("hidden", "l1", "l2", "keep_prob", "m"), REGULARIZED)
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradient_matches_central_differences(
    rng, activation, output, hidden, l1, l2, keep_prob, m
):
    network = Network((3, *hidden, OUTPUTS[output]), activation, output)
    theta = drawn_theta(rng, network)
    # Drawn once, so that J stays one function.
    masks = None if keep_prob == 1 else dropout_masks(hidden, 6, keep_prob, rng)
    X, Y = clear_inputs(rng, network, theta, 6, masks), drawn_targets(rng, network, 6)

    gradient = network.gradient(theta, X, Y, l1, l2, m, masks)

    check = gradient_check(
        lambda t: network.cost(t, X, Y, l1, l2, m, masks), gradient, theta, EPSILON
    )
    assert check.ratio < 1e-7
    assert np.linalg.norm(check.numeric) > 1e-2  # there was something to compare


# Each activation below, between and above every other one.
MIXTURES = [
    (*pair, third)
    for pair, third in zip(permutations(ACTIVATIONS, 2), cycle(ACTIVATIONS), strict=False)
]


@pytest.mark.parametrize("keep_prob", [1.0, 0.6])
@pytest.mark.parametrize("names", MIXTURES, ids="-".join)
def test_gradient_of_every_mixture_matches_central_differences(rng, names, keep_prob):
    network = Network((3, 3, 2, 3, 1), names, "sigmoid")
    theta = drawn_theta(rng, network)
    masks = None if keep_prob == 1 else dropout_masks((3, 2, 3), 6, keep_prob, rng)
    X, Y = clear_inputs(rng, network, theta, 6, masks), drawn_targets(rng, network, 6)

    gradient = network.gradient(theta, X, Y, 0.5, 0.8, 50, masks)

    check = gradient_check(
        lambda t: network.cost(t, X, Y, 0.5, 0.8, 50, masks), gradient, theta, EPSILON
    )
    assert check.ratio < 1e-7


@pytest.mark.parametrize("hidden", [(), (4,), (4, 3)], ids=len)
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_of_stacked_networks_match_central_differences(rng, activation, output, hidden):
    network = Network((3, *hidden, OUTPUTS[output]), activation, output)
    theta = drawn_theta(rng, network, (2, 3))
    l1, l2 = rng.uniform(0.1, 1, (2, 2, 3))
    masks = [rng.integers(0, 2, (2, 3, width, 6)) / 0.5 for width in hidden]
    X, Y = clear_inputs(rng, network, theta, 6, masks), drawn_targets(rng, network, 6)

    gradient = network.gradient(theta, X, Y, l1, l2, 20, masks)

    for index in np.ndindex(2, 3):

        def cost(single, index=index):
            among_others = theta.copy()
            among_others[index] = single
            return network.cost(among_others, X, Y, l1, l2, 20, masks)[index]

        assert gradient_check(cost, gradient[index], theta[index], EPSILON).ratio < 1e-7


@pytest.mark.parametrize("own_samples", [False, True])
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("activation", [*ACTIVATIONS, ("relu", "tanh")], ids=str)
def test_stacked_networks_compute_what_each_computes_alone(rng, activation, output, own_samples):
    network = Network((3, 4, 5, OUTPUTS[output]), activation, output)
    theta = drawn_theta(rng, network, (2, 3))
    masks = [rng.integers(0, 2, (2, 3, width, 6)) / 0.5 for width in (4, 5)]
    X, Y = rng.normal(size=(2, 3, 3, 6)), rng.normal(size=(2, 3, OUTPUTS[output], 6))
    if not own_samples:
        X, Y = X[0, 0], Y[0, 0]
    stacked = (
        network.predict(theta, X),
        network.cost(theta, X, Y, 0.3, 0.4, masks=masks),
        network.gradient(theta, X, Y, 0.3, 0.4, masks=masks),
    )
    for r in np.ndindex(2, 3):
        x, y = (X[r], Y[r]) if own_samples else (X, Y)
        own_masks = [mask[r] for mask in masks]
        alone = (
            network.predict(theta[r], x),
            network.cost(theta[r], x, y, 0.3, 0.4, masks=own_masks),
            network.gradient(theta[r], x, y, 0.3, 0.4, masks=own_masks),
        )
        for together, single in zip(stacked, alone, strict=True):
            np.testing.assert_allclose(together[r], single, rtol=1e-12, atol=1e-13)


# A 2-2-1 network, ReLU and sigmoid, on two samples, all by hand. h is half of log 3.
#   W1 = [[1, -1], [-1, 1]], b1 = [1, 1], W2 = [[h, h]], b2 = 0
#   x = (1, 1): z1 = (1 - 1 + 1, -1 + 1 + 1) = (1, 1), a1 = (1, 1), z2 = 2h = log 3, a2 = 3/4
#   x = (2, -1): z1 = (2 + 1 + 1, -2 - 1 + 1) = (4, -2), a1 = (4, 0), z2 = 4h = log 9, a2 = 9/10
# With y = (1, 0):
#   J = (log(4/3) + log(10)) / 2
#   dz2 = (3/4 - 1, 9/10 - 0) = (-0.25, 0.9)
#   dW2 = 1/2 [-0.25 * 1 + 0.9 * 4, -0.25 * 1 + 0.9 * 0] = [1.675, -0.125], db2 = 0.65 / 2 = 0.325
#   dz1 = h * [[-0.25, 0.9], [-0.25, 0]], the last 0 because z1 = -2 there
#   dW1 = h/2 * [[-0.25 + 0.9 * 2, -0.25 - 0.9], [-0.25, -0.25]]
#       = h * [[0.775, -0.575], [-0.125, -0.125]], db1 = h * [0.325, -0.125]
h = log(3) / 2
NETWORK = Network((2, 2, 1), hidden="relu", output="sigmoid")
X, Y = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([[1.0, 0.0]])
THETA = np.array([1, -1, -1, 1, 1, 1, h, h, 0])
GRADIENT = np.array(
    [0.775 * h, -0.575 * h, -0.125 * h, -0.125 * h, 0.325 * h, -0.125 * h, 1.675, -0.125, 0.325]
)


def test_what_is_carried_back_by_hand():
    way = Pass(NETWORK, THETA, (2,))
    way.forward(X)
    way.backward(Y, 1.0)
    # dz1 = h * [[-0.25, 0.9], [-0.25, 0]] and dz2 = (-0.25, 0.9), as above
    np.testing.assert_allclose(way.dZ[0], h * np.array([[-0.25, 0.9], [-0.25, 0]]), rtol=1e-14)
    np.testing.assert_allclose(way.dZ[1], [[-0.25, 0.9]], rtol=1e-14)


def test_a_forward_pass_by_hand():
    trace = NETWORK.forward(THETA, X)
    np.testing.assert_array_equal(trace.A[0], X)
    np.testing.assert_array_equal(trace.Z[1], [[1, 4], [1, -2]])
    np.testing.assert_array_equal(trace.A[1], [[1, 4], [1, 0]])
    np.testing.assert_allclose(trace.Z[2], [[log(3), log(9)]], rtol=1e-15)
    np.testing.assert_allclose(trace.A[2], [[0.75, 0.9]], rtol=1e-15)
    np.testing.assert_array_equal(NETWORK.predict(THETA, X), trace.A[2])


def test_one_step_of_gradient_descent_by_hand():
    assert NETWORK.cost(THETA, X, Y) == pytest.approx((log(4 / 3) + log(10)) / 2, rel=1e-14)
    np.testing.assert_allclose(NETWORK.gradient(THETA, X, Y), GRADIENT, rtol=1e-14)


# A 1-1-1-1 network, ReLU and then tanh, on two samples, all by hand; c = log 3 / 0.6.
#   w1 = log 2, w2 = 1, w3 = c, no biases; x = (1, -1)
#   z1 = (log 2, -log 2), a1 = (log 2, 0); z2 = (log 2, 0), a2 = tanh z2 = (0.6, 0)
#   z3 = (log 3, 0), a3 = (3/4, 1/2)
# With y = (1, 0):
#   J = (log(4/3) + log 2) / 2
#   dz3 = (-1/4, 1/2): dw3 = (-0.25 * 0.6) / 2 = -0.075, db3 = 0.125
#   dz2 = c * (-1/4 * (1 - 0.36), 1/2 * 1) = c * (-0.16, 0.5): dw2 = -0.08 c log 2, db2 = 0.17 c
#   dz1 = c * (-0.16, 0), the last 0 because z1 < 0: dw1 = -0.08 c, db1 = -0.08 c
# The other way round, tanh and then ReLU:
#   a1 = (0.6, -0.6); z2 = (0.6, -0.6), a2 = (0.6, 0); z3 and a3 as before, and so dz3, dw3, db3
#   dz2 = c * (-0.25, 0): dw2 = -0.125 * 0.6 c = -0.075 c, db2 = -0.125 c
#   dz1 = c * (-0.25 * 0.64, 0) = c * (-0.16, 0): dw1 = -0.08 c, db1 = -0.08 c
c = log(3) / 0.6
MIXED_THETA = np.array([log(2), 0, 1, 0, c, 0])


@pytest.mark.parametrize(
    ("names", "second", "gradient"),
    [
        (
            ("relu", "tanh"),
            [log(2), 0.0],
            [-0.08 * c, -0.08 * c, -0.08 * c * log(2), 0.17 * c, -0.075, 0.125],
        ),
        (
            ("tanh", "relu"),
            [0.6, -0.6],
            [-0.08 * c, -0.08 * c, -0.075 * c, -0.125 * c, -0.075, 0.125],
        ),
    ],
    ids=["ReLU-tanh", "tanh-ReLU"],
)
def test_one_step_with_an_activation_of_its_own_for_each_layer_by_hand(names, second, gradient):
    network = Network((1, 1, 1, 1), names, "sigmoid")
    assert network.activations == names
    x, y = np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]])
    trace = network.forward(MIXED_THETA, x)
    np.testing.assert_allclose(trace.Z[2], [second], rtol=1e-14, atol=1e-16)
    np.testing.assert_allclose(trace.A[2], [[0.6, 0.0]], rtol=1e-14, atol=1e-16)
    np.testing.assert_allclose(trace.A[3], [[0.75, 0.5]], rtol=1e-14)
    cost = network.cost(MIXED_THETA, x, y)
    assert cost == pytest.approx((log(4 / 3) + log(2)) / 2, rel=1e-14)
    np.testing.assert_allclose(network.gradient(MIXED_THETA, x, y), gradient, rtol=1e-14)


def test_one_name_is_the_same_for_every_layer(rng):
    named = [Network((3, 4, 5, 1), hidden, "sigmoid") for hidden in ("tanh", ("tanh", "tanh"))]
    theta = drawn_theta(rng, named[0])
    X, Y = rng.normal(size=(3, 6)), drawn_targets(rng, named[0], 6)
    first, second = (network.gradient(theta, X, Y) for network in named)
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("hidden", [("relu",), ("relu",) * 3, ("relu", "cosine"), "cosine"])
def test_a_network_is_refused_activations_that_do_not_fit_it(hidden):
    with pytest.raises(ValueError, match="activation"):
        Network((2, 3, 3, 1), hidden, "sigmoid")


def test_penalties_by_hand_leave_the_biases_alone():
    plain = NETWORK.cost(THETA, X, Y)
    # m = 2 columns. L2: 0.6 / (2 * 2) * (1 + 1 + 1 + 1 + h^2 + h^2); L1: 0.4 / 2 * (4 + 2 h).
    l2_cost, l1_cost = 0.15 * (4 + 2 * h**2), 0.2 * (4 + 2 * h)
    assert NETWORK.cost(THETA, X, Y, l2=0.6) == pytest.approx(plain + l2_cost, rel=1e-14)
    assert NETWORK.cost(THETA, X, Y, l1=0.4) == pytest.approx(plain + l1_cost, rel=1e-14)
    # The gradients: 0.6 / 2 * w and 0.4 / 2 * sign(w), nothing for b1 and b2.
    l2_part = 0.3 * np.array([1, -1, -1, 1, 0, 0, h, h, 0])
    l1_part = 0.2 * np.array([1, -1, -1, 1, 0, 0, 1, 1, 0])
    for penalty, part in [({"l2": 0.6}, l2_part), ({"l1": 0.4}, l1_part)]:
        gradient = NETWORK.gradient(THETA, X, Y, **penalty)
        np.testing.assert_allclose(gradient, GRADIENT + part, rtol=1e-14)


def test_the_penalty_divides_by_the_m_it_is_given_and_the_loss_by_its_columns():
    plain = NETWORK.cost(THETA, X, Y)
    # 0.6 / (2 * 60) and 0.6 / 60: a thirtieth of the above.
    cost = NETWORK.cost(THETA, X, Y, l2=0.6, m=60)
    assert cost == pytest.approx(plain + 0.005 * (4 + 2 * h**2), rel=1e-14)
    part = 0.01 * np.array([1, -1, -1, 1, 0, 0, h, h, 0])
    np.testing.assert_allclose(NETWORK.gradient(THETA, X, Y, l2=0.6, m=60), GRADIENT + part)


def test_a_mask_by_hand_silences_a_unit_in_both_directions():
    # The first hidden unit is dropped for the first sample, everything kept counts double:
    # a1 = [[0, 8], [2, 0]], z2 = (2h, 8h), a2 = (3/4, 81/82).
    masks = [np.array([[0.0, 2.0], [2.0, 2.0]])]
    trace = NETWORK.forward(THETA, X, masks)
    np.testing.assert_array_equal(trace.A[1], [[0, 8], [2, 0]])
    np.testing.assert_allclose(trace.A[2], [[3 / 4, 81 / 82]], rtol=1e-14)
    # dz2 = (-1/4, 81/82); dz1 = h [[0, 2 * 81/82], [2 * -1/4, 0]], x as above, m = 2.
    d = 81 / 82
    by_hand = [2 * h * d, -h * d, -h / 4, -h / 4, h * d, -h / 4, 4 * d, -1 / 4, (d - 0.25) / 2]
    gradient = NETWORK.gradient(THETA, X, Y, masks=masks)
    np.testing.assert_allclose(gradient, by_hand, rtol=1e-14)


def test_nothing_that_is_passed_in_is_changed():
    theta, x, y = THETA.copy(), X.copy(), Y.copy()
    NETWORK.gradient(theta, x, y, 0.1, 0.2)
    NETWORK.cost(theta, x, y, 0.1, 0.2)
    for now, before in [(theta, THETA), (x, X), (y, Y)]:
        np.testing.assert_array_equal(now, before)


def test_two_calls_give_arrays_of_their_own():
    first = NETWORK.gradient(THETA, X, Y)
    NETWORK.gradient(2 * THETA, X, Y)
    np.testing.assert_allclose(first, GRADIENT, rtol=1e-14)


@pytest.mark.parametrize("hidden", [(), (4, 3)])
def test_biases_copied_for_each_sample_give_the_same_bits(rng, monkeypatch, hidden):
    network = Network((2, *hidden, 2), hidden="tanh")
    theta, x = rng.normal(size=network.layout.size), rng.normal(size=(2, 10))
    copied = network.forward(theta, x).Z
    monkeypatch.setattr(engine.nn.network, "_FEW", 0)
    for Z, expected in zip(copied, network.forward(theta, x).Z, strict=True):
        np.testing.assert_array_equal(Z, expected)


def test_a_pass_sees_what_has_changed_in_theta_and_in_the_masks():
    theta, masks = THETA.copy(), [np.ones((2, 2))]
    way = Pass(NETWORK, theta, (2,), masks)
    way.forward(X)
    theta *= 2
    masks[0][0] = 0
    trace, expected = way.forward(X), NETWORK.forward(theta, X, masks)
    for mine, its in zip((*trace.Z, *trace.A), (*expected.Z, *expected.A), strict=True):
        np.testing.assert_array_equal(mine, its)


def test_without_samples_the_cost_is_the_penalty_and_the_gradient_the_penaltys():
    nothing_in, nothing_out = np.empty((2, 0)), np.empty((1, 0))
    assert NETWORK.cost(THETA, nothing_in, nothing_out) == 0
    assert NETWORK.cost(THETA, nothing_in, nothing_out, l2=2.0) == pytest.approx(4 + 2 * h**2)
    part = 2 * np.array([1, -1, -1, 1, 0, 0, h, h, 0])
    np.testing.assert_allclose(NETWORK.gradient(THETA, nothing_in, nothing_out, l2=2.0), part)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_product_cut_into_bands_is_the_product(rng, monkeypatch, dtype):
    monkeypatch.setattr(engine.nn.bands, "has_small_products", lambda: True)
    # 784-64 on 64 columns is large enough to be cut; a stack of one network never is.
    network = Network((784, 64, 10))
    theta = network.layout.initialize(rng, "he").astype(dtype)
    x, y = rng.random((784, 64)).astype(dtype), np.eye(10, dtype=dtype)[:, np.arange(64) % 10]
    whole = network.gradient(theta[np.newaxis], x, y)[0]
    in_bands = network.gradient(theta, x, y)
    assert in_bands.dtype == dtype
    tolerance = 1e-6 if dtype == np.float32 else 1e-14
    np.testing.assert_allclose(in_bands, whole, rtol=0, atol=tolerance)
