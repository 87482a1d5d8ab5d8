"""How strong is best: train and dev error against a knob, over seeds, as they are trained."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.wording import exact, percent
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit
from pages._regularisation import charts, prose
from pages._regularisation.pictures import final_errors
from pages._regularisation.regularisers import OFF, SYMBOLS, plain

TITLE = "How strong?"

SEEDS = 8
VALUES = {
    "l2": np.geomspace(0.001, 10, 20),
    "l1": np.geomspace(0.001, 3, 20),
    "keep_prob": np.linspace(0.05, 1, 20),
}


def show(visit: Visit) -> None:
    """Sweep the chosen knob, and mark where the dev error is least."""
    st.markdown(prose("strength"))
    knob, base = visit.page_knob("sweep"), visit.experiment
    watched = jobs.follow(visit, experiments(base, knob), part="sweep", snapshots=0, is_brief=True)
    found = Found.of(knob, watched.job.runs(), watched.job.done())
    if found is None:
        elements.caption(_nothing(watched.job.finished))
        return
    best = found.best
    elements.chart(
        charts.strength(
            SYMBOLS[knob], found.values, {"train": found.train, "dev": found.dev},
            float(found.values[best]), found.without,
        ),
        f"{_told(knob, found, watched.job.finished)}{_at_best(base)}",
    )  # fmt: skip
    value = float(found.values[best])
    st.button(
        f"Set {SYMBOLS[knob]} to {exact(value)}",
        icon=":material/tune:",
        on_click=session.set_knobs,
        args=(visit.lens, base.but(**{knob: value})),
        help="Turns the knob on the left to the best setting found so far.",
    )


def experiments(base: Experiment, knob: str) -> list[Experiment]:
    """Return the runs of a sweep, SEEDS per setting: first the knob off, then coarse to fine."""
    values = VALUES[knob]
    settings = (float(f"{values[k]:.3g}") for k in coarse_to_fine(len(values)))
    bare = plain(base)
    return [
        bare.but(**{knob: value}, seed=(base.seed + k) % 2**31)
        for value in dict.fromkeys((OFF[knob], *settings))
        for k in range(SEEDS)
    ]


def coarse_to_fine(count: int) -> list[int]:
    """Return 0 .. count - 1 such that the first ones are spread over the whole range.

    >>> coarse_to_fine(5)
    [0, 4, 2, 1, 3]
    """
    bits = max(count - 1, 1).bit_length()
    return sorted(range(count), key=lambda k: int(f"{k:0{bits}b}"[::-1], 2))


class Found(NamedTuple):
    """The settings trained so far (n,), their errors (n, SEEDS), and the dev error without."""

    values: Array
    train: Array
    dev: Array
    dev_cost: Array
    test: Array | None
    without: float

    @classmethod
    def of(cls, knob: str, runs: list[Run], done: list[bool]) -> "Found | None":
        """Return what the settings have come to of which every seed is trained and finite."""
        finished = [
            runs[start : start + SEEDS]
            for start in range(0, len(runs), SEEDS)
            if all(done[start : start + SEEDS])
        ]
        groups = {
            float(getattr(group[0].experiment, knob)): group
            for group in finished
            if all(run.diverged_at is None for run in group)
        }
        off = groups.get(OFF[knob])
        if off and not OFF[knob]:  # has no place on the axis of λ, which is logarithmic
            del groups[OFF[knob]]
        if not groups or not off:
            return None
        both = np.array([[final_errors(run) for run in group] for group in groups.values()])
        has_test = "test_accuracy" in runs[0].history
        return cls(
            np.array(list(groups)),
            both[..., 0],
            both[..., 1],
            _finals(groups.values(), "dev_cost"),
            1 - _finals(groups.values(), "test_accuracy") if has_test else None,
            float(np.median([final_errors(run).dev for run in off])),
        )

    @property
    def best(self) -> int:
        """Which setting has the least median dev error; of equals, the least dev cost."""
        errors = np.median(self.dev, axis=1)
        costs = np.median(self.dev_cost, axis=1)
        # Errors are counts over m: equal ones may differ in their last digit.
        equal = np.flatnonzero(errors <= errors.min() + 1e-12)
        return int(equal[np.argmin(costs[equal])])


def _finals(groups: Iterable[list[Run]], name: str) -> Array:
    """Return a number of each run at its end, (n, SEEDS)."""
    return np.array([[run.final(name) for run in group] for group in groups])


def _nothing(is_finished: bool) -> str:
    if is_finished:
        return "These runs diverged, so there is nothing to draw: lower the learning rate."
    return "The first settings are being trained."


def _at_best(base: Experiment) -> str:
    """Return what no classifier can do better than, where that is known."""
    bayes_error = base.bayes_error
    if bayes_error is None:
        return ""
    return (
        f" A classifier that knows the true distribution errs on {percent(bayes_error)}"
        " of all points."
    )


def _told(knob: str, found: Found, is_finished: bool) -> str:
    best, name = found.best, SYMBOLS[knob]
    low, middle, high = np.quantile(found.dev[best], (0.25, 0.5, 0.75))
    train = float(np.median(found.train[best]))
    so_far = "" if is_finished else f" of the {len(found.values)} settings trained so far"
    told = (
        f"Medians over {SEEDS} seeds, bands between the quartiles. Best{so_far}: {name} = "
        f"{exact(float(found.values[best]))} with {percent(middle)} of the dev points wrong "
        f"(quartiles {percent(low)} and {percent(high)}) and {percent(train)} of the training "
        f"points. Without it {percent(found.without)} of the dev points are wrong."
    )
    if found.test is not None:
        told += (
            f" The dev set chose this setting, so the test set judges it: "
            f"{percent(float(np.median(found.test[best])))} wrong."
        )
    return told
