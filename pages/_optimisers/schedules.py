"""Schedules: the learning rate over the epochs, and what comes of each."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from engine.optim.schedules import SCHEDULES
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit
from pages._optimisers import charts, prose, sentences
from pages._optimisers.lens import FOLLOWED, SCHEDULED_RATE
from pages._optimisers.settings import NOTHING_YET, SCHEDULE_TITLES, SCHEDULES_TITLE

TITLE = SCHEDULES_TITLE

ENDING = 10.0
"""What falls without an end is a so many times smaller rate at the last epoch."""

WARM_UP = 0.1
"""This share of the epochs is warmed up in."""

CYCLES, HALVINGS, INTERVALS = 4, 5, 10
"""How often it restarts, is halved, and falls by steps, within a run."""


def settings(epochs: int) -> dict[str, dict[str, Any]]:
    """Return for each schedule the k and Δ with which it fits into so many epochs."""
    interval = max(1, round(epochs / INTERVALS))
    warm = max(1, round(WARM_UP * epochs))
    return {
        "none": {},
        "inverse": {"decay_rate": (ENDING - 1) / epochs},
        "exponential": {"decay_rate": float(np.log(ENDING)) / epochs},
        "step": {"decay_rate": HALVINGS / epochs},
        "scheduled": {"decay_rate": (ENDING - 1) / INTERVALS, "decay_interval": interval},
        "cosine": {"decay_rate": 1 / epochs},
        "restarts": {"decay_rate": CYCLES / epochs},
        "warm_up": {"decay_rate": 1 / max(epochs - warm, 1), "decay_interval": warm},
    }


def scheduled(experiment: Experiment, optimizer: str, rate: float) -> dict[str, Experiment]:
    """Return one run for each schedule, by its name."""
    base = experiment.but(optimizer=optimizer, learning_rate=rate)
    return {
        name: base.but(
            decay=name,
            **{
                key: round(value, 6) if isinstance(value, float) else value
                for key, value in given.items()
            },
        )
        for name, given in settings(experiment.epochs).items()
    }


def rates(experiment: Experiment) -> tuple[Array, Array]:
    """Return the epochs of a run, from the first on, and α in each of them."""
    epochs = np.arange(experiment.epochs)
    factor = SCHEDULES[experiment.decay].factor
    found = [factor(experiment.decay_rate, int(t), experiment.decay_interval) for t in epochs]
    return epochs + 1, experiment.learning_rate * np.array(found)


def show(visit: Visit) -> None:
    """Train one optimiser with each schedule; draw α over the epochs, and the cost below it."""
    st.markdown(prose("schedules"))
    left, right = st.columns(2)
    with left:
        optimizer = str(visit.page_knob(FOLLOWED.name))
    with right:
        rate = float(visit.page_knob(SCHEDULED_RATE.name))
    experiments = scheduled(visit.experiment, optimizer, rate)
    watched = jobs.follow(visit, list(experiments.values()), part="schedules", snapshots=2)
    shown: Mapping[str, tuple[Array, Array]] = {
        SCHEDULE_TITLES[name]: rates(each) for name, each in experiments.items()
    }
    elements.chart(charts.rates(shown), sentences.rates(shown))
    runs = {
        SCHEDULE_TITLES[run.experiment.decay]: run
        for run in watched.job.runs()
        if len(run.history["epoch"]) > 1
    }
    costs = {name: (run.history["epoch"], run.history["train_cost"]) for name, run in runs.items()}
    elements.draw_unless(
        "" if runs else NOTHING_YET,
        lambda: elements.chart(charts.scheduled_costs(costs), sentences.schedules(runs)),
    )
