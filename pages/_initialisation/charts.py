"""Why weights start random, and how large: units as rows, their gap, sums of n terms, seeds."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.nn.types import Array
from pages._kit.charts import written
from pages._kit.charts.base import Spec, thinned, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE, RUN_COLOURS

FLOOR = 1e-18
"""Where 0 is drawn on a logarithmic axis."""

_SHADES: dict[str, Any] = {
    "type": "threshold",
    "domain": [0],
    "range": [BLUE, ORANGE],
}
_POWERS = f"datum.value < 2e-18 ? '0' : {written.power('round(log(datum.value) / LN10)')}"
_LETTERS, _COLOURS = (list(part)[:6] for part in (RUN_COLOURS, RUN_COLOURS.values()))
_DASHES = [[1, 0], [8, 3], [4, 3], [2, 2], [8, 2, 2, 2], [1, 3]]
_SHAPES = ["circle", "diamond", "square", "cross", "triangle-up", "triangle-down"]
_SERIES = ["Var(w) fixed", "scaled"]


def unit_rows(rows: Array, columns: Sequence[str], largest: float) -> Spec:
    """Return units (n, k) as rows of coloured cells, by their k named weights.

    Negative weights are blue, positive ones orange, the fuller the closer to `largest`; 0 is empty.
    """
    n, k = rows.shape
    shade = rows.ravel() / (largest or 1.0)
    cells = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(1, n + 1), k),
            "column": np.tile(np.array(columns, dtype=object), n),
            "weight": rows.ravel(),
            "shade": shade,
            "strength": np.abs(shade),
        }
    )
    return with_data(_unit_rows(), cells=cells)


def symmetry_gap(series: Mapping[str, tuple[Array, Array]]) -> Spec:
    """Return name -> (epochs, gaps) as lines on a logarithmic axis, each named at its start.

    Gaps up to FLOOR are drawn as 0 where the axis begins, those above 10 where it ends.
    """
    lines = []
    for letter, (name, (epochs, gaps)) in zip(_LETTERS, series.items(), strict=False):
        chosen = thinned(len(epochs))
        size = np.clip(np.asarray(gaps, float)[chosen], FLOOR, 10)
        lines.append(
            pd.DataFrame({"epoch": epochs[chosen], "gap": size, "noise": name, "line": letter})
        )
    starts = pd.concat([line.iloc[[0]] for line in lines], ignore_index=True)
    return with_data(_symmetry_gap(), lines=pd.concat(lines, ignore_index=True), starts=starts)


def sum_histogram(z: Array, deviation: float, bins: int = 41) -> Spec:
    """Return the density of sums z (units,), and the normal curve of that deviation on top."""
    edges = np.linspace(-4 * deviation, 4 * deviation, bins + 1)
    counts, _ = np.histogram(z, bins=edges)
    density = counts / (len(z) * np.diff(edges))
    bars = pd.DataFrame({"left": edges[:-1], "right": edges[1:], "density": density, "floor": 0.0})
    x = np.linspace(-4 * deviation, 4 * deviation, 121)
    y = np.exp(-0.5 * (x / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))
    return with_data(_sum_histogram(), bars=bars, curve=pd.DataFrame({"z": x, "density": y}))


def sum_deviation(
    n: Array, measured: Mapping[str, Array], theory: Mapping[str, Array], chosen: int
) -> Spec:
    """Return the deviation of z over the number of inputs n, measured and by theory.

    Both map "fixed" and "scaled" to one number per n; `chosen` is the n that is looked at.
    """
    points = pd.concat(
        [
            pd.DataFrame(
                {
                    "n": n,
                    "measured": measured[name],
                    "theory": theory[name],
                    "weights": series,
                    "size": np.where(n == chosen, 140, 40),
                }
            )
            for name, series in zip(("fixed", "scaled"), _SERIES, strict=True)
        ],
        ignore_index=True,
    )
    return with_data(_sum_deviation(), points=points)


def scheme_seeds(accuracies: Mapping[str, Array]) -> Spec:
    """Return name -> accuracies (seeds,) as dots, with median and quartiles of each name.

    A name that has none yet is left out; the others keep their colours.
    """
    dots, boxes = [], []
    for letter, (name, values) in zip(_LETTERS, accuracies.items(), strict=False):
        if not len(values):
            continue
        label = f"{letter} {name}"
        seeds = np.arange(len(values))
        dots.append(
            pd.DataFrame({"scheme": label, "letter": letter, "seed": seeds, "accuracy": values})
        )
        low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
        boxes.append((label, letter, low, middle, high))
    return with_data(
        _scheme_seeds(),
        dots=pd.concat(dots, ignore_index=True),
        boxes=pd.DataFrame(boxes, columns=["scheme", "letter", "low", "median", "high"]),
    )


@functools.cache
def _unit_rows() -> Spec:
    spec: Spec = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect(stroke=GREY, strokeWidth=0.5)
        .encode(
            alt.X("column:N").title("Weight").sort(None).axis(labelAngle=0, labelOverlap=True),
            alt.Y("unit:O").title("Unit of the layer").axis(ticks=False),
            alt.Fill("shade:Q").scale(**_SHADES).legend(None),
            alt.FillOpacity("strength:Q").scale(None),
            tooltip=[
                alt.Tooltip("unit:O", title="Unit"),
                alt.Tooltip("column:N", title="Weight"),
                alt.Tooltip("weight:Q", title="Value", format=".6g"),
            ],
        )
        .properties(height=260)
        .to_dict()
    )
    return spec


@functools.cache
def _symmetry_gap() -> Spec:
    x = alt.X("epoch:Q").title("Epoch").scale(nice=False)
    y = (
        alt.Y("gap:Q")
        .title("Widest gap between two units")
        .scale(type="log", domain=[FLOOR, 10])
        .axis(values=[1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1], labelExpr=_POWERS)
    )
    colour = alt.Color("line:N").legend(None).scale(domain=_LETTERS, range=_COLOURS)
    dash = alt.StrokeDash("line:N").legend(None).scale(domain=_LETTERS, range=_DASHES)
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            colour,
            dash,
            tooltip=[
                alt.Tooltip("noise:N", title="Noise"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("gap:Q", title="Gap", format=".2e"),
            ],
        )
    )
    names = (
        alt.Chart(alt.NamedData("starts"))
        .mark_text(align="left", dx=6, dy=-12, fontWeight="bold", fontSize=12)
        .encode(x, y, alt.Text("noise:N"), colour)
    )
    spec: Spec = (lines + names).properties(height=320).to_dict()
    return spec


@functools.cache
def _sum_histogram() -> Spec:
    bars = (
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(color=BLUE, opacity=0.55)
        .encode(
            alt.X("left:Q").title("z").scale(nice=False),
            alt.X2("right:Q"),
            alt.Y("density:Q").title("Density of units"),
            alt.Y2("floor:Q"),
            tooltip=[
                alt.Tooltip("left:Q", title="z from", format=".3g"),
                alt.Tooltip("right:Q", title="to", format=".3g"),
                alt.Tooltip("density:Q", title="Density", format=".3g"),
            ],
        )
    )
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .mark_line(color=ORANGE, strokeWidth=2.5)
        .encode(alt.X("z:Q"), alt.Y("density:Q"))
    )
    spec: Spec = (bars + curve).properties(height=220).to_dict()
    return spec


@functools.cache
def _sum_deviation() -> Spec:
    base = alt.Chart(alt.NamedData("points")).encode(
        alt.X("n:Q")
        .title("Inputs n")
        .scale(type="log", domain=[1, 1000])
        .axis(values=[1, 10, 100, 1000], format="d"),
        alt.Color("weights:N").title(None).scale(domain=_SERIES, range=[ORANGE, BLUE]),
        tooltip=[
            alt.Tooltip("weights:N", title="Var(w)"),
            alt.Tooltip("n:Q", title="n"),
            alt.Tooltip("measured:Q", title="Measured", format=".3g"),
            alt.Tooltip("theory:Q", title="Theory", format=".3g"),
        ],
    )
    y = (
        alt.Y("theory:Q")
        .title("Standard deviation of z")
        .scale(type="log", domain=[0.3, 100])
        .axis(values=[1, 10, 100], format="d")
    )
    line = base.mark_line(strokeWidth=2).encode(y)
    dots = base.mark_point(filled=True, opacity=1).encode(
        alt.Y("measured:Q"),
        alt.Size("size:Q").scale(None).legend(None),
        alt.Shape("weights:N").title(None).scale(domain=_SERIES, range=["diamond", "circle"]),
    )
    chart = (line + dots).properties(height=262).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _scheme_seeds() -> Spec:
    x = alt.X("scheme:N").title("Scheme").sort(None).axis(labelAngle=0, labelOverlap=False)
    colour = alt.Color("letter:N").legend(None).scale(domain=_LETTERS, range=_COLOURS)
    shape = alt.Shape("letter:N").legend(None).scale(domain=_LETTERS, range=_SHAPES)
    boxes = alt.Chart(alt.NamedData("boxes")).encode(
        x,
        tooltip=[
            alt.Tooltip("scheme:N", title="Scheme"),
            alt.Tooltip("low:Q", title="Lower quartile", format=".1%"),
            alt.Tooltip("median:Q", title="Median", format=".1%"),
            alt.Tooltip("high:Q", title="Upper quartile", format=".1%"),
        ],
    )
    title, percent = "Training accuracy at the end", ".0%"
    scale = alt.Scale(domain=[0, 1])
    quartiles = boxes.mark_bar(opacity=0.25, width=44).encode(
        alt.Y("low:Q", title=title, scale=scale).axis(format=percent), alt.Y2("high:Q"), colour
    )
    dots = (
        alt.Chart(alt.NamedData("dots"))
        .mark_point(filled=True, size=28, opacity=0.9)
        .encode(
            x,
            alt.XOffset("seed:O"),
            alt.Y("accuracy:Q"),
            colour,
            shape,
            tooltip=[
                alt.Tooltip("scheme:N", title="Scheme"),
                alt.Tooltip("seed:O", title="Seed"),
                alt.Tooltip("accuracy:Q", title="Accuracy", format=".1%"),
            ],
        )
    )
    medians = boxes.mark_tick(color=GREY, thickness=3, width=44, opacity=1).encode(
        alt.Y("median:Q")
    )
    spec: Spec = (quartiles + dots + medians).properties(height=300).to_dict()
    return spec
