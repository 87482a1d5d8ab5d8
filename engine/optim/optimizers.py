"""How a gradient becomes a step: each row of the table carries everything about one optimiser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from engine.nn.types import Array
from engine.optim.averages import fold_in

Rate = float | Array
"""A number, or an array that multiplies theta (..., P): one per replica with a trailing axis."""

EPSILON = 1e-8
"""What is added to a root, outside of it, against a division by zero."""


class Optimizer(NamedTuple):
    """init(theta) -> state, and update(gradient, state, t, theta) -> step: theta := theta - step.

    t counts steps from 1. The state's arrays belong to the optimiser, which updates them in place.
    The gradient is used up: its array may come back as the step. theta is only read.
    """

    init: Callable[[Array], Any]
    update: Callable[[Array, Any, int, Array], Array]


class Written(NamedTuple):
    """A step as code for a script of its own.

    keeps    a capital for each average, which is a list of arrays like theta
    step     what is done to one array P of theta with its gradient dP and its averages, by the
             same letters in lower case
    before   what is computed once before that
    remark   how the code differs from the formula, to be read after it
    """

    keeps: str
    step: str
    before: str | None = None
    remark: str = ""

    @property
    def counts(self) -> bool:
        """Whether the step needs t, the number of steps."""
        return "**t" in f"{self.before}{self.step}"


class Usual(NamedTuple):
    """Learning rates that usually learn well: on images, else in deep networks, and in others."""

    images: float
    deep: float
    points: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Method:
    """A way of stepping downhill, and all about it.

    make(learning_rate, ...) -> the optimiser with these numbers; besides the learning rate it
    takes the knobs that `uses` names, each a Rate.

    title     what a reader chooses
    formula   the assignments of a step in LaTeX, in order, elementwise; d\\theta is the gradient,
              \\tau counts the steps from 1
    written   the same in NumPy code
    usual     its usual learning rates, where it scales its steps itself; None where they depend on
              the batches and on the network
    is_plain  whether the step is the gradient times the learning rate and nothing else
    """

    title: str
    make: Callable[..., Optimizer]
    formula: tuple[str, ...]
    written: Written
    uses: tuple[str, ...] = ()
    usual: Usual | None = None
    is_plain: bool = False

    def __call__(self, learning_rate: Rate | None = None, **knobs: Rate) -> Optimizer:
        """Return the optimiser; knobs that it does not use are passed over, others have defaults.

        >>> step = OPTIMIZERS["gradient_descent"](0.5, beta1=0.9)
        >>> step.update(np.array([2.0]), None, 1, np.zeros(1))
        array([1.])
        """
        given = {name: value for name, value in knobs.items() if name in self.uses}
        rate = {} if learning_rate is None else {"learning_rate": learning_rate}
        return self.make(**rate, **given)


class Average(NamedTuple):
    """A state of one average or sum, starting at zero."""

    values: Array
    scratch: Array


class Averages(NamedTuple):
    """The state of Adam: averages v of the gradient and s of its square, starting at zero."""

    v: Array
    s: Array
    scratch: Array


def _one(theta: Array) -> Average:
    return Average(np.zeros_like(theta), np.empty_like(theta))


def _two(theta: Array) -> Averages:
    return Averages(np.zeros_like(theta), np.zeros_like(theta), np.empty_like(theta))


def _nothing(theta: Array) -> None:
    return None


def gradient_descent(learning_rate: Rate = 0.1) -> Optimizer:
    """Step alpha dtheta."""

    def update(gradient: Array, state: None, t: int, theta: Array) -> Array:
        return np.multiply(gradient, learning_rate, out=gradient)

    return Optimizer(_nothing, update)


def momentum(learning_rate: Rate = 0.1, beta1: Rate = 0.9) -> Optimizer:
    """Step alpha v with v = beta1 v + (1 - beta1) dtheta, the notes' weighted-average form."""

    def update(gradient: Array, state: Average, t: int, theta: Array) -> Array:
        fold_in(state.values, gradient, beta1)
        return np.multiply(state.values, learning_rate, out=gradient)

    return Optimizer(_one, update)


def nesterov(learning_rate: Rate = 0.1, beta1: Rate = 0.9) -> Optimizer:
    """Step alpha (beta1 v + (1 - beta1) dtheta): momentum that looks one step ahead.

    Sutskever et al. (2013), as rewritten by Bengio et al. (2013) for the gradient at theta.
    """

    def update(gradient: Array, state: Average, t: int, theta: Array) -> Array:
        fold_in(state.values, gradient, beta1)  # which leaves (1 - beta1) dtheta in gradient
        ahead = np.multiply(state.values, beta1, out=state.scratch)
        step = np.add(ahead, gradient, out=gradient)
        return np.multiply(step, learning_rate, out=step)

    return Optimizer(_one, update)


def adagrad(learning_rate: Rate = 0.01, epsilon: float = EPSILON) -> Optimizer:
    """Step alpha dtheta / (sqrt(s) + epsilon) with s the sum of all dtheta^2 so far.

    Duchi, Hazan and Singer (2011), the diagonal form.
    """

    def update(gradient: Array, state: Average, t: int, theta: Array) -> Array:
        squares = np.multiply(gradient, gradient, out=state.scratch)
        np.add(state.values, squares, out=state.values)
        return _divided_by_root(gradient, state, learning_rate, epsilon)

    return Optimizer(_one, update)


def rmsprop(learning_rate: Rate = 0.001, beta2: Rate = 0.9, epsilon: float = EPSILON) -> Optimizer:
    """Step alpha dtheta / (sqrt(s) + epsilon) with s = beta2 s + (1 - beta2) dtheta^2.

    Tieleman & Hinton (2012), lecture 6.5; no bias correction, epsilon outside the root.
    """

    def update(gradient: Array, state: Average, t: int, theta: Array) -> Array:
        squares = np.multiply(gradient, gradient, out=state.scratch)
        fold_in(state.values, squares, beta2)
        return _divided_by_root(gradient, state, learning_rate, epsilon)

    return Optimizer(_one, update)


def _divided_by_root(
    gradient: Array, squares: Average, learning_rate: Rate, epsilon: float
) -> Array:
    """Return alpha dtheta / (sqrt(s) + epsilon) in the gradient's array."""
    root = np.sqrt(squares.values, out=squares.scratch)
    np.add(root, epsilon, out=root)
    np.divide(gradient, root, out=gradient)
    return np.multiply(gradient, learning_rate, out=gradient)


def adam(
    learning_rate: Rate = 0.001, beta1: Rate = 0.9, beta2: Rate = 0.999, epsilon: float = EPSILON
) -> Optimizer:
    """Step alpha v_hat / (sqrt(s_hat) + epsilon), both averages corrected for their zero start.

    Kingma & Ba (2015), arXiv:1412.6980, algorithm 1. The corrections 1 - beta^t are folded into
    two scalars: v_hat / (sqrt(s_hat) + epsilon) = v (c / (1 - beta1^t)) / (sqrt(s) + c epsilon),
    c = sqrt(1 - beta2^t).
    """

    def update(gradient: Array, state: Averages, t: int, theta: Array) -> Array:
        v, s, root = state
        np.multiply(gradient, gradient, out=root)
        fold_in(s, root, beta2)
        fold_in(v, gradient, beta1)
        c = (1 - beta2**t) ** 0.5
        np.sqrt(s, out=root)
        np.add(root, c * epsilon, out=root)
        step = np.divide(v, root, out=gradient)
        return np.multiply(step, learning_rate * c / (1 - beta1**t), out=step)

    return Optimizer(_two, update)


def adamw(
    learning_rate: Rate = 0.001,
    beta1: Rate = 0.9,
    beta2: Rate = 0.999,
    weight_decay: Rate = 0.01,
    epsilon: float = EPSILON,
) -> Optimizer:
    """Step as Adam does, and shrink theta by alpha weight_decay theta besides.

    Loshchilov & Hutter (2019), arXiv:1711.05101, algorithm 2 with a fixed schedule: the decay does
    not pass through the averages, as an L2 penalty would. A weight_decay of shape (P,) can spare
    the biases.
    """
    stepping, shrinkage = adam(learning_rate, beta1, beta2, epsilon), learning_rate * weight_decay

    def update(gradient: Array, state: Averages, t: int, theta: Array) -> Array:
        step = stepping.update(gradient, state, t, theta)
        shrunk = np.multiply(theta, shrinkage, out=state.scratch)
        return np.add(step, shrunk, out=step)

    return Optimizer(_two, update)


_AVERAGE = r"v := \beta_1 v + (1 - \beta_1)\, d\theta"
_SQUARES = r"s := \beta_2 s + (1 - \beta_2)\, d\theta \odot d\theta"
_BY_ROOT = r"\theta := \theta - \alpha\, d\theta / (\sqrt{s} + \epsilon)"
_CORRECTED = (
    r"\hat v := v / (1 - \beta_1^\tau)",
    r"\hat s := s / (1 - \beta_2^\tau)",
)
_OF_ADAM = r"\theta := \theta - \alpha\, \hat v / (\sqrt{\hat s} + \epsilon)"

_CODE_V = "v[...] = beta1 * v + (1 - beta1) * dP\n"
_CODE_S = "s[...] = beta2 * s + (1 - beta2) * (dP * dP)\n"
_CODE_BY_ROOT = "P -= alpha * (dP / (np.sqrt(s) + epsilon))"
_CODE_OF_ADAM = "alpha * c / (1 - beta1**t) * (v / (np.sqrt(s) + c * epsilon))"
_CODE_C = "c = (1 - beta2**t) ** 0.5"
_REMARK = (
    r" Both corrections are one number here: with $c = \sqrt{1 - \beta_2^\tau}$ the step is "
    r"$\alpha \frac{c}{1 - \beta_1^\tau} \cdot v / (\sqrt{s} + c \epsilon)$; $\tau$ is `t`."
)

_ADAPTIVE = Usual(images=0.001, deep=0.01, points=0.03)

OPTIMIZERS: dict[str, Method] = {
    "gradient_descent": Method(
        title="Gradient descent",
        make=gradient_descent,
        formula=(r"\theta := \theta - \alpha\, d\theta",),
        written=Written("", "P -= alpha * dP"),
        is_plain=True,
    ),
    "momentum": Method(
        title="Momentum",
        make=momentum,
        formula=(_AVERAGE, r"\theta := \theta - \alpha\, v"),
        written=Written("V", _CODE_V + "P -= alpha * v"),
        uses=("beta1",),
    ),
    "nesterov": Method(
        title="Nesterov momentum",
        make=nesterov,
        formula=(
            _AVERAGE,
            r"\theta := \theta - \alpha\, (\beta_1 v + (1 - \beta_1)\, d\theta)",
        ),
        written=Written("V", _CODE_V + "P -= alpha * (beta1 * v + (1 - beta1) * dP)"),
        uses=("beta1",),
    ),
    "adagrad": Method(
        title="AdaGrad",
        make=adagrad,
        formula=(r"s := s + d\theta \odot d\theta", _BY_ROOT),
        written=Written("S", "s[...] = s + dP * dP\n" + _CODE_BY_ROOT),
        usual=Usual(images=0.01, deep=0.03, points=0.1),
    ),
    "rmsprop": Method(
        title="RMSprop",
        make=rmsprop,
        formula=(_SQUARES, _BY_ROOT),
        written=Written("S", _CODE_S + _CODE_BY_ROOT),
        uses=("beta2",),
        usual=_ADAPTIVE,
    ),
    "adam": Method(
        title="Adam",
        make=adam,
        formula=(_AVERAGE, _SQUARES, *_CORRECTED, _OF_ADAM),
        written=Written("VS", f"{_CODE_V}{_CODE_S}P -= {_CODE_OF_ADAM}", _CODE_C, _REMARK),
        uses=("beta1", "beta2"),
        usual=_ADAPTIVE,
    ),
    "adamw": Method(
        title="AdamW",
        make=adamw,
        formula=(
            *(_AVERAGE, _SQUARES, *_CORRECTED),
            _OF_ADAM + r" - \alpha\, \lambda_w\, \theta",
        ),
        written=Written(
            "VS",
            f"{_CODE_V}{_CODE_S}P -= {_CODE_OF_ADAM} + alpha * shrink * P",
            _CODE_C,
            _REMARK + r" $\lambda_w$ is 0 for the biases, which are never shrunk.",
        ),
        uses=("beta1", "beta2", "weight_decay"),
        usual=_ADAPTIVE,
    ),
}
