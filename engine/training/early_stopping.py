"""Early stopping: training ends when the dev cost has stopped falling, and the best is kept."""

import numpy as np

from engine.nn.types import Array

NEVER = -1
"""Stands for an epoch that has not come."""


class EarlyStopping:
    """Watch the dev cost of every replica, and say when its patience is over.

    patience has one whole number per replica, shape (...,); 0 never stops. `best_epoch` is the
    epoch with the least dev cost so far, `stopped_at` the epoch in which there had been no new
    minimum for `patience` epochs; both (...,), NEVER until they come. (Prechelt 1998, criterion UP
    without strips: every epoch counts.) A cost that is less by no more than the share `rounding`
    is no new minimum: on a plateau the noise of rounding must not decide.

    >>> stopping = EarlyStopping(np.array(2))
    >>> costs = np.array([0.7, 0.5, 0.6, 0.5, 0.1])
    >>> stopping.watch(np.arange(5), costs, np.isfinite(costs))
    >>> int(stopping.best_epoch), int(stopping.stopped_at)
    (1, 3)
    """

    def __init__(self, patience: Array, rounding: float = 0.0) -> None:
        self.patience, self._rounding = patience, rounding
        self.best_epoch = np.full(patience.shape, NEVER)
        self.stopped_at = np.full(patience.shape, NEVER)
        self._best_cost = np.full(patience.shape, np.inf)

    def watch(self, epochs: Array, cost: Array, finite: Array) -> None:
        """Take note of the dev costs (k, ...) after the epochs (k,).

        finite (k, ...) tells whose numbers were all finite; a replica is left alone from its first
        bad epoch on.
        """
        sound = np.logical_and.accumulate(finite, axis=0)
        for epoch, now, is_sound in zip(epochs, cost, sound, strict=True):
            is_active = is_sound & (self.patience > 0) & (self.stopped_at == NEVER)
            is_best = is_active & (now < (1 - self._rounding) * self._best_cost)
            self._best_cost = np.where(is_best, now, self._best_cost)
            self.best_epoch = np.where(is_best, epoch, self.best_epoch)
            is_over = is_active & (epoch - self.best_epoch >= self.patience)
            self.stopped_at = np.where(is_over, epoch, self.stopped_at)

    def resume(self, patience: Array) -> None:
        """Go on with another patience; what was stopped goes on as well."""
        self.patience = patience
        self.stopped_at = np.full(patience.shape, NEVER)
