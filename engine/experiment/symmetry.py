"""Symmetry is hidden units that compute the same thing, and so learn the same, for ever."""

import numpy as np

from engine.experiment.experiment import Experiment
from engine.nn.initializers import INITIALIZERS
from engine.nn.parameters import Layer
from engine.nn.types import Array

SAME = 1e-6
"""Units whose weights differ by less, relative to the largest of them, are as good as one unit."""

_NOTHING = 1e-9
"""Weights below this size are no size to compare a difference with."""


def starts_equal(experiment: Experiment) -> bool:
    """Whether all units of a layer start alike, but for `init_noise`.

    Such networks are trained in float64 on images too. Equal units stay equal only as long as
    every row of a matrix product is rounded alike, and single-precision products promise no such
    thing: OpenBLAS on some processors sums the last rows in another order. The difference, in the
    seventh digit at first, grows until the units have parted, and a network that cannot do it
    reads twice as many digits.
    """
    initializer = INITIALIZERS[experiment.initializer]
    return experiment.init_scale == 0 or initializer.deviation(1, 1) == 0


def incoming(layer: Layer) -> Array:
    """Return each unit's weights and its bias as one row, shape (..., n_l, n_{l-1} + 1)."""
    return np.concatenate([layer.W, layer.b], axis=-1)


def distinct_units(layer: Layer) -> int:
    """Return how many of a layer's units differ from all others in some bit of W (n, k) or b.

    >>> distinct_units(Layer(np.zeros((3, 2)), np.array([[0.0], [0.0], [1.0]])))
    2
    """
    return len(np.unique(incoming(layer), axis=0))


def widest_gap(layer: Layer) -> Array:
    """Return the widest gap between two units in any one of their weights and biases, (...,).

    >>> float(widest_gap(Layer(np.array([[1.0, 2.0], [1.5, 2.0]]), np.zeros((2, 1)))))
    0.5
    """
    widest: Array = np.ptp(incoming(layer), axis=-2).max(axis=-1)
    return widest


def difference(layer: Layer) -> Array:
    """Return how much the units of a layer differ, shape (...,): 0 when they are identical.

    The widest gap between two units in any one of their weights and biases, relative to the
    largest of all: max_j (max_i w_ij - min_i w_ij) / max |w|.
    """
    largest = np.abs(incoming(layer)).max(axis=(-1, -2))
    relative: Array = widest_gap(layer) / np.maximum(largest, _NOTHING)
    return relative
