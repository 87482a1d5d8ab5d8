"""What is known of a training after each epoch: its curves, and what came of each replica."""

import copy
import math
from collections.abc import Generator
from typing import NamedTuple

import numpy as np

from engine.experiment.problem import Problem
from engine.nn.network import Network
from engine.nn.regularization import Penalty
from engine.nn.types import Array
from engine.training.early_stopping import NEVER, EarlyStopping
from engine.training.evaluation import evaluate_in_parts

ROUNDING = 16
"""A dev cost has a new minimum when it is less by more than so many units of rounding."""


class Epochs(NamedTuple):
    """k epochs that are over: their numbers and steps (k,), counted from the start, and the theta
    at the end of each (k, ..., P)."""

    epochs: Array
    steps: Array
    thetas: Array


class Progress:
    """The curves of a training, what it keeps, and where each replica ended; shapes (...,).

    kept (..., P)  what each replica hands over: theta at the end of its last epoch with finite
                   numbers or, with early stopping, of its epoch with the least dev cost
    diverged_at    the epoch in which each replica left the finite numbers, or NEVER
    """

    def __init__(self, problem: Problem, network: Network, theta: Array, patience: Array) -> None:
        self._network = network
        self._sets = problem.evaluated
        self._samples = sum(part.m for part in self._sets.values())
        self.kept = theta.copy()
        self.diverged_at = np.full(patience.shape, NEVER)
        self._stopping = EarlyStopping(patience, ROUNDING * float(np.finfo(theta.dtype).eps))

    @property
    def stopped_at(self) -> Array:
        """The epoch in which early stopping ended each replica, or NEVER."""
        return self._stopping.stopped_at

    @property
    def best_epoch(self) -> Array:
        """Each replica's epoch with the least dev cost, NEVER without early stopping."""
        return self._stopping.best_epoch

    @property
    def is_over(self) -> bool:
        """Whether every replica has diverged or been stopped."""
        return bool(((self.diverged_at != NEVER) | (self.stopped_at != NEVER)).all())

    def fork(self) -> "Progress":
        """Return the same from here on, which goes on by itself."""
        twin = copy.copy(self)
        twin.kept, twin.diverged_at = self.kept.copy(), self.diverged_at.copy()
        twin._stopping = copy.deepcopy(self._stopping)
        return twin

    def resume(self, patience: Array) -> None:
        """Go on with another patience; what was stopped goes on as well."""
        self._stopping.resume(patience)

    def take_in(
        self, over: Epochs, penalty: Penalty | None, parts: int = 0
    ) -> Generator[None, None, dict[str, Array]]:
        """Evaluate epochs that are over, all at once, as replicas: return name -> (k, ...).

        It stops about `parts` times on the way.
        """
        history = yield from self._evaluated(over.thetas, penalty, parts)
        numbers = [np.isfinite(values) for values in history.values()]
        finite = np.logical_and.reduce([*numbers, np.isfinite(over.thetas).all(axis=-1)])
        if np.any(self._stopping.patience):
            self._stopping.watch(over.epochs, history["dev_cost"], finite)
        self._keep(over, finite)
        self._mark_diverged(finite, over.epochs)
        return history

    def look_at(self, theta: Array, epoch: int) -> None:
        """Note whether theta (..., P), within this epoch, has left the finite numbers."""
        finite = np.logical_and.reduce(np.isfinite(theta[None]), axis=-1)
        self._mark_diverged(finite, np.array([epoch]))

    def _evaluated(
        self, thetas: Array, penalty: Penalty | None, parts: int
    ) -> Generator[None, None, dict[str, Array]]:
        none = np.zeros(thetas.shape[:-1])
        history = {"penalty": none if penalty is None else penalty.cost(thetas)}
        most = math.ceil(self._samples / max(parts, 1))
        for name, samples in self._sets.items():
            cost, accuracy = yield from evaluate_in_parts(self._network, thetas, samples, most)
            history |= {f"{name}_cost": cost, f"{name}_accuracy": accuracy}
        return history

    def _keep(self, over: Epochs, finite: Array) -> None:
        """Remember of the thetas what each replica would hand over now."""
        good = np.logical_and.accumulate(finite & (self.diverged_at == NEVER), axis=0).sum(axis=0)
        is_patient = self._stopping.patience > 0
        chosen = np.where(is_patient, self.best_epoch - over.epochs[0], good - 1)
        for replica in np.argwhere((good > 0) & (chosen >= 0)):
            where = tuple(replica)
            self.kept[where] = over.thetas[(chosen[where], *where)]

    def _mark_diverged(self, finite: Array, epochs: Array) -> None:
        """Note each replica's first epoch (k,) whose numbers (k, ...) are not all finite."""
        is_under_way = (self.diverged_at == NEVER) & (self.stopped_at == NEVER)
        is_new = is_under_way & ~finite.all(axis=0)
        self.diverged_at = np.where(is_new, epochs[np.argmin(finite, axis=0)], self.diverged_at)
