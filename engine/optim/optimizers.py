"""How a gradient becomes a step: each optimiser is two functions and a small named state."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from engine.nn.types import Array

Rate = float | Array
"""A number, or one per replica with a trailing axis of length 1, so that it multiplies theta."""

EPSILON = 1e-8
"""What RMSprop and Adam add to a root, outside of it, against a division by zero."""


class Optimizer(NamedTuple):
    """init(theta) -> state, and update(gradient, state, t) -> step, for theta := theta - step.

    t counts steps from 1. The state's arrays belong to the optimiser, which updates them in place.
    The gradient is used up: its array may come back as the step. `formula` are the assignments of
    a step in LaTeX, in order, elementwise; dtheta is the gradient, tau counts the steps from 1.
    """

    init: Callable[[Array], Any]
    update: Callable[[Array, Any, int], Array]
    factor: Rate | None = None
    """Where the step is the gradient times a factor and no more: that factor."""
    formula: tuple[str, ...] = ()


class Moment(NamedTuple):
    """The state of momentum or RMSprop: one exponentially weighted average, starting at zero."""

    average: Array
    scratch: Array


class Moments(NamedTuple):
    """The state of Adam: averages v of the gradient and s of its square, starting at zero."""

    v: Array
    s: Array
    scratch: Array


_AVERAGE = r"v := \beta_1 v + (1 - \beta_1)\, d\theta"
_SQUARES = r"s := \beta_2 s + (1 - \beta_2)\, d\theta \odot d\theta"


def _fold_in(average: Array, value: Array, beta: Rate) -> None:
    """Do average := beta average + (1 - beta) value in place; `value` is used up."""
    np.multiply(average, beta, out=average)
    np.multiply(value, 1 - beta, out=value)
    np.add(average, value, out=average)


def _moment(theta: Array) -> Moment:
    return Moment(np.zeros_like(theta), np.empty_like(theta))


def gradient_descent(
    learning_rate: Rate = 0.1, beta1: Rate = 0.9, beta2: Rate = 0.999
) -> Optimizer:
    """Step alpha dtheta; the betas have no effect."""

    def update(gradient: Array, state: None, t: int) -> Array:
        return np.multiply(gradient, learning_rate, out=gradient)

    formula = (r"\theta := \theta - \alpha\, d\theta",)
    return Optimizer(lambda theta: None, update, learning_rate, formula)


def momentum(learning_rate: Rate = 0.1, beta1: Rate = 0.9, beta2: Rate = 0.999) -> Optimizer:
    """Step alpha v with v = beta1 v + (1 - beta1) dtheta, the notes' weighted-average form."""

    def update(gradient: Array, state: Moment, t: int) -> Array:
        _fold_in(state.average, gradient, beta1)
        return np.multiply(state.average, learning_rate, out=gradient)

    return Optimizer(_moment, update, formula=(_AVERAGE, r"\theta := \theta - \alpha\, v"))


def rmsprop(
    learning_rate: Rate = 0.001, beta1: Rate = 0.9, beta2: Rate = 0.9, epsilon: float = EPSILON
) -> Optimizer:
    """Step alpha dtheta / (sqrt(s) + epsilon) with s = beta2 s + (1 - beta2) dtheta^2.

    Tieleman & Hinton (2012), lecture 6.5; no bias correction, epsilon outside the root.
    """

    def update(gradient: Array, state: Moment, t: int) -> Array:
        root = np.multiply(gradient, gradient, out=state.scratch)
        _fold_in(state.average, root, beta2)
        np.sqrt(state.average, out=root)
        np.add(root, epsilon, out=root)
        np.divide(gradient, root, out=gradient)
        return np.multiply(gradient, learning_rate, out=gradient)

    formula = (_SQUARES, r"\theta := \theta - \alpha\, d\theta / (\sqrt{s} + \epsilon)")
    return Optimizer(_moment, update, formula=formula)


def adam(
    learning_rate: Rate = 0.001, beta1: Rate = 0.9, beta2: Rate = 0.999, epsilon: float = EPSILON
) -> Optimizer:
    """Step alpha v_hat / (sqrt(s_hat) + epsilon), both averages corrected for their zero start.

    Kingma & Ba (2015), arXiv:1412.6980, algorithm 1. The corrections 1 - beta^t are folded into
    two scalars: v_hat / (sqrt(s_hat) + epsilon) = v (c / (1 - beta1^t)) / (sqrt(s) + c epsilon),
    c = sqrt(1 - beta2^t).
    """

    def update(gradient: Array, state: Moments, t: int) -> Array:
        v, s, root = state
        np.multiply(gradient, gradient, out=root)
        _fold_in(s, root, beta2)
        _fold_in(v, gradient, beta1)
        c = (1 - beta2**t) ** 0.5
        np.sqrt(s, out=root)
        np.add(root, c * epsilon, out=root)
        step = np.divide(v, root, out=gradient)
        return np.multiply(step, learning_rate * c / (1 - beta1**t), out=step)

    def init(theta: Array) -> Moments:
        return Moments(np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta))

    formula = (
        *(_AVERAGE, _SQUARES),
        *(r"\hat v := v / (1 - \beta_1^\tau)", r"\hat s := s / (1 - \beta_2^\tau)"),
        r"\theta := \theta - \alpha\, \hat v / (\sqrt{\hat s} + \epsilon)",
    )
    return Optimizer(init, update, formula=formula)


OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}


def clip_by_norm(gradient: Array, limit: Rate) -> None:
    """Scale each replica's gradient (..., P) in place so that its Euclidean norm is <= limit.

    The norm is that of the whole gradient, so its direction stays; Pascanu et al. (2013). A limit
    of 0 means no limit.
    """
    # Scaled first: a gradient that needs clipping most has a square that overflows.
    largest = np.abs(gradient).max(axis=-1, keepdims=True)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    norm = scale * np.linalg.norm(gradient / scale, axis=-1, keepdims=True)
    bounded = np.minimum(norm, np.where(np.greater(limit, 0), limit, np.inf))
    gradient *= np.divide(bounded, norm, out=np.ones_like(norm), where=norm > 0)


def exponentially_weighted_average(values: Array, beta: float, correct_bias: bool = True) -> Array:
    """Return v_t = beta v_{t-1} + (1 - beta) values_t, v_0 = 0, along the first axis.

    With correct_bias each v_t is divided by 1 - beta^t, so that the first ones do not start low.

    >>> exponentially_weighted_average(np.array([1.0, 1.0]), 0.5)
    array([1., 1.])
    >>> exponentially_weighted_average(np.array([1.0, 1.0]), 0.5, correct_bias=False)
    array([0.5 , 0.75])
    """
    averages = np.empty(np.shape(values), float)
    v = np.zeros(np.shape(values)[1:])
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        averages[t - 1] = v / (1 - beta**t) if correct_bias else v
    return averages
