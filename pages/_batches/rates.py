"""A learning rate for each batch size: the same for all, or each its own best of a sweep."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Real
from engine.training.run import Run
from pages._batches import sizes
from pages._kit.site import jobs
from pages._kit.site.visit import Visit

SAME, BEST = "same", "best"
WAYS = {SAME: "The same α for all", BEST: "Each its own best α"}


def _offered() -> tuple[float, ...]:
    rate = KNOBS["learning_rate"]
    assert isinstance(rate, Real)
    return tuple(value for value in rate.options if 1e-3 <= value <= 30)


RATES = _offered()
"""The learning rates that are tried."""


class Swept(NamedTuple):
    """What each batch size costs after the epochs, by the rates tried: NaN where it diverged, or
    has not come to its end."""

    experiments: list[Experiment]
    costs: list[list[float]]
    is_over: bool

    def best(self) -> list[float]:
        """Return the rate of the least cost for each size; where all diverged, the smallest."""
        found = []
        for row in self.costs:
            known = [cost if math.isfinite(cost) else math.inf for cost in row]
            found.append(RATES[known.index(min(known))])
        return found


def swept_experiments(base: Experiment, names: Sequence[str]) -> list[Experiment]:
    """Return what is trained for a sweep: every size with every rate, size by size."""
    return [
        experiment.but(learning_rate=rate)
        for experiment in sizes.experiments(base, names)
        for rate in RATES
    ]


def follow(visit: Visit, base: Experiment, names: Sequence[str]) -> Swept:
    """Train the sweep, many rates stacked, in slices; return what is known of it."""
    asked = swept_experiments(base, names)
    watched = jobs.follow(visit, asked, part="rates", snapshots=0, is_brief=True)
    runs, done = watched.job.runs(), watched.job.done()
    costs = [_cost(run) if is_done else math.nan for run, is_done in zip(runs, done, strict=True)]
    rows = [costs[at : at + len(RATES)] for at in range(0, len(costs), len(RATES))]
    return Swept(sizes.experiments(base, names), rows, watched.job.finished)


def _cost(run: Run) -> float:
    return math.nan if run.diverged_at is not None else run.final("train_cost")
