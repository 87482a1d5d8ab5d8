"""Steps after one, two and ten gradients, against formulas written out number by number."""

import re
from math import sqrt

import numpy as np
import pytest

from engine.optim.optimizers import (
    EPSILON,
    OPTIMIZERS,
    clip_by_norm,
    exponentially_weighted_average,
)


def gradient_descent(gradients, alpha, beta1, beta2):
    theta = 0.0
    for d in gradients:
        theta -= alpha * d
    return theta


def momentum(gradients, alpha, beta1, beta2):
    theta = v = 0.0
    for d in gradients:
        v = beta1 * v + (1 - beta1) * d
        theta -= alpha * v
    return theta


def rmsprop(gradients, alpha, beta1, beta2):
    theta = s = 0.0
    for d in gradients:
        s = beta2 * s + (1 - beta2) * d * d
        theta -= alpha * d / (sqrt(s) + 1e-8)
    return theta


def adam(gradients, alpha, beta1, beta2):
    theta = v = s = 0.0
    for t, d in enumerate(gradients, start=1):
        v = beta1 * v + (1 - beta1) * d
        s = beta2 * s + (1 - beta2) * d * d
        v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
        theta -= alpha * v_hat / (sqrt(s_hat) + 1e-8)
    return theta


BY_THE_BOOK = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}


def read(formula):
    """Return the LaTeX of a row's rule as Python, assignment by assignment."""
    names = {r"\hat v": "v_hat", r"\hat s": "s_hat", r"d\theta": "d", r"\sqrt": "sqrt", "^": "**"}
    for rule in formula:
        for latex, name in {**names, r"\odot": "*", r"\,": "*", ":=": "=", "_": ""}.items():
            rule = rule.replace(latex, name)
        rule = re.sub(r"(beta\d) (v|s)\b", r"\1 * \2", rule.replace("\\", ""))
        yield rule.replace("{", "(").replace("}", ")")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_formula_that_is_shown_is_the_rule_that_is_followed(rng, name):
    alpha, beta1, beta2, gradients = 0.3, 0.7, 0.8, rng.normal(size=(5, 4))
    seen = {"theta": np.zeros(4), "v": np.zeros(4), "s": np.zeros(4), "sqrt": np.sqrt}
    seen |= {"alpha": alpha, "beta1": beta1, "beta2": beta2, "epsilon": EPSILON}
    optimizer = OPTIMIZERS[name](alpha, beta1, beta2)
    for tau, gradient in enumerate(gradients, start=1):
        seen |= {"d": gradient, "tau": tau}
        for rule in read(optimizer.formula):
            exec(rule, seen)
    np.testing.assert_allclose(seen["theta"], stepped(optimizer, gradients), rtol=1e-12)


def stepped(optimizer, gradients):
    """Return theta after gradients (steps, ..., P), from zero, by the engine's optimizer."""
    theta = np.zeros(gradients.shape[1:])
    state = optimizer.init(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta = theta - optimizer.update(gradient.copy(), state, t)
    return theta


# Gradients of 1e-8 make epsilon count, and on which side of the root it stands.
@pytest.mark.parametrize("size", [1.0, 1e-8])
@pytest.mark.parametrize("alpha", [0.001, 10.0])
@pytest.mark.parametrize("steps", [1, 2, 10])
@pytest.mark.parametrize(("beta1", "beta2"), [(0.9, 0.999), (0.5, 0.8), (0.0, 0.0)])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_steps_are_those_of_the_formula(rng, name, beta1, beta2, steps, alpha, size):
    gradients = size * rng.normal(size=(steps, 5))
    theta = stepped(OPTIMIZERS[name](alpha, beta1, beta2), gradients)
    expected = [BY_THE_BOOK[name](column, alpha, beta1, beta2) for column in gradients.T]
    # Steps may cancel, so what counts is the size of the largest.
    np.testing.assert_allclose(theta, expected, rtol=1e-11, atol=1e-12 * np.abs(expected).max())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Gradients 2, then -1, with alpha 0.1, beta1 0.5, beta2 0.75, and epsilon too small to see.
        ("gradient_descent", -0.1),  # -0.1 * 2 + 0.1 * 1
        ("momentum", -0.1),  # v = 1, then 0.5 - 0.5 = 0: -0.1 * 1 - 0.1 * 0
        # s = 0.25 * 4 = 1, then 0.75 + 0.25 = 1: -0.1 * 2 / 1 + 0.1 * 1 / 1
        ("rmsprop", -0.1),
        # v_hat = 2, s_hat = 4: -0.1 * 2 / 2; then v_hat = 0: no step.
        ("adam", -0.1),
    ],
)
def test_two_steps_by_hand(name, expected):
    theta = stepped(OPTIMIZERS[name](0.1, 0.5, 0.75), np.array([[2.0], [-1.0]]))
    assert theta[0] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_replica_has_its_own_rate_and_betas(rng, name):
    gradients = rng.normal(size=(10, 2, 5))
    alpha, beta1, beta2 = np.array([[[0.1], [3.0]], [[0.9], [0.5]], [[0.999], [0.8]]])
    together = stepped(OPTIMIZERS[name](alpha, beta1, beta2), gradients)
    for replica in range(2):
        rates = (float(rate[replica, 0]) for rate in (alpha, beta1, beta2))
        alone = stepped(OPTIMIZERS[name](*rates), gradients[:, replica])
        np.testing.assert_allclose(together[replica], alone, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_runs_of_one_optimizer_do_not_share_their_memory(rng, name):
    gradients = rng.normal(size=(3, 5))
    optimizer = OPTIMIZERS[name]()
    np.testing.assert_array_equal(stepped(optimizer, gradients), stepped(optimizer, gradients))


@pytest.mark.parametrize(
    ("name", "alpha"),
    [
        ("gradient_descent", 0.05),
        ("momentum", 0.05),
        ("rmsprop", 0.01),
        ("adam", 0.05),
    ],
)
def test_each_finds_the_bottom_of_a_narrow_valley(name, alpha):
    # f = (x^2 + 20 y^2) / 2 from (1, 1); RMSprop circles the bottom within a step of 0.01.
    curvature, optimizer = np.array([1.0, 20.0]), OPTIMIZERS[name](alpha)
    theta = np.ones(2)
    state = optimizer.init(theta)
    for t in range(1, 1001):
        theta = theta - optimizer.update(curvature * theta, state, t)
    assert (np.abs(theta) < 0.02).all()


@pytest.mark.parametrize(
    ("gradient", "limit", "expected"),
    [
        ([3.0, 4.0], 1.0, [0.6, 0.8]),  # a length of 5, so a fifth
        ([3.0, 4.0], 5.0, [3, 4]),
        ([3.0, 4.0], 10.0, [3, 4]),
        ([3.0, 4.0], 0.0, [3, 4]),
        ([0.0, 0.0], 1.0, [0, 0]),
        # One limit, each replica with its own length.
        ([[3.0, 4.0], [0.3, 0.4]], 1.0, [[0.6, 0.8], [0.3, 0.4]]),
        # A limit each, 0 for none.
        (
            [[3.0, 4.0], [3.0, 4.0], [3.0, 4.0]],
            [[1.0], [0.0], [2.5]],
            [[0.6, 0.8], [3, 4], [1.5, 2]],
        ),
    ],
)
def test_clipping_by_hand(gradient, limit, expected):
    clipped = np.array(gradient)
    clip_by_norm(clipped, np.array(limit) if isinstance(limit, list) else limit)
    np.testing.assert_allclose(clipped, expected, rtol=1e-15)


@pytest.mark.parametrize(("dtype", "size"), [(np.float64, 1e200), (np.float32, 1e25)])
def test_a_gradient_whose_square_would_overflow_keeps_its_direction(dtype, size):
    clipped = np.array([3 * size, 4 * size], dtype)
    with np.errstate(all="ignore"):
        clip_by_norm(clipped, 1.0)
    np.testing.assert_allclose(clipped, [0.6, 0.8], rtol=1e-6)


@pytest.mark.parametrize("correct_bias", [False, True])
@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.98])
def test_weighted_averages_are_the_sum_written_out(rng, beta, correct_bias):
    values = rng.normal(size=(8, 2))
    averages = exponentially_weighted_average(values, beta, correct_bias)
    for t in range(1, 9):
        weights = [(1 - beta) * beta ** (t - k) for k in range(1, t + 1)]
        expected = sum(w * v for w, v in zip(weights, values, strict=False))
        # Corrected, the weights sum to one: their sum is 1 - beta^t.
        expected = expected / sum(weights) if correct_bias else expected
        np.testing.assert_allclose(averages[t - 1], expected, rtol=1e-12)


def test_the_average_of_nothing_is_nothing():
    assert exponentially_weighted_average(np.empty(0), 0.9).shape == (0,)


@pytest.mark.parametrize(
    ("name", "alpha", "beta1", "beta2"),
    [
        ("gradient_descent", 0.1, 0.9, 0.999),
        ("momentum", 0.1, 0.9, 0.999),
        ("rmsprop", 0.001, 0.9, 0.9),  # Tieleman and Hinton's slides
        ("adam", 0.001, 0.9, 0.999),  # Kingma and Ba, algorithm 1
    ],
)
def test_rate_and_memory_are_those_of_the_literature_unless_said_otherwise(
    rng, name, alpha, beta1, beta2
):
    gradients = rng.normal(size=(10, 5))
    expected = [BY_THE_BOOK[name](column, alpha, beta1, beta2) for column in gradients.T]
    np.testing.assert_allclose(stepped(OPTIMIZERS[name](), gradients), expected, rtol=1e-11)


def test_the_first_step_of_each_by_hand():
    """Of a gradient of 1: 0.1; 0.1 * 0.1; 0.001 / sqrt(0.1); 0.001."""
    first = {
        name: -stepped(optimizer(), np.ones((1, 1)))[0] for name, optimizer in OPTIMIZERS.items()
    }
    assert first == pytest.approx(
        {"gradient_descent": 0.1, "momentum": 0.01, "rmsprop": 0.00316227766, "adam": 0.001},
        rel=1e-7,
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_only_a_plain_step_is_a_factor_times_the_gradient(name):
    assert OPTIMIZERS[name]().factor == (0.1 if name == "gradient_descent" else None)
    assert OPTIMIZERS[name](0.3).factor == (0.3 if name == "gradient_descent" else None)
