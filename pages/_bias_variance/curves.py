"""Error against the training set's size, and against the network's: many real runs."""

import numpy as np
import streamlit as st

from engine.diagnosis.gaps import best_error
from engine.diagnosis.studies import (
    Quartiles,
    Study,
    depth_curve,
    learning_curve,
    quartiles,
    width_curve,
)
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.experiment.wording import percent
from engine.nn.types import Array
from pages._bias_variance import charts, prose
from pages._bias_variance.verdict import Scale
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit

TITLE = "Curves"

_STUDIES = {"size": learning_curve, "width": width_curve, "depth": depth_curve}
_AXES = {
    "size": ("Training samples m", "logarithmic"),
    "width": ("Units in each hidden layer", "logarithmic"),
    "depth": ("Hidden layers", "count"),
}
_UNITS = {"size": "training sample", "width": "unit", "depth": "hidden layer"}


def show(visit: Visit, scale: Scale) -> None:
    """Let the visitor choose what is turned, and draw the errors as the runs come."""
    left, right = st.columns(2)
    with left:
        kind = visit.page_knob("curve")
    with right:
        seeds = visit.page_knob("starts")
    st.markdown(prose(kind))
    experiment = visit.experiment
    study = _STUDIES[kind](experiment, seeds)
    watched = jobs.follow(visit, study.experiments, part="curves", snapshots=0)
    runs, done = watched.job.runs(), watched.job.done()
    splits = ["train", "dev"]
    if any(variant.shift != "none" for variant in study.experiments):
        splits.insert(1, "train_dev")
    bands = {split: quartiles(study.errors(runs, done, split)) for split in splits}
    best = best_error(experiment) if scale.best is None else scale.best
    title, axis = _AXES[kind]
    marked = nearest(study, here(experiment, kind), bands["train"].median)
    elements.chart(
        charts.study(study.values, bands, best, marked, title, axis),
        told(study, bands, best, kind),
        key=f"bias_variance.curves.{kind}",
    )


def here(experiment: Experiment, kind: str) -> float:
    """Return where the page's own network stands on a curve."""
    if kind == "size":
        return training_size(experiment)
    if kind == "depth":
        return len(experiment.hidden)
    return experiment.hidden[0] if experiment.hidden else 1


def nearest(study: Study, wanted: float, errors: Array) -> float:
    """Return the value of a study nearest to one, of those that have errors already if any do."""
    known = [v for v, error in zip(study.values, errors, strict=True) if np.isfinite(error)]
    return min(known or study.values, key=lambda value: abs(np.log1p(value) - np.log1p(wanted)))


def told(study: Study, bands: dict[str, Quartiles], best: float, kind: str) -> str:
    """Return bias and variance at both ends of what is known of a curve."""
    known = np.flatnonzero(np.isfinite(bands["train"].median) & np.isfinite(bands["dev"].median))
    many = f"Median and quartiles of {study.seeds} seeds"
    if not len(known):
        return f"{many}, drawn as they come."
    ends = []
    for k in dict.fromkeys((known[0], known[-1])):
        train, dev = (float(bands[split].median[k]) for split in ("train", "dev"))
        ends.append(
            f"with {_many(study.values[k], _UNITS[kind])} the training error is {percent(train)} "
            f"and the dev error {percent(dev)}"
        )
    return (
        f"{many}: {'; '.join(ends)}. The best possible error is {percent(best)}. The red brackets "
        "are the gaps, in percentage points."
    )


def _many(count: float, unit: str) -> str:
    return f"{count:,.0f} {unit}{'' if count == 1 else 's'}"
