"""Why small weights overfit less: the boundary over λ, and tanh in its linear range."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from engine.experiment.problem import load, network_of
from engine.experiment.wording import exact, number, percent
from engine.inspection.shrinkage import LINEAR, linear_share, norm
from engine.training.run import Run
from pages._kit.site import elements, jobs
from pages._kit.site.visit import Visit
from pages._regularisation import charts, prose
from pages._regularisation.pictures import final_errors, shared_pictures
from pages._regularisation.regularisers import plain
from pages._regularisation.side_by_side import FRAMES, entry, film

TITLE = "Why it helps"

STRENGTHS = (0.0, 0.03, 0.1, 0.3, 1.0, 10.0)


def show(visit: Visit) -> None:
    """Show the same network under L2 from λ = 0 to huge."""
    st.markdown(prose("why"))
    asked = [plain(visit.experiment).but(l2=strength) for strength in STRENGTHS]
    watched = jobs.follow(visit, asked, part="why", snapshots=FRAMES)
    pictures = shared_pictures(watched.job)
    entries = [
        entry(pictures, k, f"λ = {exact(strength)}", _verdict(run))
        for k, (strength, run) in enumerate(zip(STRENGTHS, pictures.runs, strict=True))
    ]
    film(visit.lens, pictures, entries, "The same network from λ = 0 to 10", part="why")
    _linear(pictures.runs)


def _verdict(run: Run) -> str:
    if not len(run.history["epoch"]):
        return "Its numbers were not finite from the start."
    train, dev = final_errors(run)
    size = float(norm(network_of(run.experiment).layout, run.theta))
    return f"Norm of all weights {number(size)}. Train {percent(train)} wrong, dev {percent(dev)}."


def _linear(runs: Sequence[Run]) -> None:
    experiment = runs[0].experiment
    if set(experiment.activations) != {"tanh"}:
        st.markdown(
            "Choose tanh as the activation, with a hidden layer, to see how a penalty keeps its "
            "units in their linear range."
        )
        return
    drawn = [run for run in runs if np.isfinite(run.theta).all()]
    X = load(experiment).train.X
    shares = np.stack([linear_share(network_of(experiment), run.theta, X) for run in drawn])
    names = [exact(run.experiment.l2) for run in drawn]
    told = "; ".join(
        f"{percent(float(layers[0]))} at λ = {name}"
        for name, layers in zip(names, shares, strict=True)
    )
    elements.chart(
        charts.linear_range(names, shares),
        f"Where |z| < {LINEAR:g}, tanh(z) is z but for {percent(1 - np.tanh(LINEAR) / LINEAR)} or "
        f"less. In layer 1 this holds for {told}. Layers that are all linear make one linear "
        "layer, which can draw a straight line and nothing else.",
    )
