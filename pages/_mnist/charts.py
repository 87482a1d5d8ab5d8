"""A training on digits, as it learns."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from pages._kit.charts import written
from pages._kit.charts.base import MEAN_LOSS, Spec, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE
from pages._kit.pictures.png import data_url, png
from pages._kit.runs.words import a
from pages._kit.training.live import Live
from pages._mnist.before import Before
from pages._mnist.guesses import NOTHING, UNSEEN, Guesses

TRAINING, BEFORE = "training", "before"

IN_A_ROW = 8
"""So many digits stand side by side."""

_MOST_POINTS = 300
_MOST_DIAMONDS = 60
_MOST_RULES = 8

_HEIGHT = 215
_PICTURE = 34
_ROWS = 1 + UNSEEN // IN_A_ROW
_WRONG = "#D55E00"


def cost_curve(live: Live, before: Before | None = None) -> Spec:
    """Return the cost of a watched training: mini-batches as they came, held-out samples dotted.

    A diamond stands where all held-out samples were looked at, a rule where knobs were turned. The
    untrained network is left out once there is anything else: it would squeeze all that follows.
    The held-out curve of the training before it is grey.
    """
    return _curve(live, before, "cost", f"Cost: {MEAN_LOSS}")


def accuracy_curve(live: Live, before: Before | None = None) -> Spec:
    """Return the accuracy of a watched training, likewise."""
    return _curve(live, before, "accuracy", "Accuracy")


def digits(seen: Guesses, ink: str) -> Spec:
    """Return pictures of digits, and below each what it is read as; ✗ where that is wrong.

    `ink` is the colour of the theme's text.
    """
    place = np.arange(len(seen.labels))
    row = np.where(place < seen.learned, 0, 1 + (place - seen.learned) // IN_A_ROW)
    column = np.where(place < seen.learned, place, (place - seen.learned) % IN_A_ROW)
    pictures = [data_url(png(cells.reshape(28, 28))) for cells in seen.pictures]
    shown = pd.DataFrame({"row": row, "column": column, "picture": pictures})
    readings = pd.DataFrame(
        {
            "row": row,
            "column": column,
            "text": [
                ("–" if read == NOTHING else str(read)) + ("" if is_right else " ✗")
                for read, is_right in zip(seen.read_as, seen.is_right, strict=True)
            ],
            "is_right": seen.is_right,
            "spoken": [
                f"{a(int(label))}, read as {'nothing' if read == NOTHING else a(int(read))}"
                for label, read in zip(seen.labels, seen.read_as, strict=True)
            ],
        }
    )
    return with_data(_digits(ink), digits=shown, readings=readings)


@functools.cache
def _digits(ink: str) -> Spec:
    names = "datum.value == 0 ? 'learned from' : datum.value == 1 ? 'never seen' : ''"
    axis = alt.Axis(labelExpr=names, ticks=False, domain=False, labelPadding=8, labelFontSize=12)
    x = alt.X("column:O").axis(None)
    y = alt.Y("row:O").title(None).axis(axis)
    tooltip = alt.Tooltip("spoken:N", title="This is")
    picture = (
        alt.Chart(alt.NamedData("digits"))
        .mark_image(width=_PICTURE, height=_PICTURE, yOffset=-9)
        .encode(x, y, alt.Url("picture:N"))
    )
    reading = (
        alt.Chart(alt.NamedData("readings"))
        .mark_text(baseline="middle", yOffset=_PICTURE / 2, fontSize=13)
        .encode(
            x,
            y,
            alt.Text("text:N"),
            color=alt.condition(alt.datum.is_right, alt.value(ink), alt.value(_WRONG)),
            tooltip=[tooltip],
        )
    )
    chart = (picture + reading).properties(height=_ROWS * (_PICTURE + 22), padding=0)
    spec: Spec = chart.configure_view(stroke=None).to_dict()
    return spec


def _curve(live: Live, before: Before | None, quantity: str, title: str) -> Spec:
    spec = _watched(title, quantity == "accuracy", live.held_out, before is not None)
    curves = _rows(live, quantity)
    if before is not None:
        ghost = list(zip(before.epochs, getattr(before, quantity), strict=True))
        curves = pd.concat([_series(ghost, BEFORE, "line", is_marked=False), curves])
    return with_data(spec, curves=curves, rules=_rules(live))


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
def _watched(title: str, is_share: bool, held_out: str, has_before: bool) -> Spec:
    """Return a curve's chart; the accuracy's is the upper one, with the legend for both."""
    series, dash = [TRAINING, held_out], [[1, 0], [6, 4] if held_out == "dev" else [2, 3]]
    hues = [BLUE, ORANGE]
    if has_before:
        series, dash, hues = [*series, BEFORE], [*dash, [12, 3]], [*hues, GREY]
    colours = alt.Scale(domain=series, range=hues)
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
    legend = alt.Legend(title=None) if is_share else None
    colour = alt.Color("series:N").scale(colours).legend(legend)
    lines = base.mark_line(strokeWidth=2).encode(
        colour,
        alt.StrokeDash("series:N").scale(domain=series, range=dash).legend(legend),
        # Made invisible instead of filtered: a layer without any rows makes Vega complain.
        alt.Detail("kind:N"),
        opacity=alt.condition(alt.datum.kind == "line", alt.value(1), alt.value(0)),
    )
    points = base.mark_point(shape="diamond", filled=True, opacity=1).encode(
        colour,
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
    chart = (rule + name + lines + points).properties(height=_HEIGHT).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec
