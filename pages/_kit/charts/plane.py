"""Points of two classes in the plane, and what a network says of every place in it."""

import functools
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from engine.inspection.field import Field
from engine.nn.types import Array
from pages._kit.charts.base import CLASS_COLOURS, CLASS_SHAPES, Spec, with_data


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


def hidden_space(activations: Array, labels: Array, first: int, second: int) -> Spec:
    """Return the samples (n, m) in the coordinates of two units of a hidden layer."""
    frame = pd.DataFrame(
        {"a": activations[first], "b": activations[second], "class": labels.astype(int)}
    )
    return with_data(_hidden_space(first + 1, second + 1), points=frame)


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
def _hidden_space(first: int, second: int) -> Spec:
    chart = _class_points("a", "b", f"a{first}", f"a{second}")
    spec: Spec = chart.properties(height=300).configure_legend(orient="top").to_dict()
    return spec
