"""A loss taken apart by way of a, as one derives it by hand: its terms, and its slopes in a and z.

The engine itself goes from z to the loss and back in one step, which cannot overflow; this is for
whoever wants to see each factor.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Part(NamedTuple):
    """Two matrices (n_y, m) whose products, summed over the rows, are a part of each loss.

    Each has the name of its code, with {a} for A and Y for Y, and how it is written.
    """

    left: str
    right: str
    factor: float


class Derivation(NamedTuple):
    """A loss by way of a.

    parts         what is multiplied and summed to a sample's loss
    arrays(Z, Y)  the matrices of the parts by their names, (n_y, m) each
    slope(A, Y)   dL/dA, (n_y, m)
    jacobian(A)   da_j/dz_i of each sample, (m, n_y, n_y), in row j and column i
    is_elementwise  whether a_j depends on z_j alone
    loss_code, slope_code, activation_code  in NumPy, with {a} and {z} for the names of A and Z
    loss_cell, slope_cell  for one cell's a, y; `activation_cell` for its z
    loss_notes, slope_notes  in the notes' notation, with {l} for the layer
    """

    parts: tuple[Part, ...]
    arrays: Callable[[Array, Array], dict[str, Array]]
    slope: Callable[[Array, Array], Array]
    jacobian: Callable[[Array], Array]
    is_elementwise: bool
    loss_code: str
    slope_code: str
    activation_code: str
    slope_cell: str
    activation_cell: str
    loss_notes: str
    slope_notes: str
    activation_notes: str


def over(numerator: Array, denominator: Array) -> Array:
    """Return numerator / denominator, and 0 wherever the numerator is 0.

    >>> over(np.array([0.0, 1.0]), np.array([0.0, 4.0]))
    array([0.  , 0.25])
    """
    found = np.zeros(np.broadcast_shapes(numerator.shape, denominator.shape))
    with np.errstate(divide="ignore"):
        np.divide(numerator, denominator, out=found, where=numerator != 0)
    return found


def _diagonal(slopes: Array) -> Array:
    jacobian = np.zeros((slopes.shape[1], len(slopes), len(slopes)))
    rows = np.arange(len(slopes))
    jacobian[:, rows, rows] = slopes.T
    return jacobian


def _softmax_jacobian(A: Array) -> Array:
    columns = A.T
    jacobian: Array = -columns[:, :, None] * columns[:, None, :]
    rows = np.arange(len(A))
    jacobian[:, rows, rows] = columns * (1 - columns)
    return jacobian


def _log_softmax(Z: Array) -> Array:
    shifted = Z - Z.max(axis=0)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=0))
    return logs


BINARY = Derivation(
    parts=(Part("Y", "log A", -1.0), Part("1 − Y", "log(1 − A)", -1.0)),
    arrays=lambda Z, Y: {
        "Y": Y,
        "log A": -np.logaddexp(0, -Z),
        "1 − Y": 1 - Y,
        "log(1 − A)": -np.logaddexp(0, Z),
    },
    slope=lambda A, Y: over(1 - Y, 1 - A) - over(Y, A),
    jacobian=lambda A: _diagonal(A * (1 - A)),
    is_elementwise=True,
    loss_code="-(Y * np.log({a}) + (1 - Y) * np.log(1 - {a})).sum(axis=0, keepdims=True)",
    slope_code="({a} - Y) / ({a} * (1 - {a}))",
    activation_code="1 / (1 + np.exp(-{z}))",
    slope_cell="(a - y) / (a * (1 - a))",
    activation_cell="1 / (1 + exp(-z))",
    loss_notes="ℒ = −Y log A[{l}] − (1 − Y) log(1 − A[{l}])",
    slope_notes="(A[{l}] − Y) / (A[{l}] ⊙ (1 − A[{l}]))",
    activation_notes="σ",
)

CATEGORICAL = Derivation(
    parts=(Part("Y", "log A", -1.0),),
    arrays=lambda Z, Y: {"Y": Y, "log A": _log_softmax(Z)},
    slope=lambda A, Y: -over(Y, A),
    jacobian=_softmax_jacobian,
    is_elementwise=False,
    loss_code="-(Y * np.log({a})).sum(axis=0, keepdims=True)",
    slope_code="-Y / {a}",
    activation_code="np.exp({z}) / np.exp({z}).sum(axis=0)",
    slope_cell="-y / a",
    activation_cell="exp(z) / sum",
    loss_notes="ℒ = −Σ Y log A[{l}]",
    slope_notes="−Y / A[{l}]",
    activation_notes="softmax",
)

SQUARED = Derivation(
    parts=(Part("A − Y", "A − Y", 0.5),),
    arrays=lambda Z, Y: {"A − Y": Z - Y},
    slope=lambda A, Y: A - Y,
    jacobian=lambda A: _diagonal(np.ones_like(A)),
    is_elementwise=True,
    loss_code="0.5 * (({a} - Y) ** 2).sum(axis=0, keepdims=True)",
    slope_code="{a} - Y",
    activation_code="{z}.copy()",
    slope_cell="a - y",
    activation_cell="z",
    loss_notes="ℒ = ½ Σ (A[{l}] − Y)²",
    slope_notes="A[{l}] − Y",
    activation_notes="",
)
