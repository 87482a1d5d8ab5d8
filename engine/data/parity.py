"""Parity, the XOR of many bits: easy for a deep network, hard for a shallow one."""

import numpy as np

from engine.nn.types import Array


def parity(rng: np.random.Generator, samples: int, noise: float, bits: int) -> tuple[Array, Array]:
    """Return all 2^bits rows of bits, counted upwards, and the XOR of each; only bits counts.

    The first column is the most significant bit. With two bits this is the truth table of XOR.

    >>> points, labels = parity(np.random.default_rng(0), 0, 0.0, 3)
    >>> points[6].tolist(), labels.tolist()
    ([1.0, 1.0, 0.0], [0, 1, 1, 0, 1, 0, 0, 1])
    """
    places = np.arange(bits - 1, -1, -1)
    table = (np.arange(2**bits)[:, np.newaxis] >> places) & 1
    return table.astype(np.float64), np.bitwise_xor.reduce(table, axis=1).astype(np.uint8)
