"""A gradient check: backpropagation against central differences, and the ratio over epsilon."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.checking.checkup import EPSILONS, RIGHT, WRONG, Place
from engine.experiment.wording import power
from engine.nn.types import Array
from pages._kit.charts import written
from pages._kit.charts.base import Spec, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE

SOUND, PLANTED = "no bug", "bug planted"

_POWER = written.power("round(log(datum.value) / LN10)")
_LEAST_RATIO = 1e-13
_LEAST_EPSILON, _MOST_EPSILON = min(EPSILONS), max(EPSILONS)


def agreement(numeric: Array, exact: Array, places: Sequence[Place]) -> Spec:
    """Return a point per parameter looked at: the two values of its derivative, each (k,).

    Where they agree it lies on the diagonal.
    """
    points = pd.DataFrame(
        {
            "numeric": numeric,
            "exact": exact,
            "part": [place.part for place in places],
            "name": [place.name for place in places],
            "difference": numeric - exact,
        }
    )
    both = np.concatenate([numeric, exact])
    ends = [both.min(), both.max()]
    return with_data(_agreement(), points=points, diagonal=pd.DataFrame({"end": ends}))


def epsilon_curve(at: int, sound: Array, planted: Array | None = None) -> Spec:
    """Return the ratio (E,) over EPSILONS, without and perhaps with a bug; EPSILONS[at] is marked.

    The least ratio of the right gradient is named, if it says "right". A ratio of zero has no place
    on the log scale.
    """
    curves = [pd.DataFrame({"epsilon": EPSILONS, "ratio": sound, "series": SOUND})]
    if planted is not None:
        curves.append(pd.DataFrame({"epsilon": EPSILONS, "ratio": planted, "series": PLANTED}))
    curve = pd.concat(curves, ignore_index=True)
    curve = curve[curve["ratio"] > 0]
    curve["ratio"] = curve["ratio"].clip(_LEAST_RATIO, 1.0)
    passing = curve[(curve["series"] == SOUND) & (curve["ratio"] <= RIGHT)]
    least = passing.nsmallest(1, "ratio")
    least = least.assign(text=[f"least at ε = {power(epsilon)}" for epsilon in least["epsilon"]])
    readings = pd.DataFrame(
        {
            "ratio": [WRONG, RIGHT],
            "text": ["above: wrong", "below: right"],
            "beside": [WRONG * 4, RIGHT / 4],
        }
    )
    chosen = pd.DataFrame({"epsilon": [EPSILONS[at]]})
    return with_data(_epsilon_curve(), curve=curve, least=least, readings=readings, chosen=chosen)


@functools.cache
def _agreement() -> Spec:
    parts, colours = ["W", "b"], [BLUE, ORANGE]
    x = alt.X("numeric:Q").title("Central difference, d_approx").axis(labelExpr=written.chosen())
    y = alt.Y("exact:Q").title("Backpropagation, dθ").axis(labelExpr=written.chosen())
    diagonal = (
        alt.Chart(alt.NamedData("diagonal"))
        .mark_line(color=GREY, strokeDash=[4, 3])
        .encode(alt.X("end:Q"), alt.Y("end:Q"))
    )
    points = (
        alt.Chart(alt.NamedData("points"))
        .mark_point(filled=True, size=55, opacity=0.7)
        .encode(
            x,
            y,
            alt.Color("part:N").title("Entry of").scale(domain=parts, range=colours),
            alt.Shape("part:N").title("Entry of").scale(domain=parts, range=["circle", "diamond"]),
            tooltip=[
                alt.Tooltip("name:N", title="Parameter"),
                alt.Tooltip("exact:Q", title="Backpropagation", format=".6g"),
                alt.Tooltip("numeric:Q", title="Central difference", format=".6g"),
                alt.Tooltip("difference:Q", title="Difference", format=".2e"),
            ],
        )
    )
    chart = (diagonal + points).properties(height=340).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _epsilon_curve() -> Spec:
    x = (
        alt.X("epsilon:Q")
        .title("ε (log scale)")
        .scale(type="log", domain=[_LEAST_EPSILON, _MOST_EPSILON])
        .axis(labelExpr=_POWER, values=list(EPSILONS), labelOverlap=True)
    )
    y = (
        alt.Y("ratio:Q")
        .title("Ratio (log scale)")
        .scale(type="log", domain=[_LEAST_RATIO, 1])
        .axis(labelExpr=_POWER, values=[10.0**-k for k in range(1, 14, 2)])
    )
    domain, colours = [SOUND, PLANTED], [BLUE, ORANGE]
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x,
            y,
            alt.Color("series:N").title(None).scale(domain=domain, range=colours),
            alt.StrokeDash("series:N").title(None).scale(domain=domain, range=[[1, 0], [6, 3]]),
            tooltip=[
                alt.Tooltip("series:N", title="Backpropagation"),
                alt.Tooltip("epsilon:Q", title="ε", format=".0e"),
                alt.Tooltip("ratio:Q", title="Ratio", format=".2e"),
            ],
        )
    )
    least = (
        alt.Chart(alt.NamedData("least"))
        .mark_text(dy=14, fontSize=12)
        .encode(x, y, alt.Text("text:N"))
    )
    chosen = (
        alt.Chart(alt.NamedData("chosen"))
        .mark_rule(color=GREY, strokeWidth=1.5, strokeDash=[2, 2])
        .encode(x)
    )
    readings = alt.Chart(alt.NamedData("readings"))
    rules = readings.mark_rule(color=GREY, opacity=0.6).encode(y)
    texts = readings.mark_text(align="left", fontSize=11).encode(
        x=alt.value(4), y="beside:Q", text="text:N"
    )
    chart = (rules + texts + chosen + curve + least).properties(height=340)
    spec: Spec = chart.configure_legend(orient="top").to_dict()
    return spec
