"""Which size: the notes' rule, beside the time that each size takes here to a cost."""

import math
from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.experiment.wording import counted, exact, listed, number
from engine.nn.types import Array
from engine.training.timed import Trace
from pages._batches import charts, prose, sentences
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit

TITLE = "Which size?"

SMALL = 2000
"""Up to so many samples the notes advise full batch."""

TYPICAL = (64, 512)
"""Else sizes from the one to the other, in powers of two."""


SEEDS = 3
"""From so many starts each size is trained, so that no lucky one decides."""


class Found(NamedTuple):
    """What it took each batch size (K,) to get to a cost, the median over its starts.

    NaN where most of them never came there.
    """

    sizes: Array
    seconds: Array
    updates: Array
    cost: float

    @property
    def fastest(self) -> int | None:
        """The size that took least time, None if none came there."""
        known = np.isfinite(self.seconds)
        return int(self.sizes[np.nanargmin(self.seconds)]) if known.any() else None


def show(visit: Visit) -> None:
    """Train with every power of two, and draw how long it took each to a share of the cost."""
    st.markdown(prose("which"))
    share = visit.page_knob("target")
    asked = experiments(visit.experiment)
    watched, timed = jobs.follow_timed(visit, asked, part="which")
    found = to_a_cost(asked, timed.traces(), share)
    said = told(found, visit.experiment, watched.job.finished)
    best = found.fastest
    if best is None:
        elements.caption(said)
        return
    # Those that are under way may still meet it.
    shown = np.isfinite(found.seconds) | watched.job.finished
    elements.chart(
        charts.which(found.sizes[shown], found.seconds[shown], found.updates[shown], best),
        said,
        key=f"{visit.lens.path}.which",
    )


def experiments(base: Experiment) -> list[Experiment]:
    """Return each power of two below m, and full batch, from SEEDS starts; the quick ones first."""
    m = training_size(base)
    powers = [2**k for k in range(m.bit_length()) if 2**k < m]
    return [
        base.but(batch_size=size, seed=(base.seed + k) % 2**31)
        for size in [0, *reversed(powers)]
        for k in range(SEEDS)
    ]


def to_a_cost(experiments: list[Experiment], traces: list[Trace], share: float) -> Found:
    """Return what it took each to get to a share of the cost that they begin with on average."""
    starts = [float(trace.cost[0]) for trace in traces if len(trace.cost)]
    cost = share * float(np.mean(starts)) if starts else 0.0
    by_size: dict[int, list[Trace]] = {}
    for experiment, trace in zip(experiments, traces, strict=True):
        by_size.setdefault(effort.batch_size(experiment), []).append(trace)
    sizes = sorted(by_size)
    seconds, updates = (
        np.array(
            [_median([trace.reached(clock, cost) for trace in by_size[size]]) for size in sizes]
        )
        for clock in ("seconds", "updates")
    )
    return Found(np.array(sizes), seconds, updates, cost)


def _median(readings: list[float | None]) -> float:
    """Return the median, where those that were never read count as later than all; else NaN."""
    ordered = sorted(math.inf if reading is None else reading for reading in readings)
    middle = ordered[len(ordered) // 2]
    return middle if math.isfinite(middle) else math.nan


def told(found: Found, base: Experiment, is_over: bool) -> str:
    """Return what the notes advise, and what was found."""
    m, best = training_size(base), found.fastest
    rule = (
        f"The notes' rule for m = {m:,}, which is at most {SMALL:,}: full batch."
        if m <= SMALL
        else f"The notes' rule for m = {m:,}: {TYPICAL[0]} to {TYPICAL[1]}."
    )
    if best is None:
        none = f"none has come to a cost of {number(found.cost)} yet"
        return f"{rule} Here {none}{'' if is_over else ', but they are under way'}."
    at = int(np.flatnonzero(found.sizes == best)[0])
    name = f"B = {best:,}" if best < m else "full batch"
    missed = [f"{size:,}" for size in found.sizes[~np.isfinite(found.seconds)]]
    left = (
        f" Not there within {counted(base.epochs, 'epoch')}, marked with a cross: {listed(missed)}."
        if missed and is_over
        else ""
    )
    so_far = "" if is_over else "so far "
    return (
        f"{rule} Here {so_far}{name} is the fastest to a cost of {number(found.cost)}: "
        f"{sentences.time(float(found.seconds[at]))} in "
        f"{counted(int(found.updates[at]), 'update')}, the median of {SEEDS} seeds. All have α = "
        f"{exact(base.learning_rate)}.{left}"
    )
