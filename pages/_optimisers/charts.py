"""What seven optimisers did with a network: costs, how wide α's valley is, schedules, sharpness."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.charts import written
from pages._kit.charts.base import MEAN_LOSS, Spec, thinned, with_data
from pages._kit.pictures import BLUE, ORANGE
from pages._optimisers.settings import SCHEDULE_TITLES

_COLOURS = ("#7a8691", "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#999933")
"""Of each line, in the order of the table; those of the race."""

_DASHES = ([1, 0], [8, 3], [4, 3], [2, 2], [8, 2, 2, 2], [12, 3], [1, 3], [6, 2, 1, 2])
_SHAPES = (
    *("circle", "diamond", "square", "triangle-up", "triangle-down", "cross"),
    *("triangle-right", "triangle-left"),
)
_TITLES = [method.title for method in OPTIMIZERS.values()]
_SCHEDULES = list(SCHEDULE_TITLES.values())
_LEGEND: Any = {"title": None, "orient": "right", "symbolSize": 160, "symbolStrokeWidth": 2.5}
_LINES: Any = _LEGEND | {"symbolType": "stroke", "symbolOpacity": 1}
_LEAST = 1e-9
"""What is less is drawn here, as a logarithmic axis has no place for it."""


class Band(NamedTuple):
    """A curve over places (T,): the median and the quartiles of its costs, each (T,)."""

    places: Array
    low: Array
    median: Array
    high: Array


def costs(bands: Mapping[str, Band], axis: str) -> Spec:
    """Return name -> median cost with its quartiles, on a logarithmic axis; `axis` is its title."""
    rows = []
    for name, band in bands.items():
        chosen = thinned(len(band.places))
        rows.append(
            pd.DataFrame(
                {
                    "place": band.places[chosen],
                    **{
                        quantity: np.maximum(values[chosen], _LEAST)
                        for quantity, values in band._asdict().items()
                        if quantity != "places"
                    },
                    "name": name,
                }
            )
        )
    return with_data(_costs(axis), bands=pd.concat(rows, ignore_index=True))


def valleys(ends: Mapping[str, Mapping[float, float]]) -> Spec:
    """Return name -> {α: cost at the end} as lines over α, both axes logarithmic."""
    rows = [
        {"rate": rate, "cost": max(cost, _LEAST), "name": name}
        for name, found in ends.items()
        for rate, cost in found.items()
        if np.isfinite(cost)
    ]
    return with_data(_valleys(), ends=pd.DataFrame(rows, columns=["rate", "cost", "name"]))


def rates(curves: Mapping[str, tuple[Array, Array]]) -> Spec:
    """Return schedule -> (epochs, learning rates) as lines."""
    return with_data(_over_epochs("Learning rate α", is_log=False), curves=_curves(curves, 0))


def scheduled_costs(curves: Mapping[str, tuple[Array, Array]]) -> Spec:
    """Return schedule -> (epochs, costs) as lines on a logarithmic axis."""
    spec = _over_epochs(f"Cost: {MEAN_LOSS}", is_log=True)
    return with_data(spec, curves=_curves(curves, _LEAST))


def _curves(curves: Mapping[str, tuple[Array, Array]], least: float) -> pd.DataFrame:
    rows = []
    for name, (epochs, values) in curves.items():
        chosen = thinned(len(epochs))
        shown = np.maximum(values[chosen], least)
        rows.append(pd.DataFrame({"epoch": epochs[chosen], "value": shown, "name": name}))
    return pd.concat(rows, ignore_index=True)


def sharpness(epochs: Array, values: Array, limit: float) -> Spec:
    """Return the largest eigenvalue of the Hessian over epochs, and the limit 2/α as a line."""
    ends = pd.DataFrame({"epoch": [epochs[0], epochs[-1]], "value": [limit, limit], "name": "2/α"})
    found = pd.DataFrame({"epoch": epochs, "value": values, "name": "λ max"})
    return with_data(_sharpness(), found=found, limit=ends)


def _marks(names: Sequence[str], legend: Any = _LINES) -> dict[str, Any]:
    """Return colour and dashes for lines of these names, with one legend for both."""
    count = len(names)
    return {
        "color": alt.Color("name:N", sort=None, legend=legend).scale(
            domain=list(names), range=list(_COLOURS[:count])
        ),
        "strokeDash": alt.StrokeDash("name:N", sort=None, legend=legend).scale(
            domain=list(names), range=list(_DASHES[:count])
        ),
    }


def _cost_axis(field: str) -> alt.Y:
    return (
        alt.Y(f"{field}:Q")
        .title(f"Cost: {MEAN_LOSS}")
        .scale(type="log")
        .axis(labelExpr=written.labelled())
    )


@functools.cache
def _costs(axis: str) -> Spec:
    base = alt.Chart(alt.NamedData("bands")).encode(
        alt.X("place:Q").title(axis).scale(nice=False, zero=True)
    )
    marks = _marks(_TITLES)
    bands = base.mark_area(opacity=0.14).encode(_cost_axis("low"), alt.Y2("high:Q"), marks["color"])
    lines = base.mark_line(strokeWidth=2).encode(
        _cost_axis("median"),
        **marks,
        tooltip=[
            alt.Tooltip("name:N", title="Optimiser"),
            alt.Tooltip("place:Q", title=axis, format=".3g"),
            alt.Tooltip("median:Q", title="Median", format=".3g"),
            alt.Tooltip("low:Q", title="Lower quartile", format=".3g"),
            alt.Tooltip("high:Q", title="Upper quartile", format=".3g"),
        ],
    )
    spec: Spec = (lines + bands).properties(height=320).to_dict()
    return spec


@functools.cache
def _valleys() -> Spec:
    marks = _marks(_TITLES, _LEGEND)
    base = alt.Chart(alt.NamedData("ends")).encode(
        alt.X("rate:Q")
        .title("Learning rate α")
        .scale(type="log", nice=False)
        .axis(labelExpr=written.labelled()),
        _cost_axis("cost"),
        marks["color"],
        tooltip=[
            alt.Tooltip("name:N", title="Optimiser"),
            alt.Tooltip("rate:Q", title="α", format=".0e"),
            alt.Tooltip("cost:Q", title="Cost at the end", format=".3g"),
        ],
    )
    lines = base.mark_line(strokeWidth=2).encode(marks["strokeDash"])
    dots = base.mark_point(filled=True, size=50, opacity=1).encode(
        alt.Shape("name:N", sort=None, legend=_LEGEND).scale(
            domain=_TITLES, range=list(_SHAPES[: len(_TITLES)])
        )
    )
    spec: Spec = (lines + dots).properties(height=320).to_dict()
    return spec


@functools.cache
def _over_epochs(title: str, is_log: bool) -> Spec:
    y = alt.Y("value:Q").title(title)
    y = y.scale(type="log").axis(labelExpr=written.labelled()) if is_log else y.scale(zero=True)
    spec: Spec = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("epoch:Q").title("Epoch").scale(nice=False),
            y,
            **_marks(_SCHEDULES),
            tooltip=[
                alt.Tooltip("name:N", title="Schedule"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("value:Q", title=title, format=".3g"),
            ],
        )
        .properties(height=200)
        .to_dict()
    )
    return spec


@functools.cache
def _sharpness() -> Spec:
    x = alt.X("epoch:Q").title("Epoch").scale(nice=False)
    y = alt.Y("value:Q").title("Curvature").scale(zero=True)
    legend = alt.Legend(title=None, orient="top")
    names, colours, dashes = ["λ max", "2/α"], [BLUE, ORANGE], [[1, 0], [6, 4]]
    marks = {
        "color": alt.Color("name:N", legend=legend).scale(domain=names, range=colours),
        "strokeDash": alt.StrokeDash("name:N", legend=legend).scale(domain=names, range=dashes),
    }
    tooltip = [
        alt.Tooltip("name:N", title="What"),
        alt.Tooltip("epoch:Q", title="Epoch"),
        alt.Tooltip("value:Q", title="Curvature", format=".3g"),
    ]
    found = alt.Chart(alt.NamedData("found")).mark_line(strokeWidth=2)
    limit = alt.Chart(alt.NamedData("limit")).mark_line(strokeWidth=2)
    both = found.encode(x, y, **marks, tooltip=tooltip) + limit.encode(x, y, **marks)
    spec: Spec = both.properties(height=260).to_dict()
    return spec
