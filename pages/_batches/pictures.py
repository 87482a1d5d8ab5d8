"""A job's traces, and what each of their networks decides, computed once for all who look."""

import numpy as np

from engine.experiment.problem import load
from engine.inspection.layer_statistics import fields
from engine.nn.types import Array
from engine.training.timed import Trace
from pages._kit.lineup import quantised
from pages._kit.player import replay
from pages._kit.training import cache
from pages._kit.training.timed_job import TimedJob

SIDE = 32
"""Cells along each side of a decision field."""


class _Known:
    """The fields of a job's thetas that have been worked out: of each run, by its updates."""

    def __init__(self, job: TimedJob) -> None:
        self.fields: list[dict[int, Array]] = [{} for _ in job.experiments]


class Pictures:
    """A job as far as it has come: its runs, their traces, and a field for each theta of a trace.

    `fields` are (F, SIDE, SIDE) for each run, None where there is no plane of two classes.
    """

    def __init__(self, job: TimedJob) -> None:
        self.job, self.version = job, job.version
        self.runs, self.traces, self.is_done = job.runs(), job.traces(), job.done()
        first = job.experiments[0]
        self.problem = load(first)
        points = self.problem.points if self.problem.output == "sigmoid" else None
        self.view = None if points is None else replay.view(first, points)
        known = job.views.of(job, _Known).fields
        self.fields = [
            None if self.view is None else self._fields(trace, of_run)
            for trace, of_run in zip(self.traces, known, strict=True)
        ]

    def _fields(self, trace: Trace, known: dict[int, Array]) -> Array:
        """Return the fields of all thetas; those of new ones join the known."""
        updates = trace.clocks["updates"][trace.rows].astype(int).tolist()
        new = [k for k, update in enumerate(updates) if update not in known]
        if new:
            p = self._worked_out(trace.thetas[new])
            known |= zip((updates[k] for k in new), quantised(p), strict=True)
        none = np.empty((0, SIDE, SIDE), np.uint8)
        return np.stack([known[update] for update in updates]) if updates else none

    def _worked_out(self, thetas: Array) -> Array:
        assert self.view is not None
        first = self.job.experiments[0]
        network, scaled = self.problem.network(first), self.problem.standardizer
        with cache.turn, np.errstate(all="ignore"):
            rest = cache.turn.let_others
            return fields(network, thetas, first.features, scaled, self.view, SIDE, rest)


def shared_pictures(job: TimedJob) -> Pictures:
    """Return the pictures of a job as far as it has come; shared by all who look at it."""
    return job.views.of(job, Pictures, job.version)
