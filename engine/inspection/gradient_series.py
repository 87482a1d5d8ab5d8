"""The gradient of each mini-batch of a training, one after the other, as the trainer meets them."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.streams import stream
from engine.nn.regularization import Penalty
from engine.nn.types import Array
from engine.training.batches import Batches
from engine.training.trainer import Trainer

_BETWEEN = 50
"""After so many steps others may have their turn."""


@dataclass(frozen=True, eq=False)
class GradientSeries:
    """gradients[t] (P,) is dJ/dtheta of mini-batch t + 1, at the theta it was met with.

    gradients has the shape (T, P), start and theta are (P,): before the first and after the last.
    """

    gradients: Array
    start: Array
    theta: Array


def gradient_series(experiment: Experiment, steps: int) -> Generator[None, None, GradientSeries]:
    """Replay the first so many steps of a training and keep the gradient of each mini-batch.

    Fewer where the training ends before. The batches are drawn as the trainer draws its own, from
    the same stream; penalties are in the gradients, clipping is not. Dropout would take its masks
    twice: with it, ValueError.
    """
    if experiment.keep_prob < 1:
        raise ValueError(f"keep_prob is {experiment.keep_prob:g}, but must be 1 for a replay.")
    trainer = Trainer(experiment)
    samples, network = trainer.problem.train, trainer.network
    shuffler, most = stream(experiment.seed, "batches"), effort.most_columns(experiment)
    batches = Batches(samples, experiment.batch_size, [shuffler], most)
    penalty = Penalty(network.layout, experiment.l1, experiment.l2, samples.m)
    steps = min(steps, experiment.epochs * batches.steps)
    gradients = np.zeros((steps, trainer.theta.size), trainer.theta.dtype)
    for t, gradient in enumerate(gradients, start=1):
        for X, Y in batches.take():
            gradient += network.gradient(trainer.theta, X, Y) * (X.shape[-1] / batches.columns)
        penalty.add_gradient(trainer.theta, gradient)
        trainer.walk(1)
        if t % _BETWEEN == 0:
            yield
    return GradientSeries(gradients, trainer.start, trainer.theta)
