"""A job's traces, and what each of their networks decides, computed once for all who look."""

import numpy as np

from engine.experiment.problem import load
from engine.inspection.layer_statistics import fields
from engine.nn.types import Array
from pages._kit.lineup import quantised
from pages._kit.player import replay
from pages._kit.training import cache
from pages._kit.training.timed_job import TimedJob

SIDE = 32
"""Cells along each side of a decision field."""


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
        self.fields = [self._fields(trace.thetas) for trace in self.traces]

    def _fields(self, thetas: Array) -> Array | None:
        if self.view is None:
            return None
        first = self.job.experiments[0]
        network, scaled = self.problem.network(first), self.problem.standardizer
        with cache.turn, np.errstate(all="ignore"):
            rest = cache.turn.let_others
            p = fields(network, thetas, first.features, scaled, self.view, SIDE, rest)
        return quantised(p)


def shared_pictures(job: TimedJob) -> Pictures:
    """Return the pictures of a job as far as it has come; shared by all who look at it."""
    return job.views.of(job, Pictures, job.version)
