"""A bowl from above: its level lines, and a path of gradient descent in it."""

import functools

import altair as alt
import numpy as np
import pandas as pd

from engine.nn.types import Array
from engine.optim.bowl import Bowl
from pages._kit.charts.base import Spec, with_data
from pages._kit.pictures import GREY, RUN_COLOURS

_EDGE = 1.6


def descent(
    bowl: Bowl, path: Array, reach: float, colour: str = RUN_COLOURS["B"], height: int = 350
) -> Spec:
    """Return the level lines of a bowl and a path (steps + 1, 2) of gradient descent in it.

    Both axes are distances from the lowest point in units of `reach`, so that circles are round.
    """
    away = (path - bowl.lowest) / reach
    kept = np.abs(away).max(axis=1) < _EDGE
    end = len(kept) if kept.all() else int(kept.argmin())
    steps = pd.DataFrame({"w1": away[:end, 0], "w2": away[:end, 1], "step": np.arange(end)})
    corner = np.sqrt(0.5) * reach
    rings = [
        pd.DataFrame(
            (bowl.ring(bowl.lowest + part * corner) - bowl.lowest) / reach, columns=["w1", "w2"]
        ).assign(ring=k, order=np.arange(73), share=part**2)
        for k, part in enumerate((0.25, 0.5, 0.75, 1.0))
    ]
    return with_data(
        _descent(colour, height), rings=pd.concat(rings, ignore_index=True), steps=steps
    )


@functools.cache
def _descent(colour: str, height: int) -> Spec:
    frame = alt.Scale(domain=[-_EDGE, _EDGE], nice=False, zero=False)
    x = alt.X("w1:Q").title("w₁ (distance from the lowest point)").scale(frame)
    y = alt.Y("w2:Q").title("w₂ (same unit)").scale(frame)
    rings = (
        alt.Chart(alt.NamedData("rings"))
        .mark_line(color=GREY, strokeWidth=1.2, clip=True)
        .encode(x, y, alt.Detail("ring:N"), alt.Order("order:Q"))
    )
    steps = (
        alt.Chart(alt.NamedData("steps"))
        .mark_line(
            color=colour,
            strokeWidth=1.5,
            point={"size": 22, "filled": True, "color": colour},
        )
        .encode(
            x,
            y,
            alt.Order("step:Q"),
            tooltip=[
                alt.Tooltip("step:Q", title="Step"),
                alt.Tooltip("w1:Q", title="w₁", format=".3f"),
                alt.Tooltip("w2:Q", title="w₂", format=".3f"),
            ],
        )
    )
    spec: Spec = (rings + steps).properties(height=height).to_dict()
    return spec
