"""Which samples excite each unit of a network most."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.data.samples import Samples
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.evaluation import blocks


class Excited(NamedTuple):
    """The samples with the largest z at each of a layer's n units, the largest first.

    positions and Z are (n, k). Sums are compared, not activations: every g here grows with z, but
    it may round to the same number for many samples, as a saturated sigmoid does.
    """

    positions: Array
    Z: Array


def excited(
    network: Network,
    theta: Array,
    samples: Samples,
    k: int,
    rest: Callable[[], None] = lambda: None,
) -> list[Excited]:
    """Return for each layer 1 .. L and each of its units the k samples that excite it most.

    theta is (P,). Fewer than k samples are all returned. A NaN comes after every number. `rest`
    is called now and then on the way.
    """
    found = [
        Excited(np.empty((n, 0), np.intp), np.empty((n, 0), samples.dtype))
        for n in network.sizes[1:]
    ]
    for positions, X, way in blocks(network, theta, samples):
        rest()
        numbers = np.arange(positions.start, positions.stop)
        found = [
            _merged(before, numbers, Z, k)
            for before, Z in zip(found, way.forward(X).Z[1:], strict=True)
        ]
    return found


def _merged(before: Excited, numbers: Array, Z: Array, k: int) -> Excited:
    """Return the k largest of those before and a block's sums Z (n, width)."""
    if Z.shape[1] > k:
        leading = np.argpartition(-Z, k - 1, axis=1)[:, :k]
        leading.sort(axis=1)  # so that equal sums stay in the order of the samples
        numbers, Z = numbers[leading], np.take_along_axis(Z, leading, axis=1)
    positions = np.hstack([before.positions, np.broadcast_to(numbers, Z.shape)])
    sums = np.hstack([before.Z, Z])
    order = np.argsort(-sums, axis=1, kind="stable")[:, :k]
    return Excited(
        np.take_along_axis(positions, order, axis=1), np.take_along_axis(sums, order, axis=1)
    )
