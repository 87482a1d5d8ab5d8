"""The noise of the gradient, measured over mini-batches of every size, against 1/√B."""

from collections.abc import Callable

import streamlit as st

from engine.experiment.streams import stream
from engine.experiment.wording import number
from engine.inspection.gradient_noise import DRAWS, Noise, noise
from engine.nn.types import Array
from pages._batches import charts, prose
from pages._batches.side_by_side import SideBySide
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache

TITLE = "Noise of the gradient"

START, END = "start", "end"


def show(visit: Visit, shown: SideBySide) -> None:
    """Measure it at the start of the runs, or at the end of the last one."""
    st.markdown(prose("noise"))
    where = visit.page_knob("noise_at")
    is_there = bool(shown.runs) and (where == START or shown.watched.job.finished)
    elements.draw_unless(
        "" if is_there else "The runs are being trained.", lambda: _draw(visit, shown, where)
    )


def _draw(visit: Visit, shown: SideBySide, where: str) -> None:
    run, problem = shown.runs[-1], shown.pictures.problem
    experiment = run.experiment
    theta: Array = run.snapshots.thetas[0] if where == START else run.theta

    def make(rest: Callable[[], None]) -> Noise:
        rng = stream(experiment.seed, "batches")
        return noise(problem.network(experiment), theta, problem.train, rng, rest)

    found = cache.worked_out(("noise", experiment, where), make)
    elements.draw_unless(
        "" if len(found.sizes) > 1 else "A single sample is the whole training set.",
        lambda: elements.chart(
            charts.noise(found), told(found), key=f"{visit.lens.path}.noise.{where}"
        ),
    )


def told(found: Noise) -> str:
    """Return how the noise falls, and up to which size it is longer than what it hides."""
    louder = found.sizes[found.exact > found.norm]
    against = (
        f"Up to B = {louder[-1]:,} the noise is longer than the gradient itself, "
        f"{number(found.norm)}."
        if len(louder)
        else f"The gradient itself, {number(found.norm)}, is longer than the noise of any batch."
    )
    first, last = (number(float(found.exact[k])) for k in (0, -2))
    return (
        f"Dots: measured over up to {DRAWS} mini-batches each, root of the mean square. From "
        f"B = 1 to B = {found.sizes[-2]:,} the distance falls from {first} to {last}; of all "
        f"m = {found.sizes[-1]:,} samples it is 0. {against}"
    )
