"""What many networks of one shape hold, layer by layer, in numbers few enough to be drawn."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine.data.normalization import Standardizer
from engine.inspection.field import field
from engine.inspection.probes import histograms, probe
from engine.nn.activations import ACTIVATIONS, Activation
from engine.nn.network import Network
from engine.nn.types import Array

BINS = 25
"""Odd, so that what is 0 lies in the middle of a bin, not between two."""

_ELEMENTS = 2**18
"""Numbers in the layers of the networks looked at together: small enough for the cache."""

_LARGEST = 1e300
"""A histogram's edge, so that the width of its bins is finite too."""


class LayerStatistics(NamedTuple):
    """K networks on the same samples; D = L - 1 is the number of hidden layers, which may be 0.

    activation_counts     (K, D, BINS) uint8: a histogram of each hidden layer's activations, its
                          fullest bin 255
    activation_edges      (K, 2): where all of a network's histograms begin and end
    activation_deviation  (K, D)
    gradient_counts, gradient_edges, gradient_rms   likewise of dW[1] .. dW[L], and their root mean
                          square per weight
    saturated, dead       (K,): the share of all hidden activations that are saturated, and of all
                          hidden units that are dead
    """

    activation_counts: Array
    activation_edges: Array
    activation_deviation: Array
    gradient_counts: Array
    gradient_edges: Array
    gradient_rms: Array
    saturated: Array
    dead: Array


def layer_statistics(
    network: Network, thetas: Array, X: Array, Y: Array, rest: Callable[[], None] = lambda: None
) -> LayerStatistics:
    """Return the statistics of networks at thetas (K, P), K > 0, on samples X (n_0, m), Y (n_L, m).

    Numbers that overflowed have inf or NaN as their size and stay out of the histograms. `rest` is
    called now and then on the way.
    """
    kept = 5 * X.shape[1] * sum(network.sizes)  # Z, G, A, dZ and g' of a network
    return joined([_of_block(network, block, X, Y) for block in _blocks(thetas, kept, rest)])


def joined(parts: Sequence[LayerStatistics]) -> LayerStatistics:
    """Return the statistics of all the networks as one, in their order."""
    return LayerStatistics(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _of_block(network: Network, thetas: Array, X: Array, Y: Array) -> LayerStatistics:
    seen, hidden = probe(network, thetas, X, Y), np.array(network.sizes[1:-1], float)
    shares = hidden / max(hidden.sum(), 1)
    activations = _rows(seen.activations[:-1])
    rows = [ACTIVATIONS[name] for name in network.activations]
    span = _bounds(rows) or _span(activations, all(g.low >= 0 for g in rows))
    gradients = _rows(seen.gradients)
    return LayerStatistics(
        *_histograms(activations, span, len(thetas)),
        seen.deviation[:, :-1],
        *_histograms(gradients, _span(gradients), len(thetas)),
        seen.gradient_rms,
        seen.saturated[:, :-1] @ shares,
        seen.dead[:, :-1] @ shares,
    )


def _rows(layers: list[Array]) -> list[Array]:
    return [layer.reshape(len(layer), -1) for layer in layers]


def _bounds(rows: Sequence[Activation]) -> tuple[float, float] | None:
    """Return where the values of all these activations lie, None if some are not bounded."""
    if not rows or not all(g.saturates for g in rows):
        return None
    return min(g.low for g in rows), max(g.high for g in rows)


def _span(layers: list[Array], is_positive: bool = False) -> tuple[Array, Array]:
    """Return each network's largest finite |value| over all layers, (K,), and where it begins."""
    high = np.zeros(1)  # float64, whatever the precision of the layers
    for layer in layers:
        finite = np.where(np.isfinite(layer), np.abs(layer), 0.0)
        high = np.maximum(high, finite.max(axis=1))
    high = np.where(np.greater(high, 0), np.minimum(high, _LARGEST), 1.0)
    return (np.zeros_like(high) if is_positive else -high), high


def _histograms(
    layers: list[Array], span: tuple[Array | float, Array | float], count: int
) -> tuple[Array, Array]:
    """Return counts (K, depth, BINS) of each layer's values (K, n), and their edges (K, 2)."""
    low, high = (np.broadcast_to(end, (count,)) for end in span)
    heights = np.empty((count, len(layers), BINS), np.uint8)
    for l, layer in enumerate(layers):
        counts = histograms(layer, low, high, BINS)
        # Rounded up, so that a bin that holds anything at all is seen.
        heights[:, l] = np.ceil(255 * counts / np.maximum(counts.max(axis=1, keepdims=True), 1))
    return heights, np.stack([low, high], axis=1)


def fields(
    network: Network,
    thetas: Array,
    features: tuple[str, ...],
    standardizer: Standardizer | None,
    view: tuple[float, float, float, float],
    n: int,
    rest: Callable[[], None] = lambda: None,
) -> Array:
    """Return p(y = 1) of networks at thetas (K, P) as `field` does, (K, n, n), in float32.

    A network that overflowed says NaN there. `rest` is called now and then on the way.
    """
    with np.errstate(all="ignore"):
        singles = thetas.astype(np.float32)
        kept = 2 * n * n * max(network.sizes)
        parts = [
            field(network, block, features, standardizer, view, n).p
            for block in _blocks(singles, kept, rest)
        ]
    return np.concatenate(parts)


def _blocks(thetas: Array, kept: int, rest: Callable[[], None]) -> Iterator[Array]:
    """Yield thetas (K, P) in blocks for which `kept` numbers each stay in the cache."""
    size = max(1, _ELEMENTS // kept)
    for start in range(0, len(thetas), size):
        yield thetas[start : start + size]
        rest()
