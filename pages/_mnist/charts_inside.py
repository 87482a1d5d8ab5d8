"""The inside of a network that reads digits: its units one by one, and its mistakes."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.experiment.wording import counted, percent
from engine.inspection.confusion import Confusion
from engine.nn.types import Array
from pages._kit.charts.base import Spec, with_data
from pages._kit.pictures import BLUE, ORANGE

CELL = "cell"
"""The name under which the confusion matrix reports the cell that was clicked."""

_MARKED = "#D55E00"
_FAINTEST, _FULL = 0.06, 0.75


def units(values: Array, names: Sequence[int], unit: str, quantity: str) -> Spec:
    """Return one bar per unit: values (n,), blue below zero and orange above.

    `unit` is the title of the axis that says which unit it is, `quantity` what the bars show.
    """
    rows = pd.DataFrame({"name": names, "value": values, "sign": np.where(values < 0, "−", "+")})
    return with_data(_units(unit, quantity), units=rows)


def confusion_matrix(seen: Confusion, as_share: bool, marked: tuple[int, int] | None) -> Spec:
    """Return the confusion matrix; digits read right are blue, misread ones orange.

    The deepest orange is the most common confusion and the deepest blue is a class read right
    throughout. `as_share` prints per cent of the row instead of counts; `marked` is a cell with a
    frame around it.
    """
    true, read = np.indices(seen.counts.shape)
    is_right = true == read
    errors = np.where(is_right, 0, seen.counts)
    depth = np.where(is_right, seen.shares, errors / max(errors.max(), 1))
    at = marked or (-1, -1)
    is_empty = seen.counts == 0
    cells = pd.DataFrame(
        {
            "true": true.ravel(),
            "read": read.ravel(),
            "count": seen.counts.ravel(),
            "share": seen.shares.ravel(),
            "kind": np.where(is_right, "right", "wrong").ravel(),
            "depth": np.where(is_empty, 0, _FAINTEST + (_FULL - _FAINTEST) * depth).ravel(),
            "text": _texts(seen, as_share),
            "spoken": [
                f"{i} read as {j}: {counted(int(seen.counts[i, j]), 'digit')}, "
                f"{percent(share)} of the row"
                for (i, j), share in np.ndenumerate(seen.shares)
            ],
            "frame": np.where((true == at[0]) & (read == at[1]), 3, 0).ravel(),
        }
    )
    return with_data(_confusion_matrix(), cells=cells)


def _texts(seen: Confusion, as_share: bool) -> list[str]:
    if as_share:
        texts = [percent(share).removesuffix(" %") for share in seen.shares.ravel()]
    else:
        texts = [f"{count}" for count in seen.counts.ravel()]
    return [text if count else "·" for text, count in zip(texts, seen.counts.ravel(), strict=True)]


def class_accuracy(seen: Confusion) -> Spec:
    """Return each class's accuracy as a point with its 95 % interval."""
    low, high = seen.interval()
    accuracy = np.diagonal(seen.shares)
    rows = pd.DataFrame(
        {
            "digit": range(len(accuracy)),
            "accuracy": accuracy,
            "low": low,
            "high": high,
            "text": [percent(share) for share in accuracy],
            "counted": [f"{k:,} of {n:,}" for k, n in zip(seen.correct, seen.sizes, strict=True)],
        }
    )
    return with_data(_class_accuracy(), digits=rows)


@functools.cache
def _units(unit: str, quantity: str) -> Spec:
    spec: Spec = (
        alt.Chart(alt.NamedData("units"))
        .mark_bar()
        .encode(
            alt.X("name:O")
            .title(unit)
            .axis(labelAngle=0, labelOverlap=True, ticks=False)
            .scale(paddingInner=0.1),
            alt.Y("value:Q").title(quantity),
            alt.Color("sign:N").scale(domain=["−", "+"], range=[BLUE, ORANGE]).legend(None),
            tooltip=[
                alt.Tooltip("name:O", title=unit),
                alt.Tooltip("value:Q", title=quantity, format=".3g"),
            ],
        )
        .properties(height=150)
        .to_dict()
    )
    return spec


@functools.cache
def _confusion_matrix() -> Spec:
    base = alt.Chart(alt.NamedData("cells")).encode(
        alt.X("read:O").title("Read as").axis(orient="top", labelAngle=0, ticks=False),
        alt.Y("true:O").title("True digit").axis(ticks=False),
        description="spoken:N",
        tooltip=[
            alt.Tooltip("true:O", title="True digit"),
            alt.Tooltip("read:O", title="Read as"),
            alt.Tooltip("count:Q", title="Digits", format=","),
            alt.Tooltip("share:Q", title="Of the row", format=".2%"),
        ],
    )
    cells = (
        base.mark_rect(stroke=_MARKED, cursor="pointer")
        .encode(
            alt.Fill("kind:N").scale(domain=["right", "wrong"], range=[BLUE, ORANGE]).legend(None),
            alt.FillOpacity("depth:Q").scale(None),
            alt.StrokeWidth("frame:Q").scale(None),
        )
        .add_params(alt.selection_point(name=CELL, fields=["true", "read"]))
    )
    texts = base.mark_text(fontSize=12).encode(alt.Text("text:N"))
    spec: Spec = (cells + texts).properties(height=380).to_dict()
    return spec


@functools.cache
def _class_accuracy() -> Spec:
    base = alt.Chart(alt.NamedData("digits")).encode(
        alt.Y("digit:O").title("True digit").axis(ticks=False),
        tooltip=[
            alt.Tooltip("digit:O", title="Digit"),
            alt.Tooltip("counted:N", title="Read right"),
            alt.Tooltip("accuracy:Q", title="Accuracy", format=".1%"),
            alt.Tooltip("low:Q", title="95 % interval from", format=".1%"),
            alt.Tooltip("high:Q", title="to", format=".1%"),
        ],
    )
    x = alt.X("low:Q").title("Accuracy on the test digits").axis(format=".0%").scale(zero=False)
    intervals = base.mark_rule(strokeWidth=4, opacity=0.35, color=BLUE).encode(x, alt.X2("high:Q"))
    points = base.mark_point(filled=True, size=80, opacity=1, color=BLUE).encode(
        alt.X("accuracy:Q")
    )
    texts = base.mark_text(dy=-11, fontSize=11).encode(alt.X("accuracy:Q"), alt.Text("text:N"))
    spec: Spec = (intervals + points + texts).properties(height=380).to_dict()
    return spec
