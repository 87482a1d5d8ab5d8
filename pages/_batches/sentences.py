"""Who is ahead, by each clock, in words with the runs' numbers."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.wording import are, counted, exact, listed, number
from engine.training.run import Run
from engine.training.timed import CLOCKS, Trace
from pages._batches import sizes
from pages._kit.site import elements

BETTER = 0.98
"""A training has got somewhere when its cost is less than so much of what it began with."""


class Runner(NamedTuple):
    """A training with the name that it goes by."""

    name: str
    trace: Trace

    @property
    def lowest(self) -> float:
        """The least cost on the way."""
        return float(self.trace.cost.min(initial=float("inf")))

    @property
    def is_better(self) -> bool:
        """Whether it has got below its start at all."""
        return len(self.trace.cost) > 0 and self.lowest < BETTER * self.trace.cost[0]


def time(seconds: float) -> str:
    """Return a length of time that may be short.

    >>> time(0.00136), time(0.0822), time(2.5)
    ('1.36 ms', '82.2 ms', '2.50 s')
    """
    return f"{number(1000 * seconds)} ms" if seconds < 1 else f"{number(seconds)} s"


_UNITS: Mapping[str, Callable[[float], str]] = {
    "updates": lambda reading: counted(round(reading), "update"),
    "seconds": time,
}


def told(
    experiments: Sequence[Experiment], traces: Sequence[Trace], is_over: bool = True
) -> dict[str, str]:
    """Return for each clock which size is ahead by it."""
    called = map(sizes.short, experiments)
    runners = [Runner(*pair) for pair in zip(called, traces, strict=True)]
    so_far = "" if is_over else "So far: "
    sentences = {
        "updates": _reached(runners, "updates"),
        "epochs": _ended(runners, "epochs"),
        "samples": _ended(runners, "samples"),
        "seconds": _reached(runners, "seconds"),
    }
    return {clock: elements.unbroken(f"{so_far}{sentences[clock]}") for clock in CLOCKS}


def _ended(runners: Sequence[Runner], clock: str) -> str:
    """Return who costs least at the end, where all have gone through the same samples."""
    known = [runner for runner in runners if len(runner.trace.cost)]
    if not known:
        return "All left the finite numbers at once."
    ranked = sorted(known, key=lambda runner: float(runner.trace.cost[-1]))
    costs = listed([f"{number(float(r.trace.cost[-1]))} for {r.name}" for r in ranked])
    unit = "epoch" if clock == "epochs" else "sample"
    seen = counted(round(max(runner.trace.end(clock) for runner in known)), unit)
    return f"{_ahead(ranked[:1])} after {seen}. Cost: {costs}."


def _reached(runners: Sequence[Runner], clock: str) -> str:
    """Return who was first at the cost that all reach."""
    better = [runner for runner in runners if runner.is_better]
    stuck = [runner.name for runner in runners if not runner.is_better]
    left_out = f" {listed(stuck)} never got below the start." if stuck else ""
    if not better:
        return "None got below the cost it began with."
    cost = max(runner.lowest for runner in better)
    found = {r.name: r.trace.reached(clock, cost) or 0.0 for r in better}
    ranked = sorted(better, key=lambda runner: found[runner.name])
    first = [r for r in ranked if found[r.name] == found[ranked[0].name]]
    write = _UNITS[clock]
    times = listed([f"{write(found[r.name])} with {r.name}" for r in ranked])
    return f"{_ahead(first)}. A cost of {number(cost)} takes {times}.{left_out}"


def _ahead(first: Sequence[Runner]) -> str:
    called = [runner.name for runner in first]
    return f"{listed(called)} {are(len(called))} ahead"


def verdict(experiment: Experiment) -> str:
    """Return how a run was trained."""
    each = effort.steps(experiment.but(epochs=1))
    rate = exact(experiment.learning_rate)
    return f"{counted(each, 'update')} an epoch, α\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{rate}."


def note(run: Run, is_done: bool) -> str:
    """Return what is to be said on a run's picture."""
    if run.diverged_at is not None:
        return f"diverged in epoch {run.diverged_at:,}"
    return "" if is_done else "training ..."


def names(experiments: Sequence[Experiment]) -> list[str]:
    """Return how runs are called, each with its letter."""
    return [
        f"{letter}: {sizes.short(experiment)}"
        for letter, experiment in zip("ABCDEF", experiments, strict=False)
    ]
