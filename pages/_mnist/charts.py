"""A training on digits, as it learns."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from pages._kit.charts import written
from pages._kit.charts.base import BLUE, GREY, ORANGE, Spec, with_data
from pages._kit.training.live import Live

TRAINING = "training"

_MOST_POINTS = 300
_MOST_DIAMONDS = 60
_MOST_RULES = 8


def cost_curve(live: Live) -> Spec:
    """Return the cost of a watched training: mini-batches as they came, held-out samples dotted.

    A diamond stands where all held-out samples were looked at, a rule where knobs were turned. The
    untrained network is left out once there is anything else: it would squeeze all that follows.
    """
    return _curve(live, "cost", "Cost J (nats)")


def accuracy_curve(live: Live) -> Spec:
    """Return the accuracy of a watched training, likewise."""
    return _curve(live, "accuracy", "Accuracy")


def _curve(live: Live, quantity: str, title: str) -> Spec:
    spec = _watched(title, quantity == "accuracy", live.held_out)
    return with_data(spec, curves=_rows(live, quantity), rules=_rules(live))


def _rows(live: Live, quantity: str) -> pd.DataFrame:
    """Return epoch, value, series and the size of the mark for every point, in order."""
    seen = live.passed[1:] or live.passed
    training = [
        (
            snapshot.epoch,
            snapshot.history.get(f"train_{quantity}")
            if snapshot.batch_cost is None
            else getattr(snapshot, f"batch_{quantity}"),
        )
        for snapshot in seen
        if snapshot.history or snapshot.batch_cost is not None
    ]
    whole = [(s.epoch, s.history[f"{live.held_out}_{quantity}"]) for s in seen if s.history]
    within = [(estimate.epoch, getattr(estimate, quantity)) for estimate in live.estimates]
    there = {epoch for epoch, _ in within}
    line = sorted([*within, *((epoch, value) for epoch, value in whole if epoch not in there)])
    return pd.concat(
        [
            _series(training, TRAINING, "line", is_marked=len(training) == 1),
            _series(line, live.held_out, "line", is_marked=False),
            _series(whole, live.held_out, "whole", is_marked=len(whole) <= _MOST_DIAMONDS),
        ],
        ignore_index=True,
    )


def _series(
    points: Sequence[tuple[float, float | None]], series: str, kind: str, is_marked: bool
) -> pd.DataFrame:
    """Return points as rows; of many every second is left out, or three of four, and so on.

    So the ones that are shown stay while others join them, and the curve does not shimmer.
    """
    stride = 1
    while len(points) > stride * _MOST_POINTS:
        stride *= 2
    kept = [*points[:-1][::stride], *points[-1:]]
    frame = pd.DataFrame(kept, columns=["epoch", "value"], dtype=float)
    finite: pd.DataFrame = frame[np.isfinite(frame["value"])]
    return finite.assign(series=series, kind=kind, marked=is_marked)


def _rules(live: Live) -> pd.DataFrame:
    """Return where knobs were turned, and one row without a text where the axis ends."""
    end = live.epoch if live.is_finished else live.experiment.epochs
    marks = [
        (adjustment.epoch, adjustment.text) for adjustment in live.adjustments if adjustment.text
    ][-_MOST_RULES:]
    return pd.DataFrame([*marks, (float(end), "")], columns=["epoch", "text"])


@functools.cache
def _watched(title: str, is_share: bool, held_out: str) -> Spec:
    series, dash = [TRAINING, held_out], [[1, 0], [6, 4] if held_out == "dev" else [2, 3]]
    colours = alt.Scale(domain=series, range=[BLUE, ORANGE])
    x = alt.X("epoch:Q").title("Epoch").scale(nice=False)
    y = alt.Y("value:Q").title(title).scale(zero=False)
    y = y.axis(format="~%") if is_share else y.axis(labelExpr=written.chosen())
    base = alt.Chart(alt.NamedData("curves")).encode(
        x,
        y,
        tooltip=[
            alt.Tooltip("series:N", title="Curve"),
            alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
            alt.Tooltip("value:Q", title=title, format=".1%" if is_share else ".3g"),
        ],
    )
    lines = base.mark_line(strokeWidth=2).encode(
        alt.Color("series:N").title(None).scale(colours),
        alt.StrokeDash("series:N").title(None).scale(domain=series, range=dash),
        # Made invisible instead of filtered: a layer without any rows makes Vega complain.
        alt.Detail("kind:N"),
        opacity=alt.condition(alt.datum.kind == "line", alt.value(1), alt.value(0)),
    )
    points = base.mark_point(shape="diamond", filled=True, opacity=1).encode(
        alt.Color("series:N").title(None).scale(colours),
        size=alt.condition(alt.datum.marked, alt.value(70), alt.value(0)),
    )
    rules = alt.Chart(alt.NamedData("rules")).encode(
        x,
        opacity=alt.condition(alt.datum.text != "", alt.value(1), alt.value(0)),
        tooltip=[
            alt.Tooltip("text:N", title="Turned"),
            alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
        ],
    )
    rule = rules.mark_rule(color=GREY, strokeDash=[4, 2])
    name = rules.mark_text(
        color=GREY, angle=270, align="right", baseline="bottom", dx=-4, dy=-3, fontSize=11
    ).encode(alt.Text("text:N"), y=alt.value(0))
    chart = (rule + name + lines + points).properties(height=300).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec
