"""The panel on many seeds: what a scheme does in general, and not on one lucky start."""

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

from engine.experiment.wording import percent
from engine.nn.types import Array
from engine.training.run import Run
from pages._initialisation import charts, schemes
from pages._kit.panels import prose
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit

SEEDS = 16


def show(visit: Visit, chosen: Sequence[str]) -> None:
    """Train every chosen scheme from many seeds and draw where they end."""
    st.markdown(prose("seeds"))
    # Seed by seed, so that of a job in several parts every scheme is in each of them.
    experiments = [
        experiment.but(seed=seed)
        for seed in range(SEEDS)
        for experiment in schemes.experiments(visit.experiment, chosen)
    ]
    watched = jobs.follow(visit, experiments, part="seeds", snapshots=0)
    runs = _begun(watched.job.runs())
    named = {
        schemes.name(experiment): [
            run for run in runs if run.experiment.initializer == experiment.initializer
        ]
        for experiment in experiments[: len(chosen)]
    }
    accuracies = {name: np.array([_final(run) for run in some]) for name, some in named.items()}
    elements.chart(charts.scheme_seeds(accuracies), _told(named, accuracies))


def _begun(runs: Sequence[Run]) -> Sequence[Run]:
    """Return the runs that have come past their start, or all if none has."""
    begun = [run for run in runs if len(run.history["epoch"]) > 1 or run.diverged_at is not None]
    return begun or runs


def _final(run: Run) -> float:
    """Return the training accuracy that a run ended with; 0 if it never had any."""
    accuracy = run.final("train_accuracy")
    return 0.0 if math.isnan(accuracy) else accuracy


def _told(named: dict[str, list[Run]], accuracies: dict[str, Array]) -> str:
    parts = []
    there = {name: runs for name, runs in named.items() if runs}
    for name, runs in there.items():
        low, middle, high = np.quantile(accuracies[name], (0.25, 0.5, 0.75))
        gone = sum(run.diverged_at is not None for run in runs)
        diverged = f", {gone} diverged" if gone else ""
        half = f" ({percent(low)} to {percent(high)})" if low < high else ""
        parts.append(f"{name} {percent(middle)}{half}{diverged}")
    count = min(map(len, there.values()))
    return f"Median of {count} seeds, and the middle half of them: {'; '.join(parts)}."
