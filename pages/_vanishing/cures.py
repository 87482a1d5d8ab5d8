"""Cures for the network of the knobs, each alone and all together, from the same start."""

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from engine.diagnosis.cures import idle, trials
from engine.experiment.experiment import Experiment
from engine.experiment.wording import percent, size
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.runs.words import differences
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit
from pages._vanishing import charts, prose, sentences
from pages._vanishing.profiles import shared_profiles

TITLE = "Cures"

_PATIENTS = {
    "A network that vanishes": {},
    "A network that explodes": {
        "hidden": (10,) * 10,
        "activation": "relu",
        "initializer": "large",
    },
}


def show(visit: Visit) -> None:
    """Draw what each chosen cure makes of the visitor's network."""
    lens, experiment = visit.lens, visit.experiment
    st.markdown(prose("cures"))
    with st.container(horizontal=True):
        for title, knobs in _PATIENTS.items():
            st.button(
                title,
                icon=":material/tune:",
                key=f"{lens.path}.{title}",
                on_click=session.set_knobs,
                args=(lens, lens.defaults.but(**knobs)),
            )
    chosen = visit.page_knob("cures")
    tried = trials(experiment, chosen)
    without_effect = ", ".join(idle(experiment, chosen))
    note = f"Changes nothing in this network: {without_effect}."
    elements.slot((lambda: elements.caption(note)) if without_effect else None)
    watched = jobs.follow(visit, list(tried.values()), part="cures", stacked=False)
    runs, profiles = watched.job.runs(), shared_profiles(watched.job)
    gradients = [profiles.of(k, run).profile.gradient[0] for k, run in enumerate(runs)]
    if watched.job.finished:
        visit.finished(*runs)
    named = list(zip(tried, runs, strict=True))
    left, right = st.columns(2)
    with left:
        elements.chart(charts.trial_costs(named), _verdict(named))
    with right:
        curves = dict(zip(tried, gradients, strict=True))
        elements.chart(
            charts.layer_curves(curves, "Size of dW[l] before training"),
            f"Layer 1 before training: {_first_layers(curves)}. A smaller rate and clipping leave "
            "that as it is; they bound the step that is made of it. Size: root mean square, as "
            "of a typical entry.",
        )
    _table(named, gradients, experiment)
    _open(lens, tried, experiment)


def _first_layers(curves: Mapping[str, Array]) -> str:
    return ", ".join(f"{name} {size(float(row[0]))}" for name, row in curves.items())


def _verdict(named: Sequence[tuple[str, Run]]) -> str:
    """Return how many training samples each run gets right."""
    ends = []
    for name, run in named:
        right = run.final("train_accuracy")
        ends.append(f"{name} {'nothing, overflow' if math.isnan(right) else percent(right)}")
    return f"Training samples right: {', '.join(ends)}."


def _table(
    named: Sequence[tuple[str, Run]], gradients: Sequence[Array], experiment: Experiment
) -> None:
    st.table(
        {
            "Run": [name for name, _ in named],
            "What differs": [
                differences(run.experiment, experiment) or "nothing" for _, run in named
            ],
            "Layer 1's gradient before training": [
                f"{size(float(row[0]))} ({sentences.share(row)} of the last layer's)"
                for row in gradients
            ],
            "Outcome": [_outcome(run) for _, run in named],
        }
    )


def _outcome(run: Run) -> str:
    """Return how a run stands, in a few words."""
    if run.diverged_at is not None:
        return f"diverged in epoch {run.diverged_at:,}"
    cost, right = (run.final(f"train_{name}") for name in ("cost", "accuracy"))
    return f"{percent(right)} right, cost {size(cost)}"


def _open(lens: Lens, tried: dict[str, Experiment], experiment: Experiment) -> None:
    """Let the visitor take one of the treated networks to the picture above."""
    others = {name: treated for name, treated in tried.items() if treated != experiment}
    if not others:
        return
    elements.caption("Look into one of them, layer by layer, in the picture above:")
    with st.container(horizontal=True):
        for name, treated in others.items():
            st.button(
                name,
                key=f"{lens.path}.open.{name}",
                on_click=session.set_knobs,
                args=(lens, treated),
            )
