"""The panel on a real training: its mini-batch gradients averaged, as momentum and RMSprop do."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from engine.checking.checkup import places
from engine.experiment.experiment import Experiment
from engine.experiment.problem import network_of
from engine.inspection.gradient_series import GradientSeries, gradient_series
from engine.nn.stops import to_end
from engine.nn.types import Array
from engine.optim.averages import exponentially_weighted_average
from engine.optim.optimizers import EPSILON
from pages._averages import prose
from pages._averages.lens import BATCHES, BETAS, SQUARES, TRAINED
from pages._averages.picture import WEB
from pages._kit import plots
from pages._kit.site.visit import Visit
from pages._kit.training import cache

NAMES = ("batch", "weight", "beta1", "beta2")

KEY = "averages.training"

STEPS = 300

MODULES = tuple(WEB / name for name in ("averages.js", "said.js", "gradients.js", "training.js"))

_mount = plots.component("averages", "training", WEB, MODULES)


def show(visit: Visit) -> None:
    """Draw the gradient of a weight, mini-batch by mini-batch, and what is averaged of it."""
    st.markdown(prose("training"))
    experiment = TRAINED.but(batch_size=visit.page_knob_value("batch"))
    found = gradients(experiment)
    weight = min(visit.page_knob_value("weight"), len(found.theta))
    plots.draw(
        _mount, visit, KEY, NAMES,
        gradient=rounded(found.gradients[:, weight - 1]),
        sizes=rounded(root_mean_squares(found.gradients)),
        spread=spread(found.gradients, {*SQUARES, visit.page_knob_value("beta2")}),
        weights=names(experiment),
        stops={"batch": BATCHES, "beta1": BETAS, "beta2": SQUARES},
    )  # fmt: skip


def gradients(experiment: Experiment) -> GradientSeries:
    """Return the gradients of the first mini-batches of a training; shared by all."""
    return cache.worked_out(
        ("gradients", experiment, STEPS),
        lambda rest: to_end(gradient_series(experiment, STEPS), rest),
    )


def spread(gradients: Array, betas: Iterable[float]) -> list[list[float]]:
    """Return each β₂ with how large the steps dθ/(√s + ε) of the weights are: least and most."""
    found = []
    for beta in betas:
        squares = exponentially_weighted_average(gradients**2, beta, correct_bias=False)
        sizes = root_mean_squares(gradients / (np.sqrt(squares) + EPSILON))
        found.append([beta, *rounded([sizes.min(), sizes.max()])])
    return found


def names(experiment: Experiment) -> list[str]:
    """Return what the weights and biases of the network are called, in theta's order."""
    layout = network_of(experiment).layout
    return [place.name for place in places(layout, np.arange(layout.size))]


def root_mean_squares(gradients: Array) -> Array:
    """Return how large each weight's gradient is in the second half, (P,) of (T, P)."""
    found: Array = np.sqrt(np.mean(gradients[len(gradients) // 2 :] ** 2, axis=0))
    return found


def rounded(values: Iterable[float]) -> list[float]:
    """Return numbers to six digits, which is what is shown of them and more."""
    return [float(f"{value:.6g}") for value in values]
