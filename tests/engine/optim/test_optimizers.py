"""Steps after one, two and ten gradients, against formulas written out number by number."""

import re
from math import sqrt

import numpy as np
import pytest

from engine.optim.optimizers import EPSILON, OPTIMIZERS
from tests.rows import expected_of


def gradient_descent(gradients, alpha, **knobs):
    theta = 0.0
    for d in gradients:
        theta -= alpha * d
    return theta


def momentum(gradients, alpha, beta1=0.9, **knobs):
    theta = v = 0.0
    for d in gradients:
        v = beta1 * v + (1 - beta1) * d
        theta -= alpha * v
    return theta


def nesterov(gradients, alpha, beta1=0.9, **knobs):
    """Sutskever's form: the gradient is met at theta + mu v, which is where `ahead` stands."""
    ahead, v = 0.0, 0.0
    for d in gradients:
        theta = ahead - beta1 * v
        v = beta1 * v - alpha * (1 - beta1) * d
        theta += v
        ahead = theta + beta1 * v
    return ahead


def adagrad(gradients, alpha, **knobs):
    theta = s = 0.0
    for d in gradients:
        s += d * d
        theta -= alpha * d / (sqrt(s) + 1e-8)
    return theta


def rmsprop(gradients, alpha, beta2=0.9, **knobs):
    theta = s = 0.0
    for d in gradients:
        s = beta2 * s + (1 - beta2) * d * d
        theta -= alpha * d / (sqrt(s) + 1e-8)
    return theta


def adam(gradients, alpha, beta1=0.9, beta2=0.999, decay=0.0, **knobs):
    theta = v = s = 0.0
    for t, d in enumerate(gradients, start=1):
        v = beta1 * v + (1 - beta1) * d
        s = beta2 * s + (1 - beta2) * d * d
        v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
        theta = theta - alpha * v_hat / (sqrt(s_hat) + 1e-8) - alpha * decay * theta
    return theta


def adamw(gradients, alpha, beta1=0.9, beta2=0.999, weight_decay=0.01):
    return adam(gradients, alpha, beta1, beta2, weight_decay)


BY_THE_BOOK = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
}


def by_the_book(name):
    """Return a rule written out number by number."""
    return expected_of(BY_THE_BOOK, name, "the rule as a function", "BY_THE_BOOK", __file__)


def read(formula):
    """Return the LaTeX of a row's rule as Python, assignment by assignment."""
    names = {r"\hat v": "v_hat", r"\hat s": "s_hat", r"d\theta": "d", r"\sqrt": "sqrt", "^": "**"}
    names = {r"\lambda_w\, \theta": "lambdaw * theta", r"\beta_1 v": "beta_1 * v"} | names
    for rule in formula:
        for latex, name in {**names, r"\odot": "*", r"\,": "*", ":=": "=", "_": ""}.items():
            rule = rule.replace(latex, name)
        rule = re.sub(r"(beta\d) (v|s)\b", r"\1 * \2", rule.replace("\\", ""))
        yield rule.replace("{", "(").replace("}", ")")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_formula_that_is_shown_is_the_rule_that_is_followed(rng, name):
    alpha, gradients = 0.3, rng.normal(size=(5, 4))
    knobs = {"beta1": 0.7, "beta2": 0.8, "weight_decay": 0.2}
    seen = {"theta": np.zeros(4), "v": np.zeros(4), "s": np.zeros(4), "sqrt": np.sqrt}
    seen |= {"alpha": alpha, "epsilon": EPSILON, "lambdaw": 0.2, **knobs}
    for tau, gradient in enumerate(gradients, start=1):
        seen |= {"d": gradient, "tau": tau}
        for rule in read(OPTIMIZERS[name].formula):
            exec(rule, seen)
    np.testing.assert_allclose(
        seen["theta"], stepped(OPTIMIZERS[name](alpha, **knobs), gradients), rtol=1e-12
    )


def stepped(optimizer, gradients):
    """Return theta after gradients (steps, ..., P), from zero, by the engine's optimizer."""
    theta = np.zeros(gradients.shape[1:])
    state = optimizer.init(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta = theta - optimizer.update(gradient.copy(), state, t, theta)
    return theta


# Gradients of 1e-8 make epsilon count, and on which side of the root it stands.
@pytest.mark.parametrize("size", [1.0, 1e-8])
@pytest.mark.parametrize("alpha", [0.001, 10.0])
@pytest.mark.parametrize("steps", [1, 2, 10])
@pytest.mark.parametrize(("beta1", "beta2"), [(0.9, 0.999), (0.5, 0.8), (0.0, 0.0)])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_steps_are_those_of_the_formula(rng, name, beta1, beta2, steps, alpha, size):
    gradients = size * rng.normal(size=(steps, 5))
    knobs = {"beta1": beta1, "beta2": beta2, "weight_decay": 0.03}
    theta = stepped(OPTIMIZERS[name](alpha, **knobs), gradients)
    written = [by_the_book(name)(column, alpha, **knobs) for column in gradients.T]
    # Steps may cancel, so what counts is the size of the largest.
    np.testing.assert_allclose(theta, written, rtol=1e-11, atol=1e-12 * np.abs(written).max())


# Gradients 2, then -1, with alpha 0.1, beta1 0.5, beta2 0.75, and epsilon too small to see.
AFTER_TWO_STEPS = {
    "gradient_descent": -0.1,  # -0.1 * 2 + 0.1 * 1
    "momentum": -0.1,  # v = 1, then 0.5 - 0.5 = 0: -0.1 * 1 - 0.1 * 0
    # s = 0.25 * 4 = 1, then 0.75 + 0.25 = 1: -0.1 * 2 / 1 + 0.1 * 1 / 1
    "rmsprop": -0.1,
    # v_hat = 2, s_hat = 4: -0.1 * 2 / 2; then v_hat = 0: no step.
    "adam": -0.1,
    # v as for momentum: -0.1 * (0.5 * 1 + 0.5 * 2) - 0.1 * (0.5 * 0 - 0.5 * 1)
    "nesterov": -0.1,
    # s = 4, then 5: -0.1 * 2 / 2 + 0.1 * 1 / sqrt(5)
    "adagrad": -0.1 + 0.1 / sqrt(5),
    # Adam's -0.1 from 0, which has nothing to shrink; then 0.1 * 0.2 * 0.1 less of it.
    "adamw": -0.1 + 0.002,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_steps_by_hand(name):
    expected = expected_of(
        AFTER_TWO_STEPS, name, "two steps worked out by hand", "AFTER_TWO_STEPS", __file__
    )
    theta = stepped(
        OPTIMIZERS[name](0.1, beta1=0.5, beta2=0.75, weight_decay=0.2), np.array([[2.0], [-1.0]])
    )
    assert theta[0] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_replica_has_its_own_rate_and_betas(rng, name):
    gradients = rng.normal(size=(10, 2, 5))
    rates = {
        "learning_rate": np.array([[0.1], [3.0]]),
        "beta1": np.array([[0.9], [0.5]]),
        "beta2": np.array([[0.999], [0.8]]),
        "weight_decay": np.array([[0.1], [0.0]]),
    }
    together = stepped(OPTIMIZERS[name](**rates), gradients)
    for replica in range(2):
        own = {name: float(rate[replica, 0]) for name, rate in rates.items()}
        alone = stepped(OPTIMIZERS[name](**own), gradients[:, replica])
        np.testing.assert_allclose(together[replica], alone, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_runs_of_one_optimizer_do_not_share_their_memory(rng, name):
    gradients = rng.normal(size=(3, 5))
    optimizer = OPTIMIZERS[name]()
    np.testing.assert_array_equal(stepped(optimizer, gradients), stepped(optimizer, gradients))


RATES_IN_THE_VALLEY = {
    "gradient_descent": 0.05,
    "momentum": 0.05,
    "nesterov": 0.05,
    "adagrad": 0.3,
    "rmsprop": 0.01,
    "adam": 0.05,
    "adamw": 0.05,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_finds_the_bottom_of_a_narrow_valley(name):
    # f = (x^2 + 20 y^2) / 2 from (1, 1); RMSprop circles the bottom within a step of 0.01.
    alpha = expected_of(
        RATES_IN_THE_VALLEY, name, "a rate that suits", "RATES_IN_THE_VALLEY", __file__
    )
    curvature, optimizer = np.array([1.0, 20.0]), OPTIMIZERS[name](alpha)
    theta = np.ones(2)
    state = optimizer.init(theta)
    for t in range(1, 1001):
        theta = theta - optimizer.update(curvature * theta, state, t, theta)
    assert (np.abs(theta) < 0.02).all()


LITERATURE = {
    "gradient_descent": {"alpha": 0.1},
    "momentum": {"alpha": 0.1, "beta1": 0.9},
    "nesterov": {"alpha": 0.1, "beta1": 0.9},
    "adagrad": {"alpha": 0.01},  # PyTorch's rate
    "rmsprop": {"alpha": 0.001, "beta2": 0.9},  # Tieleman and Hinton's slides
    "adam": {"alpha": 0.001, "beta1": 0.9, "beta2": 0.999},  # Kingma and Ba, algorithm 1
    # Loshchilov and Hutter's Adam with PyTorch's weight decay.
    "adamw": {"alpha": 0.001, "beta1": 0.9, "beta2": 0.999, "weight_decay": 0.01},
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_rate_and_memory_are_those_of_the_literature_unless_said_otherwise(rng, name):
    knobs = expected_of(LITERATURE, name, "what its source uses", "LITERATURE", __file__)
    gradients = rng.normal(size=(10, 5))
    written = [by_the_book(name)(column, **knobs) for column in gradients.T]
    np.testing.assert_allclose(stepped(OPTIMIZERS[name](), gradients), written, rtol=1e-11)


FIRST_STEPS = {
    "gradient_descent": 0.1,
    "momentum": 0.01,  # 0.1 * 0.1
    "nesterov": 0.019,  # 0.1 (0.09 + 0.1)
    "adagrad": 0.01,
    "rmsprop": 0.00316227766,  # 0.001 / sqrt(0.1)
    "adam": 0.001,
    "adamw": 0.001,
}
"""Of a gradient of 1."""


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_first_step_of_each_by_hand(name):
    what = "the first step worked out by hand"
    first = expected_of(FIRST_STEPS, name, what, "FIRST_STEPS", __file__)
    assert -stepped(OPTIMIZERS[name](), np.ones((1, 1)))[0] == pytest.approx(first, rel=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_only_a_plain_step_is_the_rate_times_the_gradient(rng, name):
    gradients = rng.normal(size=(2, 5))
    is_plain = np.allclose(stepped(OPTIMIZERS[name](0.3), gradients), -0.3 * gradients.sum(axis=0))
    assert OPTIMIZERS[name].is_plain == is_plain


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_row_names_just_the_knobs_that_its_steps_depend_on(rng, name):
    gradients = rng.normal(size=(3, 5))
    before = {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.1}
    theta = stepped(OPTIMIZERS[name](0.3, **before), gradients)
    for knob in before:
        other = stepped(OPTIMIZERS[name](0.3, **{**before, knob: 0.5}), gradients)
        assert (knob in OPTIMIZERS[name].uses) == (not np.allclose(theta, other))


def test_a_weight_decay_of_zero_spares_an_entry(rng):
    gradients = rng.normal(size=(4, 2))
    decayed = stepped(OPTIMIZERS["adamw"](0.3, weight_decay=np.array([0.5, 0.0])), gradients)
    plain = stepped(OPTIMIZERS["adam"](0.3), gradients)
    assert decayed[0] != plain[0]
    assert decayed[1] == plain[1]
