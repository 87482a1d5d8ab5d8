"""Activation functions, each paired with its derivative."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.nn.types import Array

LEAK = 0.01
"""Slope of the leaky ReLU for z < 0."""


class Activation(NamedTuple):
    """A function g and its derivative g', elementwise on arrays of any shape.

    function(Z, out=None) -> A = g(Z)
    derivative(Z, A, out=None) -> g'(Z), given Z and A = g(Z), so that neither is computed again

    Both write into `out` where it is given; `out` may not overlap Z or A. At a kink the derivative
    is the one from the left (ReLU: g'(0) = 0). `saturates` tells whether g flattens out on both
    sides, `formula` is LaTeX in z.
    """

    function: Callable[..., Array]
    derivative: Callable[..., Array]
    formula: str
    saturates: bool = False


def _linear(Z: Array, out: Array | None = None) -> Array:
    return np.positive(Z, out=out)


def _linear_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope = np.empty_like(Z) if out is None else out
    slope[...] = 1
    return slope


def sigmoid(Z: Array, out: Array | None = None) -> Array:
    """Return 1 / (1 + exp(-z)), as (1 + tanh(z/2)) / 2, which cannot overflow.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    A: Array = np.multiply(Z, 0.5, out=out)
    np.tanh(A, out=A)
    np.multiply(A, 0.5, out=A)
    return np.add(A, 0.5, out=A)


def _sigmoid_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.subtract(1, A, out=out)
    return np.multiply(slope, A, out=slope)


def _tanh(Z: Array, out: Array | None = None) -> Array:
    return np.tanh(Z, out=out)


def _tanh_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.multiply(A, A, out=out)
    return np.subtract(1, slope, out=slope)


def _relu(Z: Array, out: Array | None = None) -> Array:
    # NumPy compares with an array of zeros several numbers at once, with a single zero one by one.
    A = np.zeros_like(Z) if out is None else out
    A.fill(0)
    return np.maximum(Z, A, out=A)


def _relu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    return np.greater(Z, 0, out=np.empty_like(Z) if out is None else out)


def _leaky_relu(Z: Array, out: Array | None = None) -> Array:
    A: Array = np.multiply(Z, LEAK, out=out)
    return np.maximum(Z, A, out=A)


def _leaky_relu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.greater(Z, 0, out=np.empty_like(Z) if out is None else out)
    np.multiply(slope, 1 - LEAK, out=slope)
    return np.add(slope, LEAK, out=slope)


Names: TypeAlias = str | tuple[str, ...]
"""What is said of the hidden layers: one activation for all of them, or one for each, the notes'
g[l], from the input side."""

ACTIVATIONS: dict[str, Activation] = {
    "linear": Activation(_linear, _linear_derivative, r"g(z) = z"),
    "sigmoid": Activation(
        sigmoid, _sigmoid_derivative, r"g(z) = \frac{1}{1 + e^{-z}}", saturates=True
    ),
    "tanh": Activation(_tanh, _tanh_derivative, r"g(z) = \tanh z", saturates=True),
    "relu": Activation(_relu, _relu_derivative, r"g(z) = \max(0, z)"),
    "leaky_relu": Activation(_leaky_relu, _leaky_relu_derivative, r"g(z) = \max(0.01 z, z)"),
}


def by_layer(names: Names, layers: int) -> tuple[str, ...]:
    """Return the activation of each of so many hidden layers.

    Raises ValueError if there is not one name, or one for each layer, or for an unknown name.

    >>> by_layer("relu", 2), by_layer(("relu", "tanh"), 2)
    (('relu', 'relu'), ('relu', 'tanh'))
    """
    found = (names,) * layers if isinstance(names, str) else tuple(names)
    if len(found) != layers:
        raise ValueError(
            f"The number of activations, {len(found)}, is not that of hidden layers, {layers}: "
            "give one name for all of them, or one for each."
        )
    for name in found:
        if name not in ACTIVATIONS:
            raise ValueError(f"{name!r} is not an activation: choose from {_LISTED}.")
    return found


_LISTED = ", ".join(ACTIVATIONS)
