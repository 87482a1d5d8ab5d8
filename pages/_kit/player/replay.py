"""A film is a run as the player shows it: frames, which may be joined by finer or later ones."""

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem
from engine.nn.types import Array
from engine.training.run import Run, close_up
from engine.training.trainer import Trainer
from pages._kit.player import Movie, Points

_LARGEST = 1e38
"""The browser is sent float32, which ends soon after."""

CLOSE_UP = 200
"""How many mini-batches are shown one by one at a time."""


class Origin(NamedTuple):
    """Where a training began: after so many steps, with this theta; None is the initialiser's."""

    step: int
    theta: Array | None


@dataclass(frozen=True, eq=False)
class Replay:
    """The frames of a run on the plane: after `steps` mini-batches, (K,), theta was thetas (K, P).

    `origins` are the trainings that follow each other in it. `edition` counts the changes made by
    the visitor.
    """

    experiment: Experiment
    problem: Problem
    steps: Array
    thetas: Array
    history: Mapping[str, Array]
    origins: tuple[Origin, ...] = (Origin(0, None),)
    edition: int = 0
    shown_step: int | None = None

    @classmethod
    def of(cls, run: Run, problem: Problem, *, rewound: bool = False, edition: int = 0) -> "Replay":
        """Return the film of a finished run, opened at its end or, `rewound`, at its start."""
        steps = run.snapshots.epochs * _batches(run.experiment, problem)
        first = 0 if rewound else None
        return cls(
            run.experiment, problem, steps, run.snapshots.thetas, run.history,
            edition=edition, shown_step=first,
        )  # fmt: skip

    @property
    def batches(self) -> int:
        """How many mini-batches make an epoch."""
        return _batches(self.experiment, self.problem)

    def closer(
        self,
        after: int,
        rest: Callable[[], None] = lambda: None,
        marks: Callable[[Experiment, Array | None], Sequence[Trainer]] = lambda *_: (),
    ) -> "Replay":
        """Return the film with a frame at every single mini-batch after step `after`.

        `rest` is called now and then, as training is repeated up to there: from the nearest of the
        `marks` that are known of the training from a theta, or from its start.
        """
        begun, start = max(
            (origin for origin in self.origins if origin.step <= after),
            key=lambda origin: origin.step,
        )
        ends = [origin.step for origin in self.origins if origin.step > after]
        count = min([CLOSE_UP, *(end - after for end in ends)])
        steps, thetas = close_up(
            self.experiment, after - begun, count, start, rest, marks(self.experiment, start)
        )
        fine = steps + begun
        keep = ~np.isin(self.steps, fine)
        all_steps = np.concatenate([self.steps[keep], fine])
        order = np.argsort(all_steps, kind="stable")
        merged = np.concatenate([self.thetas[keep], thetas])[order]
        return dataclasses.replace(
            self,
            steps=all_steps[order],
            thetas=merged,
            edition=self.edition + 1,
            shown_step=min(after + 1, int(fine[-1])),
        )

    def branched(self, theta: Array, step: int, run: Run) -> "Replay":
        """Return what came before `step`, and from there on the run that began with `theta`."""
        step = step // self.batches * self.batches  # a run counts in whole epochs
        before = self.steps < step
        past = self.history["epoch"] < step / self.batches
        later = run.snapshots.epochs * self.batches + step
        history = {
            name: np.concatenate([values[past], _later(name, run.history, step / self.batches)])
            for name, values in self.history.items()
        }
        return dataclasses.replace(
            self,
            steps=np.concatenate([self.steps[before], later]),
            thetas=np.concatenate([self.thetas[before], run.snapshots.thetas]),
            history=history,
            origins=(
                *(origin for origin in self.origins if origin.step < step),
                Origin(step, theta),
            ),
            edition=self.edition + 1,
            shown_step=step,
        )

    def opened_at(self, epoch: float) -> "Replay":
        """Return the film, opened at the frame nearest to an epoch."""
        return dataclasses.replace(self, shown_step=int(self.steps[self.frame_at(epoch)]))

    def frame_at(self, epoch: float | None) -> int:
        """Return the number of the frame nearest to an epoch; None is where the film opens."""
        if epoch is None and self.shown_step is not None:
            return self._frame_of(self.shown_step)
        if epoch is None or math.isinf(epoch):
            return len(self.steps) - 1
        return int(np.abs(self.steps - epoch * self.batches).argmin())

    def movie(self, title: str) -> Movie:
        """Return what the browser is sent; the version names experiment and edition."""
        standardizer, points = self.problem.standardizer, self.problem.points
        assert points is not None
        return Movie(
            version=f"{self.experiment!r}#{self.edition}",
            sizes=self.problem.network(self.experiment).sizes,
            activation=self.experiment.activation,
            features=self.experiment.features,
            thetas=np.clip(self.thetas, -_LARGEST, _LARGEST),
            steps=self.steps,
            epochs=self.steps / self.batches,
            view=view(self.experiment, points),
            points={
                name: Points(points[samples.index], samples.y)
                for name, samples in self.problem.splits.items()
            },
            history={name: np.minimum(v, _LARGEST) for name, v in self.history.items()},
            mean=None if standardizer is None else _numbers(standardizer.mu),
            deviation=None if standardizer is None else _numbers(standardizer.sigma),
            batches_per_epoch=self.batches,
            start_frame=None if self.shown_step is None else self._frame_of(self.shown_step),
            title=title,
        )

    def _frame_of(self, step: int) -> int:
        return int(np.abs(self.steps - step).argmin())


def _numbers(of_features: Array | float) -> tuple[float, ...]:
    return tuple(map(float, np.atleast_1d(of_features)))


def view(experiment: Experiment, points: Array) -> tuple[float, float, float, float]:
    """Return the part of the plane to draw: the data set's own, widened to hold every point."""
    low, high = experiment.data.view
    if len(points):
        margin = 0.1 * max(1.0, float(np.ptp(points)))
        low = min(low, float(points.min()) - margin)
        high = max(high, float(points.max()) + margin)
    return (low, high, low, high)


def _batches(experiment: Experiment, problem: Problem) -> int:
    m = problem.train.m
    size = experiment.batch_size if 0 < experiment.batch_size < m else m
    return -(-m // size)


def _later(name: str, history: Mapping[str, Array], epochs: float) -> Array:
    values = history[name]
    return values + epochs if name == "epoch" else values
