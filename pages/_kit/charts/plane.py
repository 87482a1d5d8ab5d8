"""Points of two classes in the plane, and what a network says of every place in it."""

import functools
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.inspection.cut import EdgeOn
from engine.inspection.field import Field
from engine.nn.types import Array
from pages._kit.charts.base import CLASS_COLOURS, CLASS_SHAPES, Spec, with_data
from pages._kit.pictures import GREY


def boundary(field: Field, points: Array, labels: Array) -> Spec:
    """Return a small picture of what a network says over the plane, with labelled points (m, 2).

    Of two classes p(y = 1), of more the class that is named, the fainter the less it is sure.
    """
    x1, x2 = np.meshgrid(field.x1, field.x2, indexing="ij")
    half = (field.x1[1] - field.x1[0]) / 2
    cells = pd.DataFrame(
        {
            "left": x1.ravel() - half,
            "right": x1.ravel() + half,
            "bottom": x2.ravel() - half,
            "top": x2.ravel() + half,
            "p": field.p.ravel(),
            "named": field.named.ravel(),
        }
    )
    marks = pd.DataFrame({"x1": points[:, 0], "x2": points[:, 1], "class": labels.astype(int)})
    classes = max(2, int(labels.max(initial=1)) + 1)
    return with_data(_boundary(classes), cells=cells, points=marks)


def hidden_space(
    activations: Array, labels: Array, first: int, second: int, cut: Array | None = None
) -> Spec:
    """Return the samples (n, m) in the coordinates of two units of a hidden layer.

    `cut` are the two ends of a line to be drawn, (2, 2), the ends being columns.
    """
    a, b = activations[first], activations[second]
    return _cut_space(a, b, labels, cut, f"a{first + 1}", f"a{second + 1}")


def edge_on(seen: EdgeOn, labels: Array) -> Spec:
    """Return samples seen along the output neuron's cut, which is the line from top to bottom."""
    low, high = float(seen.along.min()), float(seen.along.max())
    margin = 0.1 * (high - low) or 1.0
    cut = np.array([[0.0, 0.0], [low - margin, high + margin]])
    return _cut_space(seen.across, seen.along, labels, cut, "Distance from the cut", "Along it")


def _cut_space(
    a: Array, b: Array, labels: Array, cut: Array | None, a_title: str, b_title: str
) -> Spec:
    points = pd.DataFrame({"a": a, "b": b, "class": labels.astype(int)})
    # A line of no length where there is none, as Vega complains of empty data.
    ends = np.array([[a[0], a[0]], [b[0], b[0]]]) if cut is None else cut
    line = pd.DataFrame({"a": ends[0], "b": ends[1]})
    return with_data(_hidden_space(a_title, b_title), points=points, cut=line)


_FIELD = alt.Scale(domain=[0, 0.5, 1], range=["#5B9DCB", "#F7F7F5", "#EDB95A"], interpolate="rgb")


def _class_points(
    x: str, y: str, x_title: str, y_title: str, classes: int = 2, legend: Any = alt.Undefined
) -> alt.Chart:
    """Return labelled points: class 0 blue circles, class 1 orange diamonds, and so on."""
    domain = list(range(classes))
    shapes = alt.Scale(domain=domain, range=CLASS_SHAPES[:classes])
    points: alt.Chart = (
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=70, stroke="white", strokeWidth=1, opacity=1)
        .encode(
            alt.X(f"{x}:Q").title(x_title),
            alt.Y(f"{y}:Q").title(y_title),
            alt.Color("class:N").title("Class").scale(_class_colours(classes)).legend(legend),
            alt.Shape("class:N").title("Class").scale(shapes).legend(legend),
            tooltip=[
                alt.Tooltip(f"{x}:Q", title=x_title, format=".3g"),
                alt.Tooltip(f"{y}:Q", title=y_title, format=".3g"),
                alt.Tooltip("class:N", title="Class"),
            ],
        )
    )
    return points


def _class_colours(classes: int) -> alt.Scale:
    return alt.Scale(domain=list(range(classes)), range=CLASS_COLOURS[:classes])


@functools.cache
def _boundary(classes: int) -> Spec:
    opacity = alt.Scale(domain=[1 / classes, 1], range=[0.05, 0.65])
    cells = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect()
        .encode(
            alt.X("left:Q").title("x₁").scale(nice=False, zero=False),
            alt.X2("right:Q"),
            alt.Y("bottom:Q").title("x₂").scale(nice=False, zero=False),
            alt.Y2("top:Q"),
        )
    )
    if classes == 2:
        # The stroke covers the seams that antialiasing leaves between cells.
        cells = cells.encode(
            alt.Color("p:Q").legend(None).scale(_FIELD),
            alt.Stroke("p:Q").legend(None).scale(_FIELD),
        )
    else:
        cells = cells.encode(
            alt.Color("named:N").legend(None).scale(_class_colours(classes)),
            alt.Opacity("p:Q").legend(None).scale(opacity),
        )
    points = _class_points("x1", "x2", "x₁", "x₂", classes, legend=None)
    layered = alt.layer(cells, points).resolve_scale(color="independent", shape="independent")
    spec: Spec = layered.properties(height=270).to_dict()
    return {**spec, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


@functools.cache
def _hidden_space(a_title: str, b_title: str) -> Spec:
    roomy = alt.Scale(zero=False, padding=10)  # no point is cut off by the frame
    points = _class_points("a", "b", a_title, b_title)
    points = points.encode(
        alt.X("a:Q").title(a_title).scale(roomy), alt.Y("b:Q").title(b_title).scale(roomy)
    )
    cut = alt.Chart(alt.NamedData("cut")).mark_line(color=GREY, strokeWidth=2.5)
    chart = cut.encode(alt.X("a:Q"), alt.Y("b:Q")) + points
    spec: Spec = chart.properties(height=300).configure_legend(orient="top").to_dict()
    return spec
