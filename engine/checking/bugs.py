"""Backpropagation with one mistake in it, to see whether a gradient check catches it.

Each bug is planted in the engine's own backward pass: it is given the wrong weight, mask, target,
derivative or samples, as a program with that mistake would give it. J itself stays right.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.nn.activations import ACTIVATIONS, Names, by_layer
from engine.nn.network import Masks, Network, Pass
from engine.nn.regularization import Penalty, dropout_masks
from engine.nn.types import Array


@dataclass(frozen=True, eq=False)
class Objective:
    """J as a function of theta alone: a network on fixed samples, with penalty and dropout masks.

    X is (n_0, columns), Y (n_L, columns), masks one (n_l, columns) per hidden layer; the penalty
    divides by m, the size of the training set that the samples come from.
    """

    network: Network
    X: Array
    Y: Array
    m: int
    l1: float = 0.0
    l2: float = 0.0
    masks: Masks = None

    @property
    def columns(self) -> int:
        """How many samples J is the mean over."""
        return int(self.X.shape[-1])

    def cost(self, theta: Array) -> Array:
        """Return J of theta (..., P), one number per replica."""
        return self.network.cost(theta, self.X, self.Y, self.l1, self.l2, self.m, self.masks)

    def gradient(self, theta: Array) -> Array:
        """Return dJ/dtheta (..., P) by the engine's backpropagation."""
        return self.network.gradient(theta, self.X, self.Y, self.l1, self.l2, self.m, self.masks)

    def is_active(self, theta: Array) -> list[Array]:
        """Return for each hidden layer where z > 0, (..., n_l, columns)."""
        return [Z > 0 for Z in self.network.forward(theta, self.X, self.masks).Z[1:-1]]


DECAY, KEEP_PROB = 0.1, 0.8
"""What J is given for a bug in penalty or dropout where it has none: lambda/m, and keep_prob."""


class Bug(NamedTuple):
    """A mistake that is easily made in backpropagation.

    gradient(objective, theta) -> what backpropagation then returns for theta (P,). `right` and
    `wrong` are its line of code as it should be and as it is; in them {slope} and {mistaken} stand
    for the code of g' and of what is taken for it. `needs` is what a network must have for the
    mistake to be possible: "hidden" layers, a "penalty", "dropout", or "" for nothing; `unseen`
    says when the wrong line gives the right numbers.
    """

    title: str
    right: str
    wrong: str
    gradient: Callable[[Objective, Array], Array]
    unseen: str
    needs: str = ""

    def lines(self, activation: str) -> tuple[str, str]:
        """Return the right and the wrong line of code for a hidden activation."""
        g = ACTIVATIONS[activation]
        mistaken = ACTIVATIONS[g.mistaken]
        codes = {"slope": g.written.shown, "mistaken": mistaken.written.shown}
        return self.right.format(**codes), self.wrong.format(**codes)


@np.errstate(all="ignore")  # with a wrong g' numbers may overflow that are finite otherwise
def _backward(
    objective: Objective,
    theta: Array,
    *,
    factor: float = 1.0,
    slopes_of: Names = (),
    is_masked: bool = True,
    has_output_slope: bool = False,
) -> Array:
    """Return the loss's part of the gradient (P,), backwards in a way that may be wrong.

    Forwards all is right. Backwards the mean is multiplied by `factor`, g' is that of the
    activations `slopes_of`, the masks are left out, or dZ[L] is multiplied by A[L] (1 - A[L]).
    """
    network, columns = objective.network, objective.columns
    both_ways = Pass(network, theta, (columns,), objective.masks)
    A, Y = both_ways.forward(objective.X).A[-1], objective.Y
    targets = A - (A - Y) * A * (1 - A) if has_output_slope else Y  # backward takes A - targets
    activations = by_layer(slopes_of or network.hidden, len(network.activations))
    both_ways.go_back_through(activations, objective.masks if is_masked else None)
    return both_ways.backward(targets, factor / columns)


def _penalized(objective: Objective, theta: Array, gradient: Array) -> Array:
    """Add the penalty's part to the loss's, in place, and return it."""
    layout = objective.network.layout
    Penalty(layout, objective.l1, objective.l2, objective.m).add_gradient(theta, gradient)
    return gradient


def _no_mean(objective: Objective, theta: Array) -> Array:
    gradient = _backward(objective, theta, factor=objective.columns)
    return _penalized(objective, theta, gradient)


def _sign(objective: Objective, theta: Array) -> Array:
    return _penalized(objective, theta, _backward(objective, theta, factor=-1))


def _output_slope(objective: Objective, theta: Array) -> Array:
    return _penalized(objective, theta, _backward(objective, theta, has_output_slope=True))


def _slope(objective: Objective, theta: Array) -> Array:
    mistaken = tuple(ACTIVATIONS[name].mistaken for name in objective.network.activations)
    return _penalized(objective, theta, _backward(objective, theta, slopes_of=mistaken))


def _one_sample(objective: Objective, theta: Array) -> Array:
    gradient = objective.gradient(theta)
    masks = objective.masks and [mask[:, :1] for mask in objective.masks]
    first = dataclasses.replace(objective, X=objective.X[:, :1], Y=objective.Y[:, :1], masks=masks)
    of_first = _backward(first, theta, factor=1 / objective.columns)
    layers = objective.network.layout.layers
    for layer, alone in zip(layers(gradient), layers(of_first), strict=True):
        layer.b[...] = alone.b
    return gradient


def _no_penalty(objective: Objective, theta: Array) -> Array:
    return _backward(objective, theta)


def _penalized_biases(objective: Objective, theta: Array) -> Array:
    penalty = objective.l2 * theta + objective.l1 * np.sign(theta)
    is_bias = 1 - objective.network.layout.weight_mask
    gradient: Array = objective.gradient(theta) + is_bias * penalty / objective.m
    return gradient


def _no_mask(objective: Objective, theta: Array) -> Array:
    return _penalized(objective, theta, _backward(objective, theta, is_masked=False))


def possible(bug: Bug, objective: Objective) -> bool:
    """Return whether a network of this shape can have the bug, once it is `equipped`."""
    return bool(objective.network.sizes[2:]) or bug.needs not in ("hidden", "dropout")


def equipped(objective: Objective, needs: str, rng: np.random.Generator) -> Objective:
    """Return J with the penalty or the dropout that a bug needs, if it has none."""
    if needs == "penalty" and not (objective.l1 or objective.l2):
        return dataclasses.replace(objective, l2=DECAY * objective.m)
    if needs == "dropout" and objective.masks is None:
        widths = objective.network.sizes[1:-1]
        masks = dropout_masks(widths, objective.columns, KEEP_PROB, rng)
        return dataclasses.replace(objective, masks=masks)
    return objective


BUGS: dict[str, Bug] = {
    "mean": Bug(
        "1/m forgotten",
        "dZ = (A - Y) / m",
        "dZ = A - Y",
        _no_mean,
        "there is only one sample, m = 1",
    ),
    "sign": Bug(
        "Sign turned round", "dZ = (A - Y) / m", "dZ = (Y - A) / m", _sign, "the gradient is zero"
    ),
    "output": Bug(
        "Output's derivative twice",
        "dZ = (A - Y) / m",
        "dZ = (A - Y) * A * (1 - A) / m",
        _output_slope,
        "the gradient is zero",
    ),
    "slope": Bug(
        "Wrong derivative of g",
        "dZ = W_next.T @ dZ_next * {slope}",
        "dZ = W_next.T @ dZ_next * {mistaken}",
        _slope,
        "the two derivatives agree for every z, or nothing comes back from the layer above",
        needs="hidden",
    ),
    "bias": Bug(
        "Bias not summed over the samples",
        "db = dZ.sum(axis=1, keepdims=True)",
        "db = dZ[:, :1]",
        _one_sample,
        "there is only one sample, m = 1",
    ),
    "penalty": Bug(
        "Penalty forgotten",
        "dW = dZ @ A_before.T + lam / m * W",
        "dW = dZ @ A_before.T",
        _no_penalty,
        "all weights are zero",
        needs="penalty",
    ),
    "penalized_biases": Bug(
        "Penalty on the biases too",
        "db = dZ.sum(axis=1, keepdims=True)",
        "db = dZ.sum(axis=1, keepdims=True) + lam / m * b",
        _penalized_biases,
        "all biases are zero, as they are before training",
        needs="penalty",
    ),
    "mask": Bug(
        "Dropout mask not applied backwards",
        "dZ = W_next.T @ dZ_next * {slope} * mask",
        "dZ = W_next.T @ dZ_next * {slope}",
        _no_mask,
        "nothing comes back to the hidden layers",
        needs="dropout",
    ),
}
"""Every bug by its name."""
