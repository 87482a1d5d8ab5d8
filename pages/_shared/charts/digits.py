"""What a network makes of a digit."""

import functools

import altair as alt
import pandas as pd

from engine.types import Array
from pages._shared.charts.base import BLUE, GREY, Spec, with_data


def probabilities(values: Array) -> Spec:
    """Return ten bars for one digit's probabilities (10,); the largest is the prediction."""
    frame = pd.DataFrame(
        {"digit": range(10), "probability": values, "chosen": values == values.max()}
    )
    return with_data(_bars(), digits=frame)


@functools.cache
def _bars() -> Spec:
    spec: Spec = (
        alt.Chart(alt.NamedData("digits"))
        .mark_bar()
        .encode(
            alt.X("digit:O")
            .title(None)
            .axis(labelAngle=0, labelOverlap=False, labelFontSize=9, ticks=False, domain=False),
            alt.Y("probability:Q").scale(domain=[0, 1]).axis(None),
            alt.Color("chosen:N").scale(domain=[False, True], range=[GREY, BLUE]).legend(None),
            tooltip=[
                alt.Tooltip("digit:O", title="Digit"),
                alt.Tooltip("probability:Q", title="Probability", format=".2%"),
            ],
        )
        .properties(height=70)
        .to_dict()
    )
    return spec
