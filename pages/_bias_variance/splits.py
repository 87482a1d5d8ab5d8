"""How large dev and test sets must be: what an error counted on few samples is worth."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.wording import counted, number, percent
from engine.nn.intervals import least_difference, wilson
from pages._bias_variance import charts, prose
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit

TITLE = "Splits"

_SHARES = {"60-20-20": (0.6, 0.2), "98-1-1": (0.98, 0.01)}
_SIZES = np.logspace(2, 7, 101)


class Measured(NamedTuple):
    """A set of n samples, and the 95 % interval of an error counted on it."""

    name: str
    n: int
    low: float
    high: float


def show(visit: Visit) -> None:
    """Let the visitor choose m, the split and an error, and draw how well it can be measured."""
    st.markdown(prose("splits"))
    left, middle, right = st.columns(3)
    with left:
        m = visit.page_knob("m")
    with middle:
        split = visit.page_knob("split")
    with right:
        error = visit.page_knob("error")
    train, dev = _SHARES.get(split) or _own(visit.experiment)
    sets = measured(m, train, dev, error)
    here = sets[0] if sets else None
    table, picture = st.columns([2, 3], gap="large")
    with table:
        st.table(
            {
                "Set": ["Training", *(part.name for part in sets)],
                "Samples": [f"{round(m * train):,}", *(f"{part.n:,}" for part in sets)],
                f"An error of {percent(error)} is counted as": [
                    "",
                    *(f"{percent(part.low)} to {percent(part.high)}" for part in sets),
                ],
            },
            width="content",
        )
        st.markdown(told(sets, error))
        _use(visit, split)
    with picture:
        halves = {
            name: half(error, share * _SIZES)
            for name, share in zip(charts.SHARES, (0.2, 0.01), strict=True)
        }
        at = 0.0 if here is None else (here.high - here.low) / 2
        elements.chart(
            charts.precision(_SIZES, halves, m, at),
            f"Four times as many samples halve the interval. With m = {m:,} the dev error is known "
            f"to about ±{number(100 * at)} points, ◆.",
        )


def _own(experiment: Experiment) -> tuple[float, float]:
    """Return the training and the dev fraction of an experiment; digits have a test set apart."""
    if experiment.data.of_images:
        return 1 - experiment.dev_fraction, experiment.dev_fraction
    return experiment.train_fraction, experiment.dev_fraction


def half(error: float, n: np.ndarray) -> np.ndarray:
    """Return half the 95 % interval of an error counted on n samples."""
    low, high = wilson(error * n, n)
    return (high - low) / 2


def measured(m: int, train: float, dev: float, error: float) -> list[Measured]:
    """Return dev and test set of a split of m samples, without those that would be empty."""
    sets = []
    for name, share in (("Dev", dev), ("Test", max(0.0, 1 - train - dev))):
        n = round(m * share)
        if n:
            low, high = wilson(np.asarray(error * n), n)
            sets.append(Measured(name, n, float(low), float(high)))
    return sets


def told(sets: list[Measured], error: float) -> str:
    """Return what the interval of the first set means for choosing between two networks."""
    if not sets:
        return "This split leaves nothing to measure an error with."
    dev = sets[0]
    width = (dev.high - dev.low) / 2
    if width > error / 2:
        return (
            f"**Too few.** With {counted(dev.n, 'sample')} the interval is wider than the error "
            f"itself: networks that err on {percent(dev.low)} or on {percent(dev.high)} of all "
            "samples could well give the same count."
        )
    apart = least_difference(error, dev.n)
    return (
        f"**Enough** to tell networks apart that differ by more than about {number(100 * apart)} "
        f"points. One error is known to ±{number(100 * width)}; of two, each counted on samples of "
        "its own, both have their luck, which makes √2 times as much. On the same samples a little "
        "less will do. More samples than these are better used for training."
    )


def _use(visit: Visit, split: str) -> None:
    """Offer to split the page's own samples in the same way."""
    if split not in _SHARES:
        return
    train, dev = _SHARES[split]
    wanted = visit.experiment.but(train_fraction=train, dev_fraction=dev)
    st.button(
        "Split the samples of this page like that",
        icon=":material/call_split:",
        disabled=wanted == visit.experiment,
        on_click=session.set_knobs,
        args=(visit.lens, wanted),
        help="Turns the training and the dev fraction, and trains again. MNIST always has its "
        "10,000 test digits.",
    )
