"""What a network says over a part of the plane."""

from typing import NamedTuple

import numpy as np

from engine.data.features import expand
from engine.data.normalization import Standardizer
from engine.nn.decision import ties
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.nn.types import Array


class Field(NamedTuple):
    """What a network says at x1[i], x2[j]; leading axes are those of theta.

    p (..., n, n)      of one output unit p(y = 1), exactly 1/2 where the logit is zero but for
                       rounding; of several the probability of the class that is named
    named (..., n, n)  that class, by its number
    """

    x1: Array
    x2: Array
    p: Array
    named: Array


def inputs(points: Array, features: tuple[str, ...], standardizer: Standardizer | None) -> Array:
    """Return what the network is given for points (m, 2): X (n_x, m)."""
    rows = expand(points, features)
    return (rows if standardizer is None else standardizer.apply(rows)).T


def field(
    network: Network,
    theta: Array,
    features: tuple[str, ...],
    standardizer: Standardizer | None,
    view: tuple[float, float, float, float],
    n: int = 40,
) -> Field:
    """Evaluate a network on an n by n grid of cell centres within a view.

    view is (x1 from, x1 to, x2 from, x2 to); theta (..., P), whose precision is that of the result.
    """
    x1_from, x1_to, x2_from, x2_to = view
    centres = (np.arange(n) + 0.5) / n
    x1 = x1_from + centres * (x1_to - x1_from)
    x2 = x2_from + centres * (x2_to - x2_from)
    points = np.stack([grid.ravel() for grid in np.meshgrid(x1, x2, indexing="ij")], axis=1)
    X = inputs(points, features, standardizer).astype(theta.dtype, copy=False)
    shape = (*theta.shape[:-1], n, n)
    trace, last = network.forward(theta, X), network.layout.layers(theta)[-1]
    if network.sizes[-1] > 1:
        A = trace.A[-1]
        named = A.argmax(axis=-2).astype(np.uint8)
        return Field(x1, x2, A.max(axis=-2).reshape(shape), named.reshape(shape))
    # Of the whole view: where a hidden unit is about 0, what it was added up from is not.
    most = np.abs(trace.A[-2]).max(axis=-1, keepdims=True)
    size = np.abs(last.W) @ most + np.abs(last.b)
    Z = np.where(ties(trace.Z[-1], size), theta.dtype.type(0), trace.Z[-1])
    p = LOSSES[network.output].activation(Z)[..., 0, :].reshape(shape)
    return Field(x1, x2, p, (p > 0.5).astype(np.uint8))
