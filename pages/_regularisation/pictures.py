"""What the line-up shows of a job's runs: where they decide, and what they get wrong."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.experiment.problem import Problem, load, network_of
from engine.inspection.field import field
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.lineup import Points, Reading, quantised
from pages._kit.training import cache
from pages._kit.training.job import Job

Area: TypeAlias = tuple[float, float, float, float]
"""x1 from, x1 to, x2 from, x2 to."""

GRID = 44
_TOGETHER = 4
"""So many thetas go through the network at once: their activations stay in the cache."""


class _Known:
    """The fields of a job's snapshots that have been worked out: of each run, by epoch."""

    def __init__(self, job: Job) -> None:
        self.fields: list[dict[float, Array]] = [{} for _ in job.experiments]


class Pictures:
    """A job's runs as far as they have come, with the fields of their snapshots.

    epochs (F,) are the frames; fields[k] is (F_k, G, G) uint8 and frame_epochs[k] (F_k,) says of
    run k which epoch each frame is of. A run that ended early has fewer frames than F.
    """

    def __init__(self, job: Job) -> None:
        self.job, self.version = job, job.version  # held: a cache tells jobs apart by their id
        self.runs, self.is_done = job.runs(), job.done()
        self.problem: Problem = load(self.runs[0].experiment)
        points = self.problem.points
        is_plane = points is not None and self.problem.output == "sigmoid"
        self.view = None if points is None else around(self.problem)
        longest = max(self.runs, key=lambda run: len(run.snapshots.epochs))
        self.epochs = longest.snapshots.epochs
        self.frame_epochs = [run.snapshots.epochs for run in self.runs]
        known = job.views.of(job, _Known).fields
        with cache.turn if is_plane else nullcontext():
            self.fields = [
                self._fields(run, of_run) if is_plane else None
                for run, of_run in zip(self.runs, known, strict=True)
            ]

    @property
    def points(self) -> dict[str, Points]:
        """The training and dev points in the plane, or nothing where there is no plane."""
        points = self.problem.points
        if points is None:
            return {}
        return {
            name: Points(points[samples.index], samples.y)
            for name, samples in self.problem.splits.items()
            if name in ("train", "dev")
        }

    def readings(self, position: int) -> dict[str, Reading]:
        """Return the errors of a run and the gap between them, frame by frame."""
        train, dev = errors(self.runs[position], self.frame_epochs[position])
        return {
            "Gap in points": Reading(dev - train, "points"),
            "Train error": Reading(train, "percent"),
            "Dev error": Reading(dev, "percent"),
        }

    def _fields(self, run: Run, known: dict[float, Array]) -> Array:
        """Return the fields of all snapshots; those of new ones join the known, by their epochs."""
        assert self.view is not None
        experiment, standardizer = run.experiment, self.problem.standardizer
        network, epochs = network_of(experiment), run.snapshots.epochs.tolist()
        new = [k for k, epoch in enumerate(epochs) if epoch not in known]
        with np.errstate(all="ignore"):
            thetas = run.snapshots.thetas.astype(np.float32)
            for some in _portions(new):
                cache.turn.let_others()
                features = experiment.features
                p = field(network, thetas[some], features, standardizer, self.view, GRID).p
                known |= zip((epochs[k] for k in some), quantised(p), strict=True)
        return np.stack([known[epoch] for epoch in epochs])


def around(problem: Problem) -> Area:
    """Return the square part of the plane that the training and dev points lie in, with a margin.

    Closer than a data set's own view: what matters here are the bends between single points.
    """
    assert problem.points is not None
    seen = problem.points[np.concatenate([problem.train.index, problem.dev.index])]
    low, high = seen.min(axis=0), seen.max(axis=0)
    middle, half = (low + high) / 2, 0.54 * max(float((high - low).max()), 1e-3)
    (x1_from, x2_from), (x1_to, x2_to) = middle - half, middle + half
    return float(x1_from), float(x1_to), float(x2_from), float(x2_to)


def errors(run: Run, epochs: Array) -> tuple[Array, Array]:
    """Return the shares of train and dev samples that a run got wrong after some of its epochs."""
    history = run.history
    rows = np.searchsorted(history["epoch"], epochs)
    train, dev = (1 - history[f"{split}_accuracy"][rows] for split in ("train", "dev"))
    return train, dev


class Errors(NamedTuple):
    """The shares of the training and the dev samples that a network gets wrong."""

    train: float
    dev: float


def final_errors(run: Run) -> Errors:
    """Return the errors of the network that a run hands over."""
    return Errors(1 - run.final("train_accuracy"), 1 - run.final("dev_accuracy"))


def _portions(which: Sequence[int]) -> list[Sequence[int]]:
    return [which[start : start + _TOGETHER] for start in range(0, len(which), _TOGETHER)]


def shared_pictures(job: Job) -> Pictures:
    """Return what the line-up shows of a job as far as it has come; shared by all."""
    return job.views.of(job, Pictures, job.version)
