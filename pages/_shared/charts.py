"""Every chart as a function of the engine's values: a Vega-Lite specification with its data.

The specification never depends on the data, so that a chart that grows is updated in place.
"""

import functools
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.field import Field
from engine.training import Run, Snapshot
from engine.types import Array

Spec = dict[str, Any]

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#8A97A5"

RUN_COLOURS = {
    "A": "#0072B2",
    "B": "#D55E00",
    "C": "#009E73",
    "D": "#CC79A7",
    "E": "#56B4E9",
    "F": "#E69F00",
    "now": GREY,
}

BATCHES, TEST = "training, mini-batches", "test, whole epochs"


def cost_curve(passed: Sequence[Snapshot]) -> Spec:
    """Return the cost of a watched training: mini-batches as they came, test after each epoch.

    The untrained network is left out of both curves: it would squeeze all that follows.
    """
    return _with_data(_watched("Cost J (nats)", "~g"), cost=_rows(passed, "cost"))


def accuracy_curve(passed: Sequence[Snapshot]) -> Spec:
    """Return the accuracy of a watched training, likewise."""
    return _with_data(_watched("Accuracy", ".0%"), cost=_rows(passed, "accuracy"))


def probabilities(values: Array) -> Spec:
    """Return ten bars for one digit's probabilities (10,); the largest is the prediction."""
    frame = pd.DataFrame(
        {"digit": range(10), "probability": values, "chosen": values == values.max()}
    )
    return _with_data(_bars(), digits=frame)


def seed_band(runs: Sequence[Run]) -> Spec:
    """Return median and quartiles over runs of the training cost, and every run as a thin line."""
    costs = np.stack([run.history["train_cost"] for run in runs])
    chosen = thinned(costs.shape[1])
    low, middle, high = np.quantile(costs[:, chosen], (0.25, 0.5, 0.75), axis=0)
    epochs = runs[0].history["epoch"][chosen]
    band = pd.DataFrame({"epoch": epochs, "low": low, "median": middle, "high": high})
    lines = pd.DataFrame(
        {
            "epoch": np.tile(epochs, len(runs)),
            "cost": costs[:, chosen].ravel(),
            "seed": np.repeat([run.experiment.seed for run in runs], len(epochs)),
        }
    )
    return _with_data(_seed_band(), band=band, lines=lines)


def compared(runs: Sequence[tuple[str, Run]], quantity: str) -> Spec:
    """Return one curve per named run and split: `quantity` is "cost" or "accuracy"."""
    rows = []
    for name, run in runs:
        for split in ("train", "test"):
            values = run.history.get(f"{split}_{quantity}")
            if values is not None:
                chosen = thinned(len(values))
                rows.append(
                    pd.DataFrame(
                        {
                            "epoch": run.history["epoch"][chosen],
                            "value": values[chosen],
                            "run": name,
                            "split": split,
                        }
                    )
                )
    title, number_format = ("Cost (nats)", "~g") if quantity == "cost" else ("Accuracy", ".0%")
    curves = pd.concat(rows, ignore_index=True)
    # Each run's name stands on its training curve, at a place of its own so that none collide.
    groups = [group for _, group in curves[curves["split"] == "train"].groupby("run", sort=False)]
    places = [(len(group) - 1) * (k + 1) // (2 * len(groups)) for k, group in enumerate(groups)]
    names = pd.concat([group.iloc[[at]] for group, at in zip(groups, places, strict=True)])
    return _with_data(_compared(title, number_format), runs=curves, names=names)


def boundary(field: Field, points: Array, labels: Array) -> Spec:
    """Return a small picture of p(y = 1) over the plane with labelled points (m, 2) on top."""
    x1, x2 = np.meshgrid(field.x1, field.x2, indexing="ij")
    half = (field.x1[1] - field.x1[0]) / 2
    cells = pd.DataFrame(
        {
            "left": x1.ravel() - half,
            "right": x1.ravel() + half,
            "bottom": x2.ravel() - half,
            "top": x2.ravel() + half,
            "p": field.p.ravel(),
        }
    )
    marks = pd.DataFrame({"x1": points[:, 0], "x2": points[:, 1], "class": labels.astype(int)})
    return _with_data(_boundary(), cells=cells, points=marks)


def hidden_space(activations: Array, labels: Array, first: int, second: int) -> Spec:
    """Return the samples (n, m) in the coordinates of two units of a hidden layer."""
    frame = pd.DataFrame(
        {"a": activations[first], "b": activations[second], "class": labels.astype(int)}
    )
    return _with_data(_hidden_space(first + 1, second + 1), points=frame)


def thinned(count: int, most: int = 200) -> Array:
    """Return at most `most` of 0 .. count - 1, evenly spread and with both ends."""
    chosen: Array = np.unique(np.linspace(0, count - 1, min(count, most)).astype(int))
    return chosen


def _rows(passed: Sequence[Snapshot], quantity: str) -> pd.DataFrame:
    rows = [
        (snapshot.epoch, getattr(snapshot, f"batch_{quantity}"), BATCHES)
        for snapshot in passed
        if snapshot.batch_cost is not None
    ]
    rows += [
        (snapshot.epoch, snapshot.history[f"test_{quantity}"], TEST)
        for snapshot in passed
        if snapshot.history and snapshot.epoch
    ]
    return pd.DataFrame(rows, columns=["epoch", "value", "series"])


@functools.cache
def _watched(title: str, number_format: str) -> Spec:
    series = [BATCHES, TEST]
    base = alt.Chart(alt.NamedData("cost")).encode(
        alt.X("epoch:Q").title("Epoch").scale(nice=False),
        alt.Y("value:Q").title(title).axis(format=number_format).scale(zero=False),
        alt.Color("series:N").title(None).scale(domain=series, range=[BLUE, ORANGE]),
        alt.StrokeDash("series:N").title(None).scale(domain=series, range=[[1, 0], [6, 4]]),
        tooltip=[
            alt.Tooltip("series:N", title="Curve"),
            alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
            alt.Tooltip("value:Q", title=title, format=".4f"),
        ],
    )
    lines = base.mark_line(strokeWidth=2)
    # Sized instead of filtered: a layer without any rows makes Vega complain on the console.
    points = base.mark_point(shape="diamond", filled=True, opacity=1).encode(
        size=alt.condition(alt.datum.series == TEST, alt.value(70), alt.value(0))
    )
    chart = (lines + points).properties(height=260).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _seed_band() -> Spec:
    x = alt.X("epoch:Q").title("Epoch")
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(color=GREY, strokeWidth=0.6, opacity=0.6)
        .encode(
            x,
            alt.Y("cost:Q").title("Training cost (nats)"),
            alt.Detail("seed:N"),
            tooltip=[
                alt.Tooltip("seed:N", title="Seed"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("cost:Q", title="Cost", format=".3g"),
            ],
        )
    )
    base = alt.Chart(alt.NamedData("band")).encode(x)
    area = base.mark_area(color=BLUE, opacity=0.25).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    median = base.mark_line(color=BLUE, strokeWidth=3).encode(alt.Y("median:Q"))
    spec: Spec = (lines + area + median).properties(height=300).to_dict()
    return spec


@functools.cache
def _compared(title: str, number_format: str) -> Spec:
    colours = alt.Color("run:N").legend(None)
    colours = colours.scale(domain=list(RUN_COLOURS), range=list(RUN_COLOURS.values()))
    x, y = alt.X("epoch:Q").title("Epoch"), alt.Y("value:Q").title(title)
    curves = (
        alt.Chart(alt.NamedData("runs"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y.axis(format=number_format),
            colours,
            alt.StrokeDash("split:N")
            .title("Split")
            .scale(domain=["train", "test"], range=[[1, 0], [2, 3]]),
            tooltip=[
                alt.Tooltip("run:N", title="Run"),
                alt.Tooltip("split:N", title="Split"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("value:Q", title=title, format=".3g"),
            ],
        )
    )
    labels = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(dy=-9, fontWeight="bold", fontSize=13)
        .encode(x, y, alt.Text("run:N"), colours)
    )
    chart = (curves + labels).properties(height=260).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


_FIELD: dict[str, Any] = {
    "domain": [0, 0.5, 1],
    "range": ["#5B9DCB", "#F7F7F5", "#EDB95A"],
    "interpolate": "rgb",
}


def _class_points(
    x: str, y: str, x_title: str, y_title: str, legend: Any = alt.Undefined
) -> alt.Chart:
    """Return labelled points: class 0 blue circles, class 1 orange diamonds."""
    shapes = {"domain": [0, 1], "range": ["circle", "diamond"]}
    return (
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=70, stroke="white", strokeWidth=1, opacity=1)
        .encode(
            alt.X(f"{x}:Q").title(x_title),
            alt.Y(f"{y}:Q").title(y_title),
            alt.Color("class:N")
            .title("Class")
            .scale(domain=[0, 1], range=[BLUE, ORANGE])
            .legend(legend),
            alt.Shape("class:N").title("Class").scale(**shapes).legend(legend),
            tooltip=[
                alt.Tooltip(f"{x}:Q", title=x_title, format=".3g"),
                alt.Tooltip(f"{y}:Q", title=y_title, format=".3g"),
                alt.Tooltip("class:N", title="Class"),
            ],
        )
    )


@functools.cache
def _boundary() -> Spec:
    cells = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect()
        .encode(
            alt.X("left:Q").title("x₁").scale(nice=False, zero=False),
            alt.X2("right:Q"),
            alt.Y("bottom:Q").title("x₂").scale(nice=False, zero=False),
            alt.Y2("top:Q"),
            # The stroke covers the seams that antialiasing leaves between cells.
            alt.Color("p:Q").legend(None).scale(**_FIELD),
            alt.Stroke("p:Q").legend(None).scale(**_FIELD),
        )
    )
    points = _class_points("x1", "x2", "x₁", "x₂", legend=None)
    layered = alt.layer(cells, points).resolve_scale(color="independent", shape="independent")
    spec: Spec = layered.properties(height=270).to_dict()
    return {**spec, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


@functools.cache
def _hidden_space(first: int, second: int) -> Spec:
    chart = _class_points("a", "b", f"a{first}", f"a{second}")
    spec: Spec = chart.properties(height=300).configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _bars() -> Spec:
    spec: Spec = (
        alt.Chart(alt.NamedData("digits"))
        .mark_bar()
        .encode(
            alt.X("digit:O")
            .title(None)
            .axis(labelAngle=0, labelOverlap=False, labelFontSize=9, ticks=False, domain=False),
            alt.Y("probability:Q").scale(domain=[0, 1]).axis(None),
            alt.Color("chosen:N").scale(domain=[False, True], range=[GREY, BLUE]).legend(None),
            tooltip=[
                alt.Tooltip("digit:O", title="Digit"),
                alt.Tooltip("probability:Q", title="Probability", format=".2%"),
            ],
        )
        .properties(height=70)
        .to_dict()
    )
    return spec


def _with_data(spec: Spec, **datasets: pd.DataFrame) -> Spec:
    return {**spec, "datasets": datasets}
