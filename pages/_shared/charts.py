"""Every chart as a function of the engine's values: a Vega-Lite specification with its data.

The specification never depends on the data, so that a chart that grows is updated in place.
"""

import functools
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from engine.training import Snapshot
from engine.types import Array

Spec = dict[str, Any]

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#8A97A5"

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
