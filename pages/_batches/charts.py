"""The noise of gradients, paths in a plane of the loss, batches, and which size is fastest."""

import functools
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.inspection.gradient_noise import Noise
from engine.nn.types import Array
from pages._kit.charts import written
from pages._kit.charts.base import MEAN_LOSS, Spec, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE, RUN_COLOURS

_POWER = written.power()
_LETTERS, _COLOURS = (list(part)[:6] for part in (RUN_COLOURS, RUN_COLOURS.values()))
_DASHES = [[1, 0], [8, 3], [4, 3], [2, 2], [8, 2, 2, 2], [1, 3]]
_SHAPES = ["circle", "diamond", "square", "cross", "triangle-up", "triangle-down"]
_ROOT, _EXACT = "1/√B", "exact, all mini-batches"
_MILLISECONDS, _UPDATES, _NOT_MET = "milliseconds", "updates", "not met"


def noise(found: Noise) -> Spec:
    """Return the deviation of mini-batch gradients over B: measured, exact, and a line of 1/√B.

    The whole set, whose deviation is 0, has no place on logarithmic axes.
    """
    sizes = found.sizes[:-1].astype(float)
    lines = {_EXACT: found.exact[:-1], _ROOT: found.exact[0] / np.sqrt(sizes)}
    rows = [
        pd.DataFrame(
            {
                "size": sizes,
                "deviation": values,
                "x": np.log10(sizes),
                "y": _log(values),
                "line": name,
            }
        )
        for name, values in lines.items()
    ]
    points = pd.DataFrame(
        {
            "size": sizes,
            "deviation": found.measured[:-1],
            "x": np.log10(sizes),
            "y": _log(found.measured[:-1]),
        }
    )
    level = pd.DataFrame({"y": _log(np.array([found.norm])), "text": ["length of the gradient"]})
    return with_data(_noise(), lines=pd.concat(rows), points=points, level=level)


def plane(first: Array, second: Array, costs: Array, paths: Sequence[tuple[str, Array]]) -> Spec:
    """Return the cost (rows, columns) over a plane, and named paths (F, 2) in it.

    `first` (columns,) and `second` (rows,) are the coordinates of the cells' middles.
    """
    x, y = np.meshgrid(first, second)
    # A little more than half a cell, so that nothing shines through between two.
    half = np.array([first[1] - first[0], second[1] - second[0]]) * 0.52
    cells = pd.DataFrame(
        {
            "left": x.ravel() - half[0],
            "right": x.ravel() + half[0],
            "bottom": y.ravel() - half[1],
            "top": y.ravel() + half[1],
            "cost": costs.ravel(),
            "shade": _log(costs.ravel()),
        }
    )
    steps = pd.concat(
        [
            pd.DataFrame(
                {"w1": path[:, 0], "w2": path[:, 1], "moment": range(len(path)), "run": name}
            )
            for name, path in paths
        ]
    )
    ends = steps.groupby("run", as_index=False).last()
    return with_data(_plane(), cells=cells, steps=steps, ends=ends)


def cut(
    numbers: Sequence[int], lows: Sequence[int], highs: Sequence[int], size: int, chosen: int
) -> Spec:
    """Return mini-batches in a row, by their numbers t and their first and last samples.

    The last is as wide as it is full; between two that do not follow each other there is a gap.
    """
    rows, left, before = [], 0.0, 0
    for t, low, high in zip(numbers, lows, highs, strict=True):
        left += 0 if t == before + 1 else 0.7
        rows.append(
            {
                "left": left,
                "right": left + (high - low + 1) / size,
                "middle": left + 0.5,
                "low": 0,
                "high": 1,
                "t": t,
                "text": f"X{{{t:,}}}",
                "samples": f"x({low:,}) … x({high:,})",
                "strength": 0.7 if t == chosen else 0.2,
                "edge": 3 if t == chosen else 1,
            }
        )
        left, before = left + 1.1, t
    return with_data(_cut(), batches=pd.DataFrame(rows))


def which(sizes: Array, seconds: Array, updates: Array, best: float) -> Spec:
    """Return the time and the updates to a cost over the batch sizes; NaN is marked as not met.

    At least one size has met it.
    """
    met = np.isfinite(seconds)
    top = float(_log(updates[met]).max())
    readings = {_MILLISECONDS: 1000 * seconds[met], _UPDATES: updates[met]}
    rows = [
        pd.DataFrame(
            {
                "size": sizes[met],
                "reading": values,
                "x": np.log10(sizes[met]),
                "y": _log(values),
                "place": _log(values),
                "kind": kind,
                "area": np.where(sizes[met] == best, 220, 60),
            }
        )
        for kind, values in readings.items()
    ]
    rows.append(
        pd.DataFrame(
            {"size": sizes[~met], "x": np.log10(sizes[~met]), "place": top, "kind": _NOT_MET}
        ).assign(area=70)
    )
    return with_data(_which(), reached=pd.concat(rows, ignore_index=True))


def own_rates(rates: Sequence[float], costs: Mapping[str, Sequence[float]]) -> Spec:
    """Return each batch size's cost at the end over the learning rate; NaN is left out."""
    rows = []
    for letter, (name, row) in zip(_LETTERS, costs.items(), strict=False):
        known = [(rate, cost) for rate, cost in zip(rates, row, strict=True) if np.isfinite(cost)]
        least = min((cost for _, cost in known), default=np.nan)
        rows += [
            {
                "alpha": rate,
                "cost": cost,
                "x": np.log10(rate),
                "y": np.log10(max(cost, 1e-30)),
                "size": name,
                "letter": letter,
                "mark": letter if cost == least else "",
                "area": 200 if cost == least else 50,
            }
            for rate, cost in known
        ]
    frame = pd.DataFrame(
        rows, columns=["alpha", "cost", "x", "y", "size", "letter", "mark", "area"]
    )
    return with_data(_own_rates(), costs=frame)


def _log(values: Array) -> Array:
    logs: Array = np.log10(np.maximum(values, 1e-30))
    return logs


@functools.cache
def _noise() -> Spec:
    x = (
        alt.X("x:Q")
        .title("Samples B in a mini-batch (log scale)")
        .axis(labelExpr=_POWER, tickMinStep=1)
    )
    y = (
        alt.Y("y:Q")
        .title("Distance from the whole set's gradient (log scale)")
        .axis(labelExpr=_POWER, tickMinStep=1)
    )
    names = [_EXACT, _ROOT]
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            alt.Color("line:N").title(None).scale(domain=names, range=[BLUE, GREY]),
            alt.StrokeDash("line:N").title(None).scale(domain=names, range=[[1, 0], [5, 4]]),
        )
    )
    tips = [
        alt.Tooltip("size:Q", title="B", format=",d"),
        alt.Tooltip("deviation:Q", title="Measured distance", format=".3g"),
    ]
    points = (
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=70, color=ORANGE, opacity=1)
        .encode(x, y, tooltip=tips)
    )
    level = alt.Chart(alt.NamedData("level"))
    rule = level.mark_rule(color=GREY, strokeDash=[2, 3]).encode(y)
    text = level.mark_text(align="left", dx=4, dy=-7, fontSize=12).encode(
        y, alt.Text("text:N"), x=alt.value(0)
    )
    chart = (lines + rule + points + text).properties(height=320).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _plane() -> Spec:
    x = alt.X("left:Q").title("Along the first direction").axis(grid=False)
    x = x.scale(nice=False, zero=False)
    y = alt.Y("bottom:Q").title("Along the second").axis(grid=False)
    y = y.scale(nice=False, zero=False)
    cells = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect()
        .encode(
            x,
            y,
            alt.X2("right:Q"),
            alt.Y2("top:Q"),
            alt.Color("shade:Q").scale(scheme="greys", reverse=True).legend(None),
            tooltip=[alt.Tooltip("cost:Q", title="Cost", format=".3g")],
        )
    )
    stroke = alt.Stroke("run:N").legend(None).scale(domain=_LETTERS, range=_COLOURS)
    steps = alt.Chart(alt.NamedData("steps"))
    at = (alt.X("w1:Q"), alt.Y("w2:Q"))
    paths = steps.mark_line(strokeWidth=1.8, clip=True).encode(
        *at,
        stroke,
        alt.Order("moment:Q"),
        tooltip=[alt.Tooltip("run:N", title="Run"), alt.Tooltip("moment:Q", title="Moment")],
    )
    ends = alt.Chart(alt.NamedData("ends"))
    fill = alt.Fill("run:N").legend(None).scale(domain=_LETTERS, range=_COLOURS)
    shape = alt.Shape("run:N").legend(None).scale(domain=_LETTERS, range=_SHAPES)
    dots = ends.mark_point(size=90, opacity=1, stroke="white").encode(*at, fill, shape)
    names = ends.mark_text(dx=11, dy=-9, fontSize=14, fontWeight="bold").encode(
        *at, alt.Text("run:N")
    )
    chart = alt.layer(cells, paths, dots, names).resolve_scale(color="independent")
    spec: Spec = chart.properties(height=430).to_dict()
    return spec


@functools.cache
def _cut() -> Spec:
    base = alt.Chart(alt.NamedData("batches")).encode(
        alt.X("left:Q").axis(None).scale(nice=False),
        tooltip=[
            alt.Tooltip("t:Q", title="Mini-batch t", format=",d"),
            alt.Tooltip("samples:N", title="Its columns"),
        ],
    )
    boxes = base.mark_rect(color=BLUE, stroke=BLUE, cornerRadius=3).encode(
        alt.X2("right:Q"),
        alt.Y("low:Q").axis(None),
        alt.Y2("high:Q"),
        alt.StrokeWidth("edge:Q").scale(None).legend(None),
        alt.FillOpacity("strength:Q").scale(None).legend(None),
    )
    words = (
        alt.Chart(alt.NamedData("batches"))
        .mark_text(fontSize=12)
        .encode(alt.X("middle:Q"), alt.Text("text:N"), y=alt.value(32))
    )
    spec: Spec = (boxes + words).properties(height=64).to_dict()
    return spec


@functools.cache
def _which() -> Spec:
    names = [_MILLISECONDS, _UPDATES, _NOT_MET]
    x = alt.X("x:Q").title("Batch size B (log scale)").axis(labelExpr=_POWER, tickMinStep=1)
    y = alt.Y("y:Q").title("To that cost (log scale)").axis(labelExpr=_POWER, tickMinStep=1)
    colour = alt.Color("kind:N").title(None).scale(domain=names, range=[ORANGE, BLUE, GREY])
    base = alt.Chart(alt.NamedData("reached"))
    line = base.mark_line(strokeWidth=2).encode(x, y, colour)
    points = base.mark_point(filled=True, opacity=1).encode(
        x,
        alt.Y("place:Q"),
        colour,
        alt.Size("area:Q").scale(None).legend(None),
        alt.Shape("kind:N").title(None).scale(domain=names, range=["circle", "diamond", "cross"]),
        tooltip=[
            alt.Tooltip("size:Q", title="B", format=",d"),
            alt.Tooltip("kind:N", title="Counted in"),
            alt.Tooltip("reading:Q", title="To that cost", format=".3g"),
        ],
    )
    chart = (line + points).properties(height=320).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _own_rates() -> Spec:
    base = alt.Chart(alt.NamedData("costs")).encode(
        alt.X("x:Q").title("Learning rate α (log scale)").axis(labelExpr=_POWER, tickMinStep=1),
        alt.Y("y:Q")
        .title(f"Cost at the end: {MEAN_LOSS} (log scale)")
        .axis(labelExpr=_POWER, tickMinStep=1),
        alt.Color("letter:N").title(None).scale(domain=_LETTERS, range=_COLOURS).legend(None),
        tooltip=[
            alt.Tooltip("size:N", title="Batches"),
            alt.Tooltip("alpha:Q", title="α", format=".3g"),
            alt.Tooltip("cost:Q", title="Cost", format=".3g"),
        ],
    )
    line = base.mark_line(strokeWidth=2, clip=True).encode(
        alt.StrokeDash("letter:N").legend(None).scale(domain=_LETTERS, range=_DASHES)
    )
    points = base.mark_point(filled=True, opacity=1).encode(
        alt.Shape("letter:N").legend(None).scale(domain=_LETTERS, range=_SHAPES),
        alt.Size("area:Q").scale(None).legend(None),
    )
    best = base.mark_text(dy=-14, fontSize=13, fontWeight="bold").encode(alt.Text("mark:N"))
    spec: Spec = (line + points + best).properties(height=320).to_dict()
    return spec
