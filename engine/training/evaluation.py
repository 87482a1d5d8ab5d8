"""How good a network is on a set of samples, in blocks that bound memory."""

import math
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

import numpy as np

from engine.data.samples import Samples
from engine.nn.losses import LOSSES
from engine.nn.memory import aligned_empty
from engine.nn.network import Network, Pass
from engine.nn.stops import to_end
from engine.nn.types import Array
from engine.training.running_means import RunningMeans

_ELEMENTS = 2**17
"""Numbers in the widest layer of one block: small enough for the cache, large enough for BLAS."""

_COLUMNS = 256
"""Samples in a block from where on wider ones are no faster."""


class Score(NamedTuple):
    """The mean cost and the share of right answers of each replica."""

    cost: Array
    accuracy: Array


def evaluate(network: Network, theta: Array, samples: Samples) -> Score:
    """Return the mean loss and the accuracy (0 to 1) on samples, each of shape theta.shape[:-1].

    No penalty is added and no unit is dropped. Without samples both are NaN.
    """
    return to_end(evaluate_in_parts(network, theta, samples, samples.m))


def evaluate_in_parts(
    network: Network, theta: Array, samples: Samples, most: int
) -> Generator[None, None, Score]:
    """Do the same, and stop on the way whenever about so many samples have been looked at."""
    lead = theta.shape[:-1]
    if not samples.m:
        return Score(np.full(lead, np.nan), np.full(lead, np.nan))
    flat = theta.reshape(-1, theta.shape[-1])
    # So few networks at a time that their block stays in the cache, always in the same arrays.
    few = max(1, _ELEMENTS // (2 * max(network.sizes) * min(samples.m, _COLUMNS)))
    few = min(few, len(flat))
    held = aligned_empty((few, flat.shape[1]), theta.dtype)
    # A single network is faster without replica axes.
    looked_at = held[0] if few == 1 else held
    shape, loss = (*looked_at.shape[:-1], network.sizes[-1]), LOSSES[network.output]
    groups = [flat[start : start + few] for start in range(0, len(flat), few)]
    tallies = [RunningMeans(loss, shape, samples.m, samples.dtype) for _ in groups]
    held[...] = groups[0]
    pause = most
    for positions, X, way in blocks(network, looked_at, samples):
        if positions.start >= pause:
            pause = positions.start + most
            yield
        Y = samples.targets(positions).T
        for group, tally in zip(groups, tallies, strict=True):
            if len(groups) > 1:
                held[: len(group)] = group  # the last may be fewer: then others stay in place
            tally.add(way.logits(X), Y)
    means = [np.ravel(tally.means()).reshape(2, few) for tally in tallies]
    cost, accuracy = np.concatenate(means, axis=1)[:, : len(flat)]
    return Score(cost.reshape(lead), accuracy.reshape(lead))


def logits(
    network: Network, theta: Array, samples: Samples, rest: Callable[[], None] = lambda: None
) -> Array:
    """Return Z[L] (n_L, m) of all samples for one theta (P,); the largest is the class read.

    `rest` is called now and then on the way.
    """
    Z = np.empty((network.sizes[-1], samples.m), samples.dtype)
    for positions, X, way in blocks(network, theta, samples):
        rest()
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
