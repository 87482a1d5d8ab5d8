"""Which of two classes a network names, and from where on a number is nothing but rounding."""

import numpy as np

from engine.nn.types import Array

ZERO = 1e-12
"""What is smaller counts as zero: a logit is a tie then, and a number is written as 0.

Sums of numbers of about 1 that should cancel leave up to some 1e-15 in float64, and a training that
comes to rest at 0 some 1e-14. Above, a number can still be told from zero.
"""

ROUNDING_UNITS = 64
"""A sum counts as zero as well if it is at most so many units of rounding of what was added up."""


def names_one(Z: Array) -> Array:
    """Return where logits name class 1: above zero. A tie, p = 1/2, counts as class 0.

    >>> names_one(np.array([-1.0, 0.1 + 0.2 - 0.3, 0.0, 1e-9]))  # 0.1 + 0.2 - 0.3 = 5.6e-17
    array([False, False, False,  True])
    """
    above: Array = np.greater(Z, ZERO)
    return above


def ties(Z: Array, size: Array) -> Array:
    """Return where logits are zero but for rounding.

    `size` is the sum of the absolute values of the terms that made each: float32 leaves some 1e-7
    of it where they should cancel.

    >>> terms = np.array([[1.1, 2.2, -3.3], [1.1, 2.2, -3.3001]], np.float32)
    >>> Z = terms.sum(axis=1)
    >>> (Z == 0).tolist(), ties(Z, np.abs(terms).sum(axis=1)).tolist()
    ([False, False], [True, False])
    """
    noise = np.maximum(ZERO, ROUNDING_UNITS * np.finfo(Z.dtype).eps * size)
    near: Array = (np.abs(Z) <= noise) & np.isfinite(noise)  # what overflowed is no tie
    return near
