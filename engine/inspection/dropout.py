"""Dropout looked at afterwards: what it drew in any step, and why it divides by keep_prob."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.nn.network import Network
from engine.nn.parameters import Layout
from engine.nn.regularization import dropout_masks
from engine.nn.types import Array


class DropoutStep(NamedTuple):
    """A training step as dropout saw it.

    positions  which samples of the training set were in its mini-batch, in their order (k,)
    masks      one per hidden layer (n_l, k): 0 where a unit was off for a sample, else 1/keep_prob
    """

    positions: Array
    masks: list[Array]


def steps_per_epoch(experiment: Experiment, m: int) -> int:
    """Return how many mini-batches make an epoch of m training samples."""
    return -(-m // _size(experiment, m))


def replay(experiment: Experiment, step: int) -> DropoutStep:
    """Return what dropout drew in a training step, counted from 0, without training again.

    Every sample of the mini-batch has masks of its own. The stream of the masks is wound forward
    by as many numbers as the steps before have drawn, one per unit and sample; that of the batches
    is repeated epoch by epoch. For mini-batches of at most 4,096 samples, which the trainer works
    on in one piece.
    """
    m = load(experiment).train.m
    size = _size(experiment, m)
    epoch, place = divmod(step, steps_per_epoch(experiment, m))
    start, end = place * size, min(place * size + size, m)
    masks = stream(experiment.seed, "dropout")
    drawn = (epoch * m + start) * sum(experiment.hidden)
    masks.bit_generator.advance(drawn)  # type: ignore[attr-defined]  # of PCG64, the default
    return DropoutStep(
        _order(experiment, epoch, m)[start:end],
        dropout_masks(experiment.hidden, end - start, experiment.keep_prob, masks),
    )


def thinned(layout: Layout, theta: Array, masks: Sequence[Array]) -> Array:
    """Return the theta (P,) of a network without the units that are off, for one mask (n_l,) each.

    A mask multiplies a layer's activations, so it may as well multiply the columns of the next W:
    W[l+1] (a * mask) = (W[l+1] * mask) a. The layout stays; what is off no longer has a say.
    """
    thin = theta.copy()
    for layer, mask in zip(layout.layers(thin)[1:], masks, strict=True):
        layer.W[...] *= mask
    return thin


class Expectation(NamedTuple):
    """One unit's z in the layer after a dropped one, for one sample and K masks.

    z         (K,) with inverted dropout: W (a * mask / keep_prob) + b
    unscaled  (K,) the same without the division by keep_prob
    full      with no unit off
    expected  what `unscaled` is on average: b + keep_prob (full - b)
    """

    z: Array
    unscaled: Array
    full: float
    expected: float


def expectation(
    network: Network, theta: Array, x: Array, unit: int, keep_prob: float, masks: Array
) -> Expectation:
    """Return z of a unit of layer 2 for one sample x (n_0,) when layer 1 is dropped.

    `masks` (n_1, K) are inverted-dropout masks, as `dropout_masks` draws them. The mean over many
    masks comes to the full network's z, because the mean of mask is 1; it is so for z, which is
    linear in a, and no longer exactly so for what follows g.
    """
    a = network.forward(theta, x[:, None]).A[1][:, 0]
    W, b = network.layout.layers(theta)[1]
    w, bias = W[unit], float(b[unit, 0])
    weighted = w * a
    return Expectation(
        weighted @ masks + bias,
        weighted @ (masks * keep_prob) + bias,
        float(weighted.sum()) + bias,
        float(weighted.sum()) * keep_prob + bias,
    )


def output_over_masks(network: Network, theta: Array, x: Array, masks: Sequence[Array]) -> Array:
    """Return the output (n_L, K) for one sample x (n_0,) under K masks (n_l, K) of every layer."""
    K = masks[0].shape[-1]
    return network.forward(theta, np.repeat(x[:, None], K, axis=1), masks).A[-1]


def _size(experiment: Experiment, m: int) -> int:
    return experiment.batch_size if 0 < experiment.batch_size < m else m


def _order(experiment: Experiment, epoch: int, m: int) -> Array:
    """Return the order (m,) in which an epoch, counted from 0, goes through the training set."""
    if _size(experiment, m) == m:
        return np.arange(m)
    generator = stream(experiment.seed, "batches")
    for _ in range(epoch):
        generator.permutation(m)
    return generator.permutation(m)
