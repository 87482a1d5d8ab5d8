"""Mean loss and accuracy of samples whose logits come a few columns at a time."""

import math

import numpy as np

from engine.nn.losses import Loss
from engine.nn.memory import aligned_empty
from engine.nn.types import Array

_ELEMENTS = 2**14
"""Logits that are collected before they are scored: few enough for the cache."""


class RunningMeans:
    """Adds up the losses and the right answers of pieces (..., n_y, k) of at most m columns.

    Small pieces are only copied, and scored many at a time: the functions of a loss take as long
    for ten columns as for a thousand.

    >>> from engine.nn.losses import LOSSES
    >>> tally = RunningMeans(LOSSES["sigmoid"], (1,), 2, np.dtype(np.float64))
    >>> for z, y in ((2.0, 1.0), (2.0, 0.0)):
    ...     tally.add(np.array([[z]]), np.array([[y]]))
    >>> cost, accuracy = tally.means()
    >>> round(float(cost), 6), float(accuracy)  # log(1 + e^2) - 2/2
    (1.126928, 0.5)
    """

    def __init__(
        self, loss: Loss, shape: tuple[int, ...], m: int, dtype: np.dtype[np.floating]
    ) -> None:
        *lead, self._n_y = shape
        self._loss, self._shape, self._dtype = loss, shape, dtype
        self._width = max(1, min(m, _ELEMENTS // math.prod(shape)))
        self._waiting, self._columns = 0, 0
        self._cost, self._correct = np.zeros(lead), np.zeros(lead)
        self._Z: Array | None = None

    def add(self, Z: Array, Y: Array) -> None:
        """Count the columns of Z (..., n_y, k), the logits, and Y (..., n_y, k), the targets."""
        k = Z.shape[-1]
        self._columns += k
        if k >= self._width:
            self._score(Z, Y)
            return
        if self._Z is None:
            self._Z, self._Y = (
                aligned_empty((*self._shape, self._width), self._dtype) for _ in range(2)
            )
        if self._waiting + k > self._width:
            self._settle()
        end = self._waiting + k
        self._Z[..., self._waiting : end] = Z
        self._Y[..., self._waiting : end] = Y
        self._waiting = end

    def means(self) -> tuple[Array, Array]:
        """Return mean loss and accuracy (0 to 1) so far, each (...,); NaN without samples."""
        self._settle()
        m = self._columns or np.nan
        return self._cost / m, self._correct / m

    def _settle(self) -> None:
        if self._waiting and self._Z is not None:
            self._score(self._Z[..., : self._waiting], self._Y[..., : self._waiting])
        self._waiting = 0

    def _score(self, Z: Array, Y: Array) -> None:
        classes = np.arange(self._n_y, dtype=Y.dtype)
        labels = classes @ Y if self._n_y > 1 else Y[..., 0, :]
        self._cost += self._loss.loss(Z, Y).sum(axis=-1)
        self._correct += self._loss.correct(Z, labels).sum(axis=-1)
