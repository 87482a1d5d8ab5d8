"""The straight cut that an output neuron makes through the last hidden layer's activations."""

from typing import NamedTuple

import numpy as np

from engine.nn.types import Array

_MARGIN = 0.1
"""The frame around points is wider than they are, by this share of their larger extent."""


class EdgeOn(NamedTuple):
    """Samples seen along the cut: each (m,), in the units of the activations.

    across  how far a sample lies from the cut, above 0 where the neuron's z is
    along   where it lies in the direction within the cut in which the samples are spread most
    """

    across: Array
    along: Array


def edge_on(weights: Array, bias: float, activations: Array) -> EdgeOn:
    """Return activations (n, m) seen along the cut weights (n,) · a + bias = 0.

    >>> view = edge_on(np.array([3.0, 4.0]), -5.0, np.array([[3.0], [4.0]]))
    >>> float(view.across[0])
    4.0
    """
    length = float(np.linalg.norm(weights))
    if not length:
        return EdgeOn(np.full(activations.shape[1], bias), np.zeros(activations.shape[1]))
    normal = weights / length
    centred = activations - activations.mean(axis=1, keepdims=True)
    within = centred - np.outer(normal, normal @ centred)
    directions, _, _ = np.linalg.svd(within, full_matrices=False)
    return EdgeOn(normal @ activations + bias / length, directions[:, 0] @ within)


def ends(weights: Array, bias: float, points: Array) -> Array | None:
    """Return where the cut weights (2,) · a + bias = 0 leaves the frame around points (2, m).

    The two ends are the columns; None where the cut does not come by.

    >>> ends(np.array([1.0, 1.0]), -1.0, np.array([[0.0, 1.0], [0.0, 1.0]])).round(1).tolist()
    [[-0.1, 1.1], [1.1, -0.1]]
    """
    squared = float(weights @ weights)
    if not squared:
        return None
    low, high = points.min(axis=1), points.max(axis=1)
    margin = _MARGIN * (float((high - low).max()) or 1.0)
    low, high = low - margin, high + margin
    foot, way = -bias * weights / squared, np.array([weights[1], -weights[0]])
    begin, end = -np.inf, np.inf
    for start, step, least, most in zip(foot, way, low, high, strict=True):
        if not step:
            if not least <= start <= most:
                return None
            continue
        bounds = sorted(((least - start) / step, (most - start) / step))
        begin, end = max(begin, bounds[0]), min(end, bounds[1])
    if begin >= end:
        return None
    found: Array = foot[:, None] + np.outer(way, [begin, end])
    return found
