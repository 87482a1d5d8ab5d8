"""Arrays that start on a cache line, which BLAS and NumPy read faster than others."""

import math
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from engine.nn.types import Array

_LINE = 64
"""Bytes in a cache line. NumPy aligns to 16, so that every AVX-512 load would straddle two."""


def aligned_empty(shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
    """Return an uninitialised C-ordered array whose first byte lies on a cache line.

    >>> aligned_empty((3, 2), np.float32).ctypes.data % 64
    0
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.empty(size + _LINE, np.uint8)
    start = -room.ctypes.data % _LINE
    return room[start : start + size].view(dtype).reshape(shape)


def aligned_copy(array: Array, dtype: npt.DTypeLike) -> Array:
    """Return a copy, in C order, whose first byte lies on a cache line."""
    copy = aligned_empty(array.shape, dtype)
    copy[...] = array
    return copy


def side_by_side(
    shapes: Sequence[tuple[int, ...]], dtype: npt.DTypeLike
) -> tuple[Array, list[Array]]:
    """Return an uninitialised flat array, aligned, and its parts: one C-ordered view per shape.

    >>> whole, (first, second) = side_by_side([(2, 3), (4,)], np.float64)
    >>> whole[:] = range(10)
    >>> first.tolist(), second.tolist()
    ([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], [6.0, 7.0, 8.0, 9.0])
    """
    sizes = [math.prod(shape) for shape in shapes]
    whole = aligned_empty((sum(sizes),), dtype)
    ends = zip(shapes, sizes, accumulate(sizes), strict=True)
    return whole, [whole[end - size : end].reshape(shape) for shape, size, end in ends]
