"""Where the step of a large network on a mini-batch of digits starts."""

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.start import Start
from engine.nn.types import Array


def mini_batch(experiment: Experiment, theta: Array, which: int, size: int) -> Start:
    """Return where a step on one of the mini-batches starts: network, theta (P,), and its digits.

    They are counted from 0 in the order of the training set; after the last comes the first.
    """
    problem = load(experiment)
    train = problem.train
    positions = np.arange(which * size, (which + 1) * size) % train.m
    X = train.gather(positions).T.astype(np.float64)
    Y = train.targets(positions).T.astype(np.float64)
    return Start(problem.network(experiment), theta.astype(np.float64), X, Y)
