"""Softmax taken apart: as the notes write it, its Jacobian, and how a loss comes through it.

One sample: z (n,) are its logits, a (n,) its probabilities.
"""

from typing import NamedTuple

import numpy as np

from engine.nn.derivation import CATEGORICAL
from engine.nn.losses import softmax
from engine.nn.types import Array

OVERFLOWS = float(np.log(np.finfo(np.float64).max))
"""e^z is larger than float64 can hold where z is more than this, 709.78."""


class Written(NamedTuple):
    """Softmax computed just as its formula stands: e^z (n,), their sum, and a (n,).

    Where e^z overflows, or all of them are 0, a is NaN.
    """

    powers: Array
    total: float
    a: Array


class Collapse(NamedTuple):
    """How the loss -log a_k of a sample of class k comes through softmax to its logits.

    slope  dL/da (n,), 0 but for class k
    terms  (n, n), in row i what each dL/da_j times da_j/dz_i adds to dL/dz_i
    total  dL/dz (n,), the sums of the rows, which are (a - y) / T
    """

    slope: Array
    terms: Array
    total: Array


def probabilities(z: Array, temperature: float = 1.0) -> Array:
    """Return softmax of z / T: the higher the temperature, the more alike.

    >>> probabilities(np.log([1.0, 2.0, 5.0]))
    array([0.125, 0.25 , 0.625])
    """
    a: Array = softmax((z / temperature)[:, np.newaxis])[:, 0]
    return a


def as_written(z: Array, temperature: float = 1.0) -> Written:
    """Return e^(z / T), their sum and their quotients, overflow and all.

    >>> as_written(np.array([1000.0, 0.0])).a
    array([nan,  0.])
    """
    with np.errstate(all="ignore"):
        powers = np.exp(z / temperature)
        total = powers.sum()
        return Written(powers, float(total), powers / total)


def jacobian(a: Array, temperature: float = 1.0) -> Array:
    """Return da_i/dz_j (n, n), in row i and column j: a_i (1 - a_i) where i = j, else -a_i a_j.

    A temperature divides all of them.

    >>> jacobian(np.array([0.5, 0.5]))
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    slopes: Array = CATEGORICAL.jacobian(a[:, np.newaxis])[0] / temperature
    return slopes


def collapse(a: Array, k: int, temperature: float = 1.0) -> Collapse:
    """Return how the loss of a sample of class k, counted from 0, comes through softmax."""
    y = np.zeros_like(a)
    y[k] = 1.0
    slope = CATEGORICAL.slope(a[:, np.newaxis], y[:, np.newaxis])[:, 0]
    terms = jacobian(a, temperature).T * slope
    return Collapse(slope, terms, terms.sum(axis=1))
