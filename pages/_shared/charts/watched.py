"""A watched training, as it learns."""

import functools
from collections.abc import Sequence

import altair as alt
import pandas as pd

from engine.training import Snapshot
from pages._shared.charts.base import BLUE, ORANGE, Spec, with_data

BATCHES, TEST = "training, mini-batches", "test, whole epochs"


def cost_curve(passed: Sequence[Snapshot]) -> Spec:
    """Return the cost of a watched training: mini-batches as they came, test after each epoch.

    The untrained network is left out of both curves: it would squeeze all that follows.
    """
    return with_data(_watched("Cost J (nats)", "~g"), cost=_rows(passed, "cost"))


def accuracy_curve(passed: Sequence[Snapshot]) -> Spec:
    """Return the accuracy of a watched training, likewise."""
    return with_data(_watched("Accuracy", ".0%"), cost=_rows(passed, "accuracy"))


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
