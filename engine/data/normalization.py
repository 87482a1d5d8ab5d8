"""Standardise with the training set's mean and deviation, the same numbers for every split."""

import math
from collections.abc import Generator, Iterable
from typing import NamedTuple

import numpy as np

from engine.nn.stops import to_end
from engine.nn.types import Array

_BLOCK = 1000  # images at a time: 6 MB in float64


class Standardizer(NamedTuple):
    """Hold the mean mu and the standard deviation sigma, one per feature or one for all."""

    mu: Array | float
    sigma: Array | float

    def apply(self, rows: Array) -> Array:
        """Return (rows - mu) / sigma for rows (m, n_x) of any split."""
        standardized: Array = (rows - self.mu) / self.sigma
        return standardized


def fit(rows: Array) -> Standardizer:
    """Measure each feature of rows (m, n_x): mu and sigma of shape (n_x,).

    sigma^2 = (1/m) sum of (x - mu)^2. A feature that never varies gets sigma 1, so it becomes 0,
    not 0/0; without any rows mu is 0 and sigma 1.

    >>> fit(np.array([[1.0, 5.0], [3.0, 5.0]])).apply(np.array([[5.0, 5.0]]))
    array([[3., 0.]])
    """
    if len(rows) == 0:
        return Standardizer(np.zeros(rows.shape[1]), np.ones(rows.shape[1]))
    # Compared as stored: the computed deviation of 0.1, 0.1, 0.1 is about 1e-17, not 0.
    is_constant = (rows == rows[0]).all(axis=0)
    mu = np.where(is_constant, rows[0], rows.mean(axis=0))
    sigma = np.where(is_constant, 1.0, rows.std(axis=0))
    return Standardizer(mu, sigma)


def fit_images(rows: Array, index: Array | None = None) -> Standardizer:
    """Measure all pixels of rows (m, 784) uint8 together: one mu, one sigma, in units of x / 255.

    ``index`` picks rows, by number or by a mask (m,), without copying them all. One pair of
    numbers keeps the background one grey; sigma is 1 where no pixel varies.
    """
    return to_end(fit_image_sets([(rows, index)]))


def fit_image_sets(
    sets: Iterable[tuple[Array, Array | None]],
) -> Generator[None, None, Standardizer]:
    """Measure several sets of images, each given as for `fit_images`, as if they were one.

    It stops on the way after every 1,000 images.
    """
    total = squares = count = 0
    for rows, index in sets:
        if index is not None and index.dtype == bool:
            index = np.flatnonzero(index)
        images = len(rows) if index is None else len(index)
        for start in range(0, images, _BLOCK):
            block = slice(start, start + _BLOCK)
            levels = rows[block if index is None else index[block]].astype(np.float64).ravel()
            # Whole numbers below 2^53, so float64 adds them up exactly.
            total += int(levels.sum())
            squares += int(levels @ levels)
            yield
        count += images * rows.shape[1]
    count = max(count, 1)
    spread = count * squares - total**2  # count^2 times the variance, exact: nothing cancels
    sigma = math.sqrt(spread) / count / 255 if spread > 0 else 1.0
    return Standardizer(total / count / 255, sigma)
