"""The path of gradient descent on a bowl, with all samples, some, or one a step."""

import numpy as np
import streamlit as st

from engine.data.normalization import fit
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.experiment.wording import counted, exact, percent
from engine.nn.types import Array
from engine.optim.bowl import Bowl
from pages._batches import prose
from pages._kit.charts import descent
from pages._kit.pictures import RUN_COLOURS
from pages._kit.site import elements
from pages._kit.site.visit import Visit

TITLE = "On the bowl"

SIZES = (1, 16, 0)
EPOCHS = 6
_HEIGHT = 300
"""Pixels, with which both axes have about the same unit in a third of the page's width."""

CLOUDS = Experiment(
    dataset="gaussians", samples=200, noise=0.35, train_fraction=1.0, dev_fraction=0.0
)


def show(visit: Visit) -> None:
    """Draw three paths from the same start, with the same learning rate."""
    st.markdown(prose("bowl"))
    share = visit.page_knob("bowl_rate")
    bowl = of_clouds()
    reach = float(np.linalg.norm(bowl.lowest))
    rate = share * bowl.largest_rate
    for place, letter, size in zip(st.columns(len(SIZES)), "ABC", SIZES, strict=True):
        path = descended(bowl, rate, size, visit.experiment.seed)
        with place:
            st.markdown(f"**{called(size, len(bowl.rows))}**")
            elements.chart(
                descent(bowl, path, reach, RUN_COLOURS[letter], _HEIGHT),
                told(bowl, path, size, rate),
                key=f"{visit.lens.path}.bowl.{letter}",
            )


def of_clouds() -> Bowl:
    """Return the cost of a linear neuron on two clouds, standardised, with one input stretched."""
    train = load(CLOUDS).train
    rows = train.rows[train.index]
    return Bowl(fit(rows).apply(rows) * [1.6, 1.0], train.y.astype(float))


def descended(bowl: Bowl, rate: float, size: int, seed: int) -> Array:
    """Return the path from a corner through EPOCHS epochs, in batches of a size, 0 for all."""
    reach = float(np.linalg.norm(bowl.lowest))
    start = bowl.lowest + reach * np.sqrt(0.5) * np.array([-1.0, 1.0])
    rng = stream(seed, "batches")
    return bowl.descend_in_batches(start, rate, EPOCHS, size or len(bowl.rows), rng)


def called(size: int, m: int) -> str:
    """Return the name of a batch size."""
    return f"B = {size}" if size else f"B = m = {m}"


def told(bowl: Bowl, path: Array, size: int, rate: float) -> str:
    """Return how many steps there were, and how far from the lowest point the last epoch was."""
    each = -(-len(bowl.rows) // size) if size else 1
    away = np.linalg.norm(path - bowl.lowest, axis=1)
    left = float(np.sqrt((away[-each:] ** 2).mean()) / away[0])
    where = (
        f"in the last epoch {percent(left)} of the way is left"
        if left < 1
        else "it is no nearer than at the start"
    )
    return f"{counted(len(path) - 1, 'update')} with α = {exact(round(rate, 3))}; {where}."
