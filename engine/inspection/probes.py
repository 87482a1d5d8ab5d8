"""What goes on inside a network: activations and gradients, layer by layer."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.nn.activations import ACTIVATIONS
from engine.nn.network import Network
from engine.nn.types import Array

NEAR = 0.01
"""So close to an end of g's range an activation is saturated: |a| > 0.99 for tanh."""


class Probe(NamedTuple):
    """Statistics of the layers l = 1 .. L, each (..., L), and the arrays they were taken from.

    mean, deviation   of the activations A[l], over units and samples
    saturated         the share of activations so close to an end of g's range that g' is almost 0
    dead              the share of units, such as ReLUs, that are 0 for every sample and so never
                      learn again
    gradient_rms      root mean square of dW[l] per weight: the total norm would grow with the
                      number of weights and so put the layers into the wrong order
    weight_rms        root mean square of W[l] per weight
    activations, gradients, weights   A[l], dW[l] and W[l] themselves, one array per layer
    """

    mean: Array
    deviation: Array
    saturated: Array
    dead: Array
    gradient_rms: Array
    weight_rms: Array
    activations: list[Array]
    gradients: list[Array]
    weights: list[Array]


def probe(network: Network, theta: Array, X: Array, Y: Array) -> Probe:
    """Look into a network at theta (..., P) on samples X (n_0, m), Y (n_L, m).

    Numbers that overflow come out as inf or NaN, without a warning. The output layer has no dead
    and no saturated units by definition: it is not trained through g'.
    """
    layout = network.layout
    with np.errstate(all="ignore"):
        trace = network.forward(theta, X)
        gradients = [layer.W for layer in layout.layers(network.gradient(theta, X, Y))]
        weights = [layer.W for layer in layout.layers(theta)]
        activations = trace.A[1:]
        hidden = list(zip(network.activations, activations[:-1], strict=True))
        nothing = np.zeros(theta.shape[:-1])
        return Probe(
            _per_layer([A.mean(axis=(-1, -2), dtype=float) for A in activations]),
            _per_layer([A.std(axis=(-1, -2), dtype=float) for A in activations]),
            _per_layer([*(_saturated(g, A) for g, A in hidden), nothing]),
            _per_layer([*(_dead(g, A) for g, A in hidden), nothing]),
            _per_layer([rms(dW) for dW in gradients]),
            _per_layer([rms(W) for W in weights]),
            activations,
            gradients,
            weights,
        )


def _per_layer(values: Sequence[Array]) -> Array:
    return np.stack(values, axis=-1)


def rms(matrix: Array) -> Array:
    """Return the root mean square over a layer's entries (..., n, k), shape (...,)."""
    largest = np.abs(matrix).max(axis=(-1, -2), keepdims=True)
    # Scaled first, because the square of a vanishing gradient underflows long before it does.
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    mean_square = np.square(matrix / scale, dtype=float).mean(axis=(-1, -2))
    root: Array = np.sqrt(mean_square) * scale[..., 0, 0]
    return root


def _saturated(activation: str, A: Array) -> Array:
    g = ACTIVATIONS[activation]
    if not g.saturates:
        return np.zeros(A.shape[:-2])
    is_near_an_end = (g.low + NEAR > A) | (g.high - NEAR < A)
    share: Array = is_near_an_end.mean(axis=(-1, -2))
    return share


def _dead(activation: str, A: Array) -> Array:
    if not ACTIVATIONS[activation].is_silent:
        return np.zeros(A.shape[:-2])
    share: Array = (A <= 0).all(axis=-1).mean(axis=-1)
    return share


class Histogram(NamedTuple):
    """counts (bins,) of the values between successive edges (bins + 1,)."""

    edges: Array
    counts: Array


def histogram(
    values: Array, bins: int = 40, low: float | None = None, high: float | None = None
) -> Histogram:
    """Count values, of any shape, in equal bins from low to high (by default their own range).

    Values that are not finite are left out; equal values get a bin of width 1 around them, so that
    the picture of a constant is a bar and not an error.

    >>> histogram(np.array([0.0, 1.0, 1.0, np.inf]), bins=2).counts
    array([1, 2])
    """
    finite = values[np.isfinite(values)]
    least, most = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    low = float(least) if low is None else low
    high = float(most) if high is None else high
    if not high > low:
        low, high = low - 0.5, low + 0.5
    counts, edges = np.histogram(finite, bins=bins, range=(low, high))
    return Histogram(edges, counts)


def histograms(values: Array, low: Array, high: Array, bins: int = 24) -> Array:
    """Return counts (K, bins) of each row of values (K, n), in equal bins from low to high (K,).

    What lies beyond is counted in the outermost bins, what is not finite not at all. Many small
    histograms at once, each on a range of its own with low < high.

    >>> histograms(np.array([[0.0, 0.9, 7.0]]), np.zeros(1), np.ones(1), bins=2)
    array([[1, 2]])
    """
    rows = len(values)
    with np.errstate(all="ignore"):
        place = (values - low[:, None]) * (bins / (high - low))[:, None]
    known = np.isfinite(values)
    bin_of = np.clip(np.where(known, place, 0), 0, bins - 1).astype(np.intp)
    bin_of += np.arange(rows)[:, None] * bins
    counts: Array = np.bincount(bin_of[known], minlength=rows * bins).reshape(rows, bins)
    return counts


def against_start(now: Array, start: Array, bins: int = 40) -> tuple[Histogram, Histogram]:
    """Return the histograms of the same numbers now and at the start, on common edges."""
    both = np.concatenate([now.ravel(), start.ravel()])
    edges = histogram(both, bins).edges
    low, high = float(edges[0]), float(edges[-1])
    return histogram(now, bins, low, high), histogram(start, bins, low, high)
