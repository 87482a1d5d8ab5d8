"""A training by the clock: its cost after so many updates, epochs, samples, and seconds of steps.

Where batch sizes are compared it matters what is counted. An epoch of batch size B has ceil(m / B)
updates of theta, goes through m samples, and takes as many seconds as the machine needs for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.data.samples import Samples
from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.evaluation import evaluate
from engine.training.run import Recording
from engine.training.stopwatch import stopwatch_for
from engine.training.trainer import Stretch, Trainer

CLOCKS = ("updates", "epochs", "samples", "seconds")
"""What a training can be measured by: theta's updates, times through the training set, samples seen
with repetition, and seconds of the processor that so many updates take."""

PENDING_BYTES = 2**18
"""So many thetas, together, are looked at in one go, which takes a small network less time."""

TENTH = 12
"""So many looks lie between a number of steps and ten times as many."""

THETAS = 96
"""A trace has at most this many thetas."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What a training cost on its way, at K moments from its start on.

    clocks  by the name of each of CLOCKS its ascending readings (K,)
    cost    (K,), the mean loss on the training set, finite
    rows    (F,), the moments of which there is a theta
    thetas  (F, P)
    """

    clocks: Mapping[str, Array]
    cost: Array
    rows: Array
    thetas: Array

    def end(self, clock: str) -> float:
        """Return a clock's last reading, 0 if there is none."""
        readings = self.clocks[clock]
        return float(readings.max(initial=0.0))

    def reached(self, clock: str, cost: float) -> float | None:
        """Return what a clock read when the cost was first as low as that, None if it never was."""
        is_there = self.cost <= cost
        return float(self.clocks[clock][is_there.argmax()]) if is_there.any() else None


def stops(total: int) -> Array:
    """Return at which of so many steps a training is looked at: in even steps and even factors.

    The latter are the same however many steps there are, so that trainings can be compared there.

    >>> stops(4), len(stops(100_000))
    (array([0, 1, 2, 3, 4]), 89)
    """
    even = np.linspace(0, total, 33)
    factors = 10 ** np.arange(0, np.log10(max(total, 1)), 1 / TENTH)
    return np.unique(np.rint(np.concatenate([even, factors])).astype(int))


class Timed(Recording):
    """A training of one experiment of which a trace is kept: it is looked at within epochs as well.

    `most` is how many thetas the trace has at most.
    """

    def __init__(self, experiment: Experiment, most: int = THETAS) -> None:
        super().__init__(experiment, most_snapshots=2)
        self.experiment = experiment
        self._stops = stops(effort.steps(experiment))
        chosen = np.linspace(0, len(self._stops) - 1, min(most, len(self._stops)))
        self._kept = self._stops[np.rint(chosen).astype(int)]
        self._stopwatch = stopwatch_for(experiment)
        self._looked_at = -1
        self._looks: dict[int, float] = {}
        self._pending: list[tuple[int, Array]] = []
        self._seen: tuple[Network, Samples] | None = None
        self._thetas_at: dict[int, Array] = {}
        self._whole: Trace | None = None

    def go_on(self) -> None:
        """Train for a stretch, or take a lap."""
        if self.begun and not self._stopwatch.is_known:
            self._stopwatch.take_lap()
        else:
            super().go_on()

    def trace(self) -> Trace:
        """Return the trace as far as the training has come."""
        trace = self._whole or self._traced()
        if self.finished and self._whole is None:
            self._whole = trace
            self._thetas_at.clear()  # which the trace holds
        return trace

    def _traced(self) -> Trace:
        self._evaluate()
        (run,) = self.runs()
        experiment, m = self.experiment, self._m
        each = -(-m // effort.batch_size(experiment))
        at_ends = zip(run.history["epoch"] * each, run.history["train_cost"], strict=True)
        costs = {int(step): float(cost) for step, cost in at_ends} | self._looks
        last = run.history["epoch"][-1:] * each if run.diverged_at is not None else None
        steps = np.array([step for step in sorted(costs) if last is None or step <= last], int)
        clocks = {
            "updates": steps.astype(float),
            "epochs": steps / each,
            "samples": steps // each * float(m) + steps % each * effort.batch_size(experiment),
            "seconds": steps * self._stopwatch.seconds,
        }
        rows = np.array(
            [k for k, step in enumerate(steps.tolist()) if step in self._thetas_at], int
        )
        thetas = [self._thetas_at[int(steps[k])] for k in rows]
        none = np.empty((0, run.theta.size), run.theta.dtype)
        cost = np.array([costs[step] for step in steps.tolist()])
        return Trace(clocks, cost, rows, np.stack(thetas) if thetas else none)

    @property
    def _m(self) -> int:
        return training_size(self.experiment)

    def _new_trainer(self) -> Trainer:
        return Trainer(self.experiment, is_tallied=False)

    def _advance(self, trainer: Trainer) -> Stretch | None:
        later = self._stops[self._stops > trainer.step]
        stretch = trainer.advance(int(later[0]) - trainer.step if len(later) else None)
        if stretch is not None:
            self._look_at(trainer, stretch)
        return stretch

    def _look_at(self, trainer: Trainer, stretch: Stretch) -> None:
        step = stretch.step
        if step <= self._looked_at or step not in self._stops or trainer.has_diverged:
            return  # perhaps the start, looked at once more
        self._looked_at = step
        if not len(stretch.steps) or stretch.steps[-1] != step:
            self._seen = trainer.network, trainer.problem.evaluated["train"]
            self._pending.append((step, trainer.theta.copy()))
            if len(self._pending) * trainer.theta.nbytes > PENDING_BYTES:
                self._evaluate()
        if step in self._kept:
            self._thetas_at[step] = trainer.theta.copy()

    def _evaluate(self) -> None:
        """Look at all that is pending, at once."""
        if not self._pending:
            return
        assert self._seen is not None
        with np.errstate(all="ignore"):
            costs = evaluate(
                self._seen[0], np.stack([theta for _, theta in self._pending]), self._seen[1]
            ).cost
        found = zip((step for step, _ in self._pending), costs.tolist(), strict=True)
        self._looks |= {step: cost for step, cost in found if np.isfinite(cost)}
        self._pending.clear()
