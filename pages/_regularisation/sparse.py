"""The weights themselves: how they are spread, and how many are next to nothing."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import network_of
from engine.experiment.wording import are, counted, number, percent
from engine.inspection.probes import against_start
from engine.inspection.shrinkage import TINY, equal_error, tiny_share, weights
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit
from pages._regularisation import charts, prose
from pages._regularisation.inside import choose
from pages._regularisation.pictures import final_errors
from pages._regularisation.regularisers import REGULARISERS, plain
from pages._regularisation.side_by_side import SideBySide

TITLE = "The weights"

STRENGTHS = {"l1": np.geomspace(0.01, 0.5, 8), "l2": np.geomspace(0.03, 2.0, 8)}
SEEDS = 5
DECAY = {"decay": "exponential", "decay_rate": 0.01}


def show(visit: Visit, shown: SideBySide) -> None:
    """Show the weights of the runs side by side, then L1 against L2 at equal dev error."""
    name = choose(visit.lens, shown, first=("l1", "l2"))
    if name is None:
        return
    left, right = st.columns(2)
    with left:
        _histogram(shown, name)
    with right:
        _sizes(shown)
    st.markdown(prose("sparse"))
    _equal(visit)


def _histogram(shown: SideBySide, name: str) -> None:
    run = shown.runs[name]
    without = shown.drawn.get("plain")
    if without is None:
        st.markdown("Add “No regularisation” to the runs side by side to compare with it.")
        return
    mine, its = _finite_weights(run), _finite_weights(without)
    now, before = against_start(mine, its, bins=41)
    elements.chart(
        charts.weight_histogram(now.edges, before.counts, now.counts),
        f"With {REGULARISERS[name].title}: {_counted(run)}. Without regularisation: "
        f"{_counted(without)}. The largest weight is {number(float(np.abs(mine).max(initial=0)))} "
        f"with it and {number(float(np.abs(its).max(initial=0)))} without.",
    )


def _sizes(shown: SideBySide) -> None:
    runs = shown.drawn
    elements.chart(
        charts.weight_sizes({shown.letters[n]: _finite_weights(r) for n, r in runs.items()}, TINY),
        "Below 0.001, left of the grey line: "
        + ", ".join(
            f"{shown.letters[n]} ({REGULARISERS[n].title}) {percent(_tiny(run))}"
            for n, run in runs.items()
        )
        + " of the weights.",
    )


def _finite_weights(run: Run) -> Array:
    values = weights(network_of(run.experiment).layout, run.theta)
    return values[np.isfinite(values)]


def _tiny(run: Run) -> float:
    return float(tiny_share(network_of(run.experiment).layout, run.theta))


def _counted(run: Run) -> str:
    values = _finite_weights(run)
    tiny = int((np.abs(values) < TINY).sum())
    return f"{tiny:,} of {counted(len(values), 'weight')} {are(tiny)} below 0.001"


class _Setting(NamedTuple):
    """A penalty's strengths (n,), with the medians over seeds of dev error and tiny share (n,)."""

    strengths: Array
    errors: Array
    tiny: Array


def experiments(base: Experiment) -> list[Experiment]:
    """Return the runs of both penalties, at every strength, from every seed."""
    calm = plain(base)
    calm = calm if calm.decay != "none" else calm.but(**DECAY)
    return [
        calm.but(**{knob: float(f"{strength:.3g}"), "seed": (base.seed + k) % 2**31})
        for knob, strengths in STRENGTHS.items()
        for strength in strengths
        for k in range(SEEDS)
    ]


def _equal(visit: Visit) -> None:
    asked = experiments(visit.experiment)
    watched = jobs.follow(visit, asked, part="sparse", snapshots=2, is_brief=True)
    runs = watched.job.runs()
    elements.slot((lambda: _at_equal_error(runs)) if watched.job.finished else None)


def _at_equal_error(runs: list[Run]) -> None:
    if any(not len(run.history["epoch"]) for run in runs):
        st.markdown("Some of these runs diverged at once: lower the learning rate.")
        return
    half = len(runs) // 2
    l1, l2 = _settings("l1", runs[:half]), _settings("l2", runs[half:])
    mine, its = equal_error(list(l1.errors), list(l2.errors))
    elements.chart(
        charts.sparsity(
            {"L1": (l1.strengths, l1.errors, l1.tiny), "L2": (l2.strengths, l2.errors, l2.tiny)},
            {"L1": mine, "L2": its},
        ),
        f"Medians over {SEEDS} seeds. L1 at λ₁ = {number(l1.strengths[mine])} and L2 at λ = "
        f"{number(l2.strengths[its])} get {percent(l1.errors[mine])} and "
        f"{percent(l2.errors[its])} of the dev points wrong. Below 0.001 are "
        f"{percent(l1.tiny[mine])} of the weights with L1 and {percent(l2.tiny[its])} with L2 "
        "(the large marks).",
    )


def _settings(knob: str, runs: list[Run]) -> _Setting:
    shape = (-1, SEEDS)
    return _Setting(
        np.array([getattr(run.experiment, knob) for run in runs[::SEEDS]]),
        np.median(np.reshape([final_errors(run).dev for run in runs], shape), axis=1),
        np.median(np.reshape([_tiny(run) for run in runs], shape), axis=1),
    )
