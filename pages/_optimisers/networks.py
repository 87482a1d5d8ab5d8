"""The seven on a real network: many seeds, cost against updates or seconds, and the valley of α."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.inspection.sensitivity import best_rate, end_costs
from engine.optim.optimizers import OPTIMIZERS
from engine.training.run import Run
from pages._kit.site import elements, jobs, sitemap
from pages._kit.site.visit import Visit
from pages._optimisers import charts, prose, sentences
from pages._optimisers.charts import Band
from pages._optimisers.lens import AXIS, NETWORK_RATES, TAKEN
from pages._optimisers.settings import (
    NOTHING_YET,
    ON_NETWORKS,
    SEEDS,
    SENSITIVITY,
    SENSITIVITY_RATES,
)

TITLE, VALLEYS = ON_NETWORKS, SENSITIVITY

SEED_NUMBERS = 2**31

FEW = 4
"""Seeds of the sweep over α."""


def usual(name: str) -> float:
    """Return the rate that an optimiser usually learns points with, alone or scaled by itself."""
    rates = OPTIMIZERS[name].usual
    return 1.0 if rates is None else rates.points


def after(seed: int, count: int) -> list[int]:
    """Return so many seeds from this one on; after the last comes the first."""
    return [(seed + k) % SEED_NUMBERS for k in range(count)]


def swept(experiment: Experiment) -> list[Experiment]:
    """Return the runs of the sweep over α: all optimisers, rate by rate, seed by seed."""
    return [
        experiment.but(optimizer=name, learning_rate=rate, seed=seed)
        for name in OPTIMIZERS
        for rate in SENSITIVITY_RATES
        for seed in after(experiment.seed, FEW)
    ]


def raced(experiment: Experiment, rates: Mapping[str, float]) -> list[Experiment]:
    """Return the runs of the seven, each at its rate, from as many starts."""
    return [
        experiment.but(optimizer=name, learning_rate=rate, seed=seed)
        for name, rate in rates.items()
        for seed in after(experiment.seed, SEEDS)
    ]


def show(visit: Visit) -> None:
    """Train the seven from many starts and draw what became of their costs."""
    st.markdown(prose("networks"))
    left, right = st.columns(2)
    with left:
        axis = str(visit.page_knob(AXIS.name))
    with right:
        kind = str(visit.page_knob(NETWORK_RATES.name))
    rates = {name: usual(name) for name in OPTIMIZERS}
    if kind == "best":
        sweep = jobs.follow(visit, swept(visit.experiment), part="valleys", snapshots=0)
        found = end_costs(sweep.job.runs())
        rates = {name: best_rate(by_rate) for name, by_rate in found.items()}
        if not sweep.job.finished:
            elements.caption("First α is swept; the race begins when the best are known.")
            return
    watched = jobs.follow(visit, raced(visit.experiment, rates), part="seven", snapshots=2)
    runs = watched.job.runs()
    bands = {OPTIMIZERS[name].title: band(of(runs, name), axis) for name in rates if of(runs, name)}
    title = "Updates of θ" if axis == "steps" else "Seconds of training, one start's share"
    elements.draw_unless(
        "" if bands else NOTHING_YET,
        lambda: elements.chart(charts.costs(bands, title), sentences.networks(bands, rates, axis)),
    )
    _take(visit, rates)


def _take(visit: Visit, rates: Mapping[str, float]) -> None:
    """Let the visitor take one of the optimisers to a page that shows a run of it from inside."""
    chosen, *places = st.columns(3, vertical_alignment="bottom")
    with chosen:
        name = str(visit.page_knob(TAKEN.name))
    found = taken(visit.experiment, name, rates[name])
    for place, (path, experiment) in zip(places, found.items(), strict=True):
        page = sitemap.page(path)
        assert page.lens is not None
        place.page_link(
            page.file,
            label=f"{OPTIMIZERS[name].title} on {page.title}",
            icon=page.icon,
            query_params=page.lens.write(experiment),
        )


def taken(experiment: Experiment, name: str, rate: float) -> dict[str, Experiment]:
    """Return by pages what it trains there: this network, and the digits at its usual rate."""
    digits = sitemap.page("mnist").lens
    assert digits is not None
    usually = OPTIMIZERS[name].usual
    shared = {knob: getattr(experiment, knob) for knob in OPTIMIZERS[name].uses}
    on_digits = digits.defaults.but(optimizer=name, **shared)
    if usually is not None:
        on_digits = on_digits.but(learning_rate=usually.images)
    return {"xor": experiment.but(optimizer=name, learning_rate=rate), "mnist": on_digits}


def of(runs: Sequence[Run], name: str) -> list[Run]:
    """Return the runs of an optimiser that have come past their start."""
    return [
        run for run in runs if run.experiment.optimizer == name and len(run.history["epoch"]) > 1
    ]


def band(runs: Sequence[Run], axis: str) -> Band:
    """Return median and quartiles of some runs' costs, over updates or seconds.

    A run that left the numbers counts with its last cost from there on.
    """
    longest = max(runs, key=lambda run: len(run.history["epoch"]))
    count = len(longest.history["epoch"])
    rows = [run.history["train_cost"] for run in runs]
    costs = np.stack([np.concatenate([row, np.repeat(row[-1], count - len(row))]) for row in rows])
    low, median, high = np.quantile(costs, (0.25, 0.5, 0.75), axis=0)
    share = longest.history["epoch"] / max(longest.history["epoch"][-1], 1)
    if axis == "seconds":
        whole = float(np.median([run.seconds for run in runs]))
    else:
        whole = float(longest.history["epoch"][-1] * steps_an_epoch(longest))
    return Band(share * whole, low, median, high)


def steps_an_epoch(run: Run) -> int:
    """Return how many updates an epoch of a run has."""
    return effort.steps(run.experiment.but(epochs=1))


def show_valleys(visit: Visit) -> None:
    """Train the seven at many rates and draw how much each minds its α."""
    st.markdown(prose("valleys"))
    watched = jobs.follow(visit, swept(visit.experiment), part="valleys", snapshots=0)
    found = {
        OPTIMIZERS[name].title: by_rate
        for name, by_rate in end_costs(_done(watched.job.runs())).items()
    }
    elements.draw_unless(
        "" if found else NOTHING_YET,
        lambda: elements.chart(charts.valleys(found), sentences.valleys(found)),
    )


def _done(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that have come to their end."""
    return [
        run
        for run in runs
        if run.diverged_at is not None
        or (len(run.history["epoch"]) and run.history["epoch"][-1] == run.experiment.epochs)
    ]
