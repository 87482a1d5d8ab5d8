"""An output and its loss as one looks at them in a single logit: value, loss, and every slope."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES, Loss
from engine.nn.types import Array

CLASSES = 10
"""So many classes softmax has here, as for digits: the other logits are 0."""


class Seen(NamedTuple):
    """What is seen at logits z, arrays of their shape (m,).

    a the output, loss its loss, slope_a dL/da, slope_of_a da/dz, slope_z their product dL/dz
    """

    a: Array
    loss: Array
    slope_a: Array
    slope_of_a: Array
    slope_z: Array


class Output(NamedTuple):
    """An output with a loss: its title, its loss among LOSSES, and look(z, y) -> Seen."""

    title: str
    loss: Loss
    look: Callable[[Array, int], Seen]


def _cross_entropy(z: Array, y: int) -> Seen:
    loss = LOSSES["sigmoid"]
    Z, Y = z[np.newaxis], np.full((1, z.size), float(y))
    return _seen(loss.activation(Z), loss.loss(Z, Y), loss.derivation.slope, Y)


def _squared(z: Array, y: int) -> Seen:
    loss = LOSSES["linear"]
    A, Y = ACTIVATIONS["sigmoid"].function(z[np.newaxis]), np.full((1, z.size), float(y))
    return _seen(A, loss.loss(A, Y), loss.derivation.slope, Y)


def _softmax(z: Array, y: int) -> Seen:
    loss = LOSSES["softmax"]
    Z, Y = np.zeros((CLASSES, z.size)), np.zeros((CLASSES, z.size))
    Z[0], Y[1 - y] = z, 1.0
    A = loss.activation(Z)[:1]
    # As the first output alone turns, the true one is it, or has its share of what is left.
    slope_a = -1 / A if y else 1 / (1 - A)
    return _seen(A, loss.loss(Z, Y), lambda *_: slope_a, Y)


def _seen(A: Array, losses: Array, slope: Callable[[Array, Array], Array], Y: Array) -> Seen:
    slope_a, slope_of_a = slope(A, Y)[0], A[0] * (1 - A[0])
    return Seen(A[0], losses, slope_a, slope_of_a, slope_a * slope_of_a)


OUTPUTS: dict[str, Output] = {
    "bce": Output("Sigmoid, cross-entropy", LOSSES["sigmoid"], _cross_entropy),
    "cce": Output("Softmax, cross-entropy", LOSSES["softmax"], _softmax),
    "squared": Output("Sigmoid, squared error", LOSSES["linear"], _squared),
}
