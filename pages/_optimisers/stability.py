"""Stability: gradient descent settles below 2/λ_max, and a run that is watched for it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.inspection.curvature import Sharpness, sharpness
from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS
from engine.training.run import Run
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._optimisers import charts, prose, sentences
from pages._optimisers.lens import EDGE_RATE
from pages._optimisers.racing import Shown
from pages._optimisers.scene import Scene
from pages._optimisers.settings import STABILITY

TITLE = STABILITY

MOMENTS = 40
"""At so many moments of a run it is measured."""


@dataclass(frozen=True, eq=False)
class Edge:
    """A run of gradient descent, and its sharpness at some epochs (K,): values (K,)."""

    run: Run
    epochs: Array
    found: Sharpness


def show(visit: Visit, shown: Shown) -> None:
    """Say what the landscape allows, and draw the sharpness along a run of the network."""
    st.markdown(prose("stability"))
    elements.slot(
        (lambda: st.markdown(sentences.bound(at_minimum(shown.scene), rate_of(shown))))
        if len(shown.scene.minima)
        else None
    )
    rate = float(visit.page_knob(EDGE_RATE.name))
    edge = measured(by_descent(visit.experiment, rate))
    elements.chart(
        charts.sharpness(edge.epochs, edge.found.largest, 2 / rate),
        sentences.edge(edge.epochs, edge.found, rate, edge.run),
    )


def at_minimum(scene: Scene) -> float:
    """Return how sharply a scene is bent at its first minimum, across."""
    found = cache.in_turn(
        lambda: sharpness(scene.surface.gradient, scene.minima[0], stream(0, "symmetry"))
    )
    return float(found.largest)


def rate_of(shown: Shown) -> float:
    """Return with which learning rate gradient descent takes part in the race."""
    return float(shown.race.rates[list(OPTIMIZERS).index("gradient_descent")])


def by_descent(experiment: Experiment, rate: float) -> Experiment:
    """Return the network's run by gradient descent with all samples at each step."""
    return experiment.but(optimizer="gradient_descent", learning_rate=rate, batch_size=0, clip=0.0)


def measured(experiment: Experiment) -> Edge:
    """Return the sharpness along a run, shared by all who look at it."""
    run = cache.run(experiment)
    return cache.worked_out(("edge", experiment), lambda rest: along(run, rest))


def along(run: Run, rest: Callable[[], None] = lambda: None) -> Edge:
    """Return the sharpness of J, with its penalty, at MOMENTS epochs spread over a run.

    Where a run is about to leave the numbers there is none.
    """
    experiment = run.experiment
    problem = load(experiment)
    network, samples = problem.network(experiment), problem.train
    X, Y = samples.X, samples.Y
    count = len(run.snapshots.epochs)
    chosen = np.unique(np.linspace(0, count - 1, min(MOMENTS, count)).round().astype(int))
    thetas = run.snapshots.thetas[chosen]
    found = sharpness(
        lambda theta: network.gradient(theta, X, Y, l2=experiment.l2),
        thetas,
        stream(experiment.seed, "symmetry"),
        tolerance=1e-3,
        rest=rest,
    )
    is_known = np.isfinite(found.largest)
    return Edge(run, run.snapshots.epochs[chosen][is_known], found.of(is_known))
