"""How far the gradient of a mini-batch lies from that of the whole training set, at one theta.

With g_i the gradient of sample i's loss and g = (1/m) sum of g_i, a mini-batch of B samples drawn
without replacement has the mean gradient g, and around it

    E ||g_B - g||^2 = (S / B) (m - B) / (m - 1),    S = (1/m) sum of ||g_i||^2 - ||g||^2

(Cochran, Sampling Techniques, 1977, theorem 2.2): as good as S / B while B is much less than m,
and 0 where the batch is the whole set.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.data.samples import Samples
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.evaluation import blocks

DRAWS, FEWEST = 32, 4
"""So many mini-batches of each size are drawn; of large ones not so many, and at least a few."""

MOST_SAMPLES = 2**15
"""So many samples, in all mini-batches of a size together, are gone through."""


@dataclass(frozen=True, eq=False)
class Noise:
    """Deviations of the gradient for K batch sizes: root mean squares, each (K,).

    measured over some mini-batches, exact over all there are; `norm` is the length of g.
    """

    sizes: Array
    measured: Array
    exact: Array
    norm: float


def deviation(spread: float, size: Array | int, m: int) -> Array:
    """Return the root of E ||g_B - g||^2 for batches of so many of m samples; `spread` is S.

    >>> deviation(4.0, np.array([1, 4, 16]), 16).round(3).tolist()
    [2.0, 0.894, 0.0]
    """
    root: Array = np.sqrt(spread / np.asarray(size) * (m - np.asarray(size)) / max(m - 1, 1))
    return root


def spread(
    network: Network, theta: Array, samples: Samples, rest: Callable[[], None] = lambda: None
) -> tuple[float, Array]:
    """Return S and g (P,).

    No gradient of a sample is formed: a layer's is dz a^T, whose squared length is that of dz times
    that of a, and that of its bias is dz (Goodfellow, Efficient per-example gradient computations,
    2015).
    """
    squares, total = 0.0, np.zeros(theta.size)
    for positions, X, way in blocks(network, theta, samples):
        rest()
        trace = way.forward(X)
        total += way.backward(samples.targets(positions).T, 1.0)
        for A, dZ in zip(trace.A[:-1], way.dZ, strict=True):
            squares += float((_lengths(dZ) * (_lengths(A) + 1)).sum())
    gradient = total / samples.m
    return max(squares / samples.m - float(gradient @ gradient), 0.0), gradient


def noise(
    network: Network,
    theta: Array,
    samples: Samples,
    rng: np.random.Generator,
    rest: Callable[[], None] = lambda: None,
) -> Noise:
    """Return how the gradient deviates for the batch sizes 1, 2, 4, ... up to all samples."""
    m = samples.m
    exactly, gradient = spread(network, theta, samples, rest)
    powers = 2 ** np.arange(math.ceil(math.log2(max(m, 1))) + 1)
    sizes = np.unique(np.minimum(powers, m))
    measured = []
    for size in sizes[:-1].tolist():
        draws = min(DRAWS, max(FEWEST, MOST_SAMPLES // size))
        batches = (samples.select(rng.choice(m, size, replace=False)) for _ in range(draws))
        squares = [_squared_distance(network, theta, batch, gradient, rest) for batch in batches]
        measured.append(math.sqrt(np.mean(squares)))
    exact = deviation(exactly, sizes, m)
    return Noise(sizes, np.array([*measured, 0.0]), exact, float(np.linalg.norm(gradient)))


def _squared_distance(
    network: Network, theta: Array, batch: Samples, gradient: Array, rest: Callable[[], None]
) -> float:
    total = np.zeros(theta.size)
    for positions, X, way in blocks(network, theta, batch):
        rest()
        way.forward(X)
        total += way.backward(batch.targets(positions).T, 1 / batch.m)
    return float(((total - gradient) ** 2).sum())


def _lengths(columns: Array) -> Array:
    """Return the squared length of each column, in double precision."""
    lengths: Array = (columns.astype(float) ** 2).sum(axis=0)
    return lengths
