"""The sweep in which each batch size finds its own best learning rate."""

import numpy as np
import streamlit as st

from engine.experiment.wording import exact, listed
from pages._batches import charts, prose, rates, sizes
from pages._batches.side_by_side import SideBySide
from pages._kit.site import elements
from pages._kit.site.visit import Visit

TITLE = "α for each size"


def show(visit: Visit, shown: SideBySide) -> None:
    """Draw each size's cost at the end over the learning rate, as the sweep goes on.

    It is that of the picture, if that has one.
    """
    st.markdown(prose("rates"))
    chosen = visit.page_knob_value("sizes")
    swept = shown.swept or rates.follow(visit, visit.experiment, chosen)
    named = {
        sizes.short(experiment): row
        for experiment, row in zip(swept.experiments, swept.costs, strict=True)
    }
    if not np.isfinite(swept.costs).any():
        elements.caption("The first learning rates are being tried.")
        return
    elements.chart(
        charts.own_rates(rates.RATES, named), told(swept), key=f"{visit.lens.path}.own_rates"
    )


def told(swept: rates.Swept) -> str:
    """Return the best learning rate of each size."""
    if not swept.is_over:
        return "The sweep is under way; the least cost of each line is marked with its letter."
    best = [
        f"{exact(rate)} for {sizes.short(experiment)} ({letter})"
        for letter, experiment, rate in zip("ABCDEF", swept.experiments, swept.best(), strict=False)
    ]
    return f"Each size's best α of {len(rates.RATES)}, by the cost at the end: {listed(best)}."
