"""A job's runs as frames, computed once for all who look, as far as the job has come."""

import threading
from dataclasses import dataclass

import numpy as np

from engine.diagnosis.verdicts import Verdict, samples, verdict_on
from engine.experiment.problem import load
from engine.inspection.layer_statistics import LayerStatistics, fields, joined, layer_statistics
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.lineup import quantised
from pages._kit.player import replay
from pages._kit.training import cache
from pages._kit.training.job import Job
from pages._kit.training.visitor import heedful

SIDE = 40
"""Cells along each side of a decision field."""


@dataclass(frozen=True, eq=False)
class Frames:
    """What is drawn of one run at each of its F frames; fields is (F, 0, 0) without a plane."""

    fields: Array
    statistics: LayerStatistics

    def part(self, which: slice) -> "Frames":
        """Return some of the frames."""
        return Frames(
            self.fields[which], LayerStatistics(*(array[which] for array in self.statistics))
        )

    def followed_by(self, later: "Frames") -> "Frames":
        """Return these frames and later ones."""
        fields = np.concatenate([self.fields, later.fields])
        return Frames(fields, joined([self.statistics, later.statistics]))


@dataclass(frozen=True, eq=False)
class Picture:
    """A job as far as it had come at some version: its runs, their verdicts and frames.

    Frame k of every run is the network after epoch `epochs`[k]; a run that ended early has fewer.
    """

    version: int
    runs: list[Run]
    verdicts: list[Verdict]
    epochs: Array
    frames: list[Frames]


class Gallery:
    """The pictures of a job of experiments that differ in nothing that decides their shape."""

    def __init__(self, job: Job) -> None:
        self.job = job
        first = job.experiments[0]
        self.problem = load(first)
        self.network = self.problem.network(first)
        points = self.problem.points
        self.view = None if points is None else replay.view(first, points)
        self._X, self._Y = samples(self.problem)
        self._lock = threading.Lock()
        self._known: list[Frames | None] = [None] * len(job.experiments)
        self._seen: Picture | None = None

    def look(self) -> Picture:
        """Return the job as far as it has come; only new frames are computed."""
        with heedful(self._lock):
            version = self.job.version
            if self._seen is None or self._seen.version != version:
                self._seen = self._picture(version)
            return self._seen

    def _picture(self, version: int) -> Picture:
        runs = self.job.runs()
        # Those that diverged have a last frame between the planned ones, so others set the pace.
        pace = max(runs, key=lambda run: (run.diverged_at is None, len(run.snapshots.epochs)))
        epochs = pace.snapshots.epochs
        counts = [_in_step(run.snapshots.epochs, epochs) for run in runs]
        known = self._up_to(runs, counts)
        frames = [drawn.part(slice(count)) for drawn, count in zip(known, counts, strict=True)]
        return Picture(version, runs, [verdict_on(run) for run in runs], epochs, frames)

    def _up_to(self, runs: list[Run], counts: list[int]) -> list[Frames]:
        """Return as many frames of each run as are wanted; the new ones are computed at once."""
        begins = [0 if drawn is None else len(drawn.fields) for drawn in self._known]
        thetas = [
            run.snapshots.thetas[begin:count]
            for run, begin, count in zip(runs, begins, counts, strict=True)
        ]
        if any(map(len, thetas)):
            new, at = self._frames(np.concatenate(thetas)), 0
            for k, part in enumerate(thetas):
                later, before = new.part(slice(at, at + len(part))), self._known[k]
                self._known[k] = later if before is None else before.followed_by(later)
                at += len(part)
        return [drawn for drawn in self._known if drawn is not None]

    def _frames(self, thetas: Array) -> Frames:
        rest = cache.turn.let_others
        with cache.turn:
            seen = layer_statistics(self.network, thetas, self._X, self._Y, rest)
            if self.view is None:
                return Frames(np.empty((len(thetas), 0, 0), np.uint8), seen)
            features, standardizer = self.job.experiments[0].features, self.problem.standardizer
            p = fields(self.network, thetas, features, standardizer, self.view, SIDE, rest)
            return Frames(quantised(p), seen)


def _in_step(mine: Array, theirs: Array) -> int:
    """Return how many leading epochs two runs have in common."""
    count = min(len(mine), len(theirs))
    apart = np.flatnonzero(mine[:count] != theirs[:count])
    return int(apart[0]) if len(apart) else count


def shared_gallery(job: Job) -> Gallery:
    """Return the pictures of a job; shared by all who look at it."""
    return job.views.of(job, Gallery)
