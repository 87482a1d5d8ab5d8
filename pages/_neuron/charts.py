"""How long loop and vector take, and an array with the cells that are only copies."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.experiment.wording import number
from engine.inspection.broadcasting import Stretched
from engine.inspection.race import Lap
from pages._kit.charts import written
from pages._kit.charts.base import Spec, with_data
from pages._kit.pictures import BLUE, ORANGE

_POWER = written.power()
_LOOP, _VECTOR = "with a loop", "without"
_TIMED, _ESTIMATED = "timed", "estimated"


def race(laps: Sequence[Lap]) -> Spec:
    """Return the seconds that both take over the number of samples, on logarithmic axes."""
    rows = [
        {
            "m": lap.m,
            "seconds": seconds,
            "x": np.log10(lap.m),
            "power": np.log10(seconds),
            "way": way,
            "how": _ESTIMATED if is_estimated else _TIMED,
            "ratio": lap.ratio,
        }
        for lap in laps
        for way, seconds, is_estimated in (
            (_LOOP, lap.loop, lap.is_estimated),
            (_VECTOR, lap.vector, False),
        )
    ]
    return with_data(_race(), laps=pd.DataFrame(rows))


@functools.cache
def _race() -> Spec:
    ways, hows = [_LOOP, _VECTOR], [_TIMED, _ESTIMATED]
    base = alt.Chart(alt.NamedData("laps")).encode(
        alt.X("x:Q").title("Samples m (log scale)").axis(labelExpr=_POWER, tickMinStep=1),
        alt.Y("power:Q").title("Seconds (log scale)").axis(labelExpr=_POWER, tickMinStep=1),
        alt.Color("way:N").title(None).scale(domain=ways, range=[ORANGE, BLUE]),
        tooltip=[
            alt.Tooltip("way:N", title="Gradient"),
            alt.Tooltip("m:Q", title="Samples", format=",d"),
            alt.Tooltip("seconds:Q", title="Seconds", format=".3g"),
            alt.Tooltip("how:N", title="Seconds are"),
            alt.Tooltip("ratio:Q", title="Loop / without", format=".3g"),
        ],
    )
    line = base.mark_line(strokeWidth=2).encode(
        alt.StrokeDash("way:N").title(None).scale(domain=ways, range=[[6, 3], [1, 0]])
    )
    points = base.mark_point(size=70, opacity=1, strokeWidth=2).encode(
        alt.Shape("how:N", legend=None).scale(domain=hows, range=["circle", "cross"])
    )
    spec: Spec = (line + points).properties(height=180).configure_legend(orient="top").to_dict()
    return spec


def cells(seen: Stretched) -> Spec:
    """Return the numbers of an array of at most two axes; what is only a copy is dashed."""
    values = np.atleast_2d(seen.values)
    is_copy = np.atleast_2d(seen.is_copy)
    rows, columns = np.indices(values.shape)
    frame = pd.DataFrame(
        {
            "row": rows.ravel(),
            "column": columns.ravel(),
            "value": [number(float(value)) for value in values.ravel()],
            "kind": np.where(is_copy.ravel(), "copy", "its own"),
        }
    )
    return with_data(_cells(), cells=frame)


@functools.cache
def _cells() -> Spec:
    base = alt.Chart(alt.NamedData("cells")).encode(
        alt.X("column:O").title("axis 1").scale(padding=0.08).axis(orient="top", labelAngle=0),
        alt.Y("row:O").title("axis 0").scale(padding=0.08),
        tooltip=[
            alt.Tooltip("row:O", title="Row"),
            alt.Tooltip("column:O", title="Column"),
            alt.Tooltip("value:N", title="Number"),
            alt.Tooltip("kind:N", title="The number is"),
        ],
    )
    box = base.mark_rect(color=BLUE, fillOpacity=0.3, stroke=BLUE, strokeWidth=1.5)
    ghost = base.mark_rect(
        color=BLUE, fillOpacity=0.05, stroke=BLUE, strokeWidth=1.5, strokeDash=[4, 3]
    )
    boxes = box.transform_filter("datum.kind !== 'copy'") + ghost.transform_filter(
        "datum.kind === 'copy'"
    )
    text = base.mark_text(fontSize=13).encode(text="value:N")
    spec: Spec = (boxes + text).properties(height=150).to_dict()
    return spec
