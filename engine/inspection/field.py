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
    """p (..., n, n) is the output at x1[i], x2[j]; leading axes are those of theta.

    Where the logit is zero but for rounding it is exactly 1/2.
    """

    x1: Array
    x2: Array
    p: Array


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
    """Evaluate a network with one output on an n by n grid of cell centres within a view.

    view is (x1 from, x1 to, x2 from, x2 to); theta (..., P), whose precision is that of the result.
    """
    x1_from, x1_to, x2_from, x2_to = view
    centres = (np.arange(n) + 0.5) / n
    x1 = x1_from + centres * (x1_to - x1_from)
    x2 = x2_from + centres * (x2_to - x2_from)
    points = np.stack([grid.ravel() for grid in np.meshgrid(x1, x2, indexing="ij")], axis=1)
    X = inputs(points, features, standardizer).astype(theta.dtype, copy=False)
    trace, last = network.forward(theta, X), network.layout.layers(theta)[-1]
    # Of the whole view: where a hidden unit is about 0, what it was added up from is not.
    most = np.abs(trace.A[-2]).max(axis=-1, keepdims=True)
    size = np.abs(last.W) @ most + np.abs(last.b)
    Z = np.where(ties(trace.Z[-1], size), theta.dtype.type(0), trace.Z[-1])
    p = LOSSES[network.output].activation(Z)
    return Field(x1, x2, p[..., 0, :].reshape(*theta.shape[:-1], n, n))
