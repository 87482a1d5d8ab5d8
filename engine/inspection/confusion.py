"""Which classes a classifier takes for which."""

from dataclasses import dataclass

import numpy as np

from engine.nn.intervals import Interval, wilson
from engine.nn.types import Array


@dataclass(frozen=True, eq=False)
class Confusion:
    """counts (k, k): how many samples of class i were read as class j stand in row i, column j."""

    counts: Array

    @property
    def m(self) -> int:
        """How many samples were counted."""
        return int(self.counts.sum())

    @property
    def wrong(self) -> int:
        """How many of them were misread."""
        return self.m - int(self.correct.sum())

    @property
    def sizes(self) -> Array:
        """How many samples each class has, (k,)."""
        sizes: Array = self.counts.sum(axis=1)
        return sizes

    @property
    def correct(self) -> Array:
        """How many samples of each class were read right, (k,)."""
        return np.diagonal(self.counts)

    @property
    def shares(self) -> Array:
        """What share of its row each count is, (k, k); 0 in the row of a class without samples."""
        return self.counts / np.maximum(self.sizes, 1)[:, None]

    def interval(self, z: float = 1.96) -> Interval:
        """Return Wilson's interval of each class's accuracy, (k,) each; see `wilson`."""
        return wilson(self.correct, self.sizes, z)

    def most_common(self) -> list[tuple[int, int]]:
        """Return the confusion that happens most often, as (true class, what it is read as).

        Several if they are equally common, in reading order; none if nothing is misread.
        """
        misread = self.counts * (1 - np.eye(len(self.counts), dtype=int))
        if not misread.any():
            return []
        return [(int(i), int(j)) for i, j in np.argwhere(misread == misread.max())]


def confusion(labels: Array, predictions: Array, classes: int) -> Confusion:
    """Count pairs of true and predicted class numbers, both (m,), below `classes`.

    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).counts
    array([[1, 1],
           [0, 1]])
    """
    pairs = labels.astype(np.intp) * classes + predictions
    return Confusion(np.bincount(pairs, minlength=classes**2).reshape(classes, classes))
