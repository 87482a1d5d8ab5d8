"""What the order of the samples does: shuffled anew, shuffled once, sorted by class; real runs."""

import streamlit as st

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import training_size
from engine.experiment.wording import number
from engine.nn.types import Array
from engine.training.timed import Trace
from pages._batches import prose
from pages._batches.pictures import shared_pictures
from pages._batches.side_by_side import film
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit

TITLE = "Sorted data"

ORDERS = ("each", "once", "sorted")


def show(visit: Visit) -> None:
    """Train the same mini-batches in three orders, and look at them within epochs as well."""
    st.markdown(prose("order"))
    size = visit.page_knob("order_size")
    watched, timed = jobs.follow_timed(visit, experiments(visit.experiment, size), part="orders")
    pictures = shared_pictures(timed)
    told = sentence(pictures.traces)
    film(
        visit,
        pictures,
        [KNOBS["shuffle"].show(order) for order in ORDERS],
        {"epochs": told if watched.job.finished else ""},
        title="The same samples in different orders",
        key=f"{visit.lens.path}.orders",
        clock="epochs",
    )


def experiments(base: Experiment, size: int) -> list[Experiment]:
    """Return an experiment for each order, with mini-batches of at most half of the samples."""
    size = max(1, min(size, training_size(base) // 2))
    return [base.but(batch_size=size, shuffle=order) for order in ORDERS]


def swings(trace: Trace) -> float:
    """Return by how much the cost goes up and down within the last fifth of the epochs."""
    epochs, cost = trace.clocks["epochs"], trace.cost
    late: Array = cost[epochs >= 0.8 * trace.end("epochs")]
    return float(late.max() - late.min()) if len(late) else 0.0


def sentence(traces: list[Trace]) -> str:
    """Return where each order ended, and how far its cost swings."""
    parts = [
        f"{letter} {number(float(trace.cost[-1]))}, swinging by {number(swings(trace))}"
        for letter, trace in zip("ABC", traces, strict=True)
        if len(trace.cost)
    ]
    return elements.unbroken(f"Cost at the end, and late swings: {'; '.join(parts)}.")
