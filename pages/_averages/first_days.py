"""The panel on the first days: an average that begins at zero is too low, until corrected."""

import numpy as np
import streamlit as st

from engine.experiment.wording import exact, number, percent, size
from engine.nn.types import Array
from engine.optim import forgetting
from engine.optim.averages import exponentially_weighted_average
from pages._averages import prose, series
from pages._kit.site.visit import Visit

DAYS = 10
"""So many are in the table."""

TENS, HALF = np.array([10.0, 10.0]), 0.5
"""The smallest example, to be worked out by hand."""

LITTLE = 0.01
"""What lacks no more than this share is no longer called too low."""


def show(visit: Visit) -> None:
    """Write the first days of the picture's average, and below them those of the smallest."""
    beta = visit.page_knob_value("beta")
    values = series.values(series.said(visit))
    ours, smallest = st.columns([3, 2])
    with ours:
        st.markdown(f"**Here, β = {exact(beta)}**")
        st.table(rows(values[:DAYS], beta))
        st.markdown(told(values, beta))
    with smallest:
        st.markdown(f"**By hand, β = {exact(HALF)}**")
        st.table(rows(TENS, HALF))
        st.markdown(prose("first_days"))


def told(values: Array, beta: float) -> str:
    """Say how much too low the average of the first day is, and until when."""
    first, v = float(values[0]), (1 - beta) * float(values[0])
    if beta == 0:
        return "With β = 0 nothing of a zero is kept, and nothing has to be corrected."
    days = forgetting.forgotten_after(beta, LITTLE)
    return (
        f"The average begins at v₀ = 0: the first day is {number(first)}, "
        f"and v₁ = (1 − β) θ₁ is {size(v)}. Divided by 1 − βᵗ it is right from the first day on. "
        f"From day {days} on less than {percent(LITTLE)} is missing, and the correction can be "
        "left out."
    )


def rows(values: Array, beta: float) -> list[dict[str, str]]:
    """Return the table of the days: value, average, what it is divided by, and corrected."""
    plain, corrected = (exponentially_weighted_average(values, beta, is_corrected)
                        for is_corrected in (False, True))  # fmt: skip
    return [
        {
            "day t": str(t),
            "θ": number(value),
            "v": size(v),
            "1 − βᵗ": size(forgetting.share(beta, t)),
            "v / (1 − βᵗ)": size(right),
        }
        for t, (value, v, right) in enumerate(
            zip(values.tolist(), plain.tolist(), corrected.tolist(), strict=True), start=1
        )
    ]
