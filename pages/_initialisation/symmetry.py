"""The panel on symmetry: the units of a layer as rows, and how long a tiny noise takes to tell."""

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

from engine.experiment import wording
from engine.experiment.experiment import Experiment
from engine.experiment.problem import network_of
from engine.experiment.symmetry import distinct_units, incoming, widest_gap
from engine.experiment.wording import exact, percent, size
from engine.nn.parameters import Layer
from engine.nn.types import Array
from engine.training.run import Run
from pages._initialisation import charts, prose, schemes
from pages._kit.knobs.lens import Lens
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit

NOISES = (0.0, 1e-12, 1e-9, 1e-6, 1e-3)
BROKEN = 0.1
"""Units whose weights are this far apart do different things."""

_MOST_COLUMNS = 64
_ALONE = {
    "hidden": (12,),
    "activation": "tanh",
    "learning_rate": 1.0,
    "optimizer": "gradient_descent",
    "epochs": 1000,
}


def show(visit: Visit, runs: Sequence[Run], epoch: float) -> None:
    """Draw the panel for the runs of the page at an epoch."""
    st.markdown(prose("symmetry"))
    if not visit.experiment.hidden:
        elements.caption("Without a hidden layer there are no units to be alike.")
        return
    _rows(visit.lens, runs, epoch)
    _breaking(visit)


def _rows(lens: Lens, runs: Sequence[Run], epoch: float) -> None:
    """Draw the units of a layer as rows, at the start and at the epoch where the film rests."""
    named = {schemes.name(run.experiment): run for run in runs}
    hidden = runs[0].experiment.hidden
    with st.container(horizontal=True):
        run = named[elements.choose("Scheme", list(named), f"{lens.path}.rows.scheme")]
        layers = [f"Layer {l}" for l in range(1, len(hidden) + 1)]
        l = layers.index(elements.choose("Layer", layers, f"{lens.path}.rows.layer"))
    kept = run.snapshots
    now = int(np.abs(kept.epochs - epoch).argmin())
    start, end = (_layer(run.experiment, kept.thetas[k], l) for k in (0, now))
    names, chosen = _columns(end, l)
    for place, layer, when in zip(
        st.columns(2), (start, end), (0, int(kept.epochs[now])), strict=True
    ):
        rows = incoming(layer)[:, chosen]
        finite = np.where(np.isfinite(rows), rows, 0.0)
        largest = float(np.abs(finite).max())
        with place:
            elements.chart(
                charts.unit_rows(finite, names, largest),
                f"Epoch {when:,}: {_alike(layer)} {_shades(largest)}",
            )


def _shades(largest: float) -> str:
    if not largest:
        return "All weights are 0."
    end = size(largest)
    return f"Full blue is −{end}, full orange {end}, and 0 is empty."


def _alike(layer: Layer) -> str:
    units, distinct = layer.W.shape[0], distinct_units(layer)
    if units == 1:
        return "the layer has one unit only."
    if distinct == 1:
        return f"the {units} rows are identical to the last bit."
    apart = size(float(widest_gap(layer)))
    if distinct < units:
        return f"{distinct} of the {units} rows are distinct, at most {apart} apart."
    return f"no two of the {units} rows are the same; the widest gap in a weight is {apart}."


def _layer(experiment: Experiment, theta: Array, l: int) -> Layer:
    return network_of(experiment).layout.layers(theta)[l]


def _columns(layer: Layer, l: int) -> tuple[list[str], Array]:
    """Return names of a layer's columns, of many inputs only those with the largest weights."""
    inputs = layer.W.shape[1]
    source = "x" if l == 0 else "a"
    names = [*(f"{source}{j}" for j in range(1, inputs + 1)), "b"]
    chosen = np.arange(inputs + 1)
    if inputs > _MOST_COLUMNS:
        sizes = np.abs(np.nan_to_num(layer.W)).max(axis=0)
        chosen = np.append(np.sort(np.argsort(-sizes)[:_MOST_COLUMNS]), inputs)
    return [names[k] for k in chosen], chosen


def _breaking(visit: Visit) -> None:
    """Draw the gap between the units over the epochs, for several sizes of noise."""
    st.subheader("How long does a tiny difference take?", anchor=False)
    left, right = st.columns(2)
    with left:
        start = visit.page_knob("start")
    with right:
        network = visit.page_knob("breaking")
    base = visit.experiment.but(initializer=start, init_scale=1.0)
    if network == "one":
        dataset = "circles" if base.data.of_images else base.dataset
        base = base.but(dataset=dataset, **_ALONE)
    watched = jobs.follow(
        visit, [base.but(init_noise=noise) for noise in NOISES], part="breaking", snapshots=121
    )
    runs = watched.job.runs()
    series = {_name(noise): _gaps(run) for noise, run in zip(NOISES, runs, strict=True)}
    elements.chart(charts.symmetry_gap(series), _told(runs, list(series.values())))


def _gaps(run: Run) -> tuple[Array, Array]:
    first = _layer(run.experiment, run.snapshots.thetas, 0)
    return run.snapshots.epochs, np.nan_to_num(widest_gap(first), posinf=np.finfo(float).max)


def _told(runs: Sequence[Run], gaps: Sequence[tuple[Array, Array]]) -> str:
    parts = []
    for noise, run, (epochs, sizes) in zip(NOISES, runs, gaps, strict=True):
        broken, last = np.flatnonzero(sizes >= BROKEN), int(epochs[-1])
        accuracy = run.final("train_accuracy")
        right = "diverged at once" if math.isnan(accuracy) else f"{percent(accuracy)} right"
        when = (
            f"after {wording.epochs(int(epochs[broken[0]]))}"
            if len(broken)
            else f"not in {wording.epochs(last)}"
        )
        parts.append(f"{_name(noise)} {when} ({right} at the end)")
    return f"Two units of layer 1 differ by {BROKEN} in some weight: {', '.join(parts)}."


def _name(noise: float) -> str:
    return f"noise {exact(noise)}" if noise else "without noise"
