"""Trained networks to hold sentences against, each trained once."""

from functools import cache

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem, load
from engine.nn.network import Network
from engine.nn.parameters import Layer
from engine.nn.types import Array
from engine.training.run import Run, run
from engine.training.sweep import sweep
from pages._bias_variance.lens import BIAS_VARIANCE
from pages._initialisation.lens import INITIALISATION
from pages._mnist.lens import MNIST
from pages._regularisation.lens import REGULARISATION
from pages._vanishing.lens import VANISHING
from pages._xor.lens import XOR

XOR, MNIST = XOR.defaults, MNIST.defaults
INITIALISATION, VANISHING = INITIALISATION.defaults, VANISHING.defaults
REGULARISATION, BIAS_VARIANCE = REGULARISATION.defaults, BIAS_VARIANCE.defaults


@cache
def trained(experiment: Experiment) -> Run:
    """Return the run of an experiment."""
    return run(experiment)


@cache
def seeds(experiment: Experiment, count: int) -> tuple[Run, ...]:
    """Return the runs from the first so many seeds."""
    return tuple(sweep([experiment.but(seed=k) for k in range(count)], snapshots=2))


def last(done: Run, name: str) -> float:
    """Return a number of a run's history at its end."""
    return float(done.history[name][-1])


def stuck(hidden: tuple[int, ...], count: int = 200) -> int:
    """Return how many of so many starts do not solve XOR on its page."""
    return sum(last(done, "train_accuracy") < 1 for done in seeds(XOR.but(hidden=hidden), count))


def network(experiment: Experiment) -> tuple[Network, Problem]:
    """Return an experiment's network and what it is to learn."""
    problem = load(experiment)
    sizes = (problem.n_x, *experiment.hidden, problem.n_y)
    return Network(sizes, experiment.activation, problem.output), problem


def layers(done: Run, at: int = -1) -> list[Layer]:
    """Return a run's layers, at its end or, with 0, at its start."""
    theta = done.theta if at == -1 else done.snapshots.thetas[at]
    return network(done.experiment)[0].layout.layers(theta)


def share(condition: Array) -> float:
    """Return in which share of the cases a condition holds."""
    return float(np.mean(condition))
