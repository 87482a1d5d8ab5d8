"""Parity, the XOR of many bits: easy for a deep network, hard for a shallow one."""

import numpy as np

from engine.data.dataset import Dataset
from engine.nn.types import Array


def parity(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Return all 2^bits rows of bits, counted upwards, and the XOR of each; only bits counts.

    The first column is the most significant bit. With two bits this is the truth table of XOR.

    >>> points, labels = parity(np.random.default_rng(0), 0, 0.0, 3, 2)
    >>> points[6].tolist(), labels.tolist()
    ([1.0, 1.0, 0.0], [0, 1, 1, 0, 1, 0, 0, 1])
    """
    places = np.arange(bits - 1, -1, -1)
    table = (np.arange(2**bits)[:, np.newaxis] >> places) & 1
    return table.astype(np.float64), np.bitwise_xor.reduce(table, axis=1).astype(np.uint8)


PARITY = Dataset(
    name="parity",
    title="Parity",
    aim="compute parity",
    meaning="Is the number of ones odd? The XOR of many bits, every combination once.",
    classes=2,
    generate=parity,
    planar=False,
    fixed=True,
    whole=True,
    view=(0.0, 1.0),
    bayes_error=lambda noise, classes: 0.0,
)
