"""How good a network is on a set of samples, in blocks that bound memory."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.losses import LOSSES
from engine.memory import aligned_copy, aligned_empty
from engine.network import Network, Pass
from engine.samples import Samples
from engine.types import Array

_ELEMENTS = 2**17
"""Numbers in the widest layer of one block: small enough for the cache, large enough for BLAS."""


def evaluate(network: Network, theta: Array, samples: Samples) -> tuple[Array, Array]:
    """Return the mean loss and the accuracy (0 to 1) on samples, each of shape theta.shape[:-1].

    No penalty is added and no unit is dropped. Without samples both are NaN.
    """
    lead = theta.shape[:-1]
    if not samples.m:
        return np.full(lead, np.nan), np.full(lead, np.nan)
    if math.prod(lead) == 1 and lead:  # a single network is faster without replica axes
        cost, accuracy = evaluate(network, aligned_copy(theta.reshape(-1), theta.dtype), samples)
        return cost.reshape(lead), accuracy.reshape(lead)
    cost, correct = np.zeros(lead), np.zeros(lead)
    loss = LOSSES[network.output]
    for positions, X, way in blocks(network, theta, samples):
        Z, Y = way.logits(X), samples.targets(positions).T
        cost += loss.loss(Z, Y).sum(axis=-1)
        correct += loss.correct(Z, samples.classes(positions)).sum(axis=-1)
    return cost / samples.m, correct / samples.m


def logits(network: Network, theta: Array, samples: Samples) -> Array:
    """Return Z[L] (n_L, m) of all samples for one theta (P,); the largest is the class read."""
    Z = np.empty((network.sizes[-1], samples.m), samples.dtype)
    for positions, X, way in blocks(network, theta, samples):
        Z[:, positions] = way.logits(X)
    return Z


class Block(NamedTuple):
    """Consecutive samples: which, their inputs X (n_0, k), and the pass to send them through.

    X and what the pass returns are overwritten by the next block.
    """

    positions: slice
    X: Array
    way: Pass


def blocks(network: Network, theta: Array, samples: Samples) -> Iterator[Block]:
    """Yield all samples in blocks that stay in the cache while a network at theta looks at them."""
    lead = theta.shape[:-1]
    widest = max(network.sizes[0], max(network.sizes[1:]) * max(math.prod(lead), 1))
    width = min(samples.m, max(32, _ELEMENTS // widest // 32 * 32))
    raw = aligned_empty((width, network.sizes[0]), samples.rows.dtype)
    rows = aligned_empty((width, network.sizes[0]), samples.dtype)
    way = Pass(network, theta, (*lead, width))
    for start in range(0, samples.m, max(width, 1)):
        positions = slice(start, min(start + width, samples.m))
        k = positions.stop - start
        if k < width:
            way = Pass(network, theta, (*lead, k))
        yield Block(positions, samples.gather(positions, raw[:k], rows[:k]).T, way)
