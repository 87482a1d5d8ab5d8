"""How much work a training is, told from its experiment alone: no sample is drawn for it."""

from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size

CALL, LAYER, ACTIVATION = 15e-6, 15e-6, 40e-9
"""Seconds of a step: once, for each layer, and for each activation of each of its samples."""

LOOK_LAYER, LOOK_ACTIVATION = 8e-6, 15e-9
"""Seconds of evaluating the network after an epoch, on all samples."""


def batch_size(experiment: Experiment) -> int:
    """Return how many samples a step goes through: m for full batch, and where m is less."""
    m = training_size(experiment)
    return experiment.batch_size if 0 < experiment.batch_size < m else m


def steps(experiment: Experiment) -> int:
    """Return how many mini-batches there are in all epochs.

    >>> steps(Experiment(dataset="own", epochs=10, batch_size=1)), steps(Experiment(epochs=10))
    (40, 10)
    """
    m = training_size(experiment)
    return experiment.epochs * -(-m // max(batch_size(experiment), 1))


def seconds(experiment: Experiment) -> float:
    """Return a rough price of a training on points in the plane, the same on every machine.

    It is within a factor of about two on one core of a server: there are few weights, so the calls
    and the activations are what takes time.
    """
    layers, units = len(experiment.hidden) + 1, sum(experiment.hidden) + 1
    is_whole = experiment.data.whole
    every = training_size(experiment) if is_whole else experiment.samples
    step = CALL + LAYER * layers + ACTIVATION * units * batch_size(experiment)
    look = LOOK_LAYER * layers + LOOK_ACTIVATION * units * every
    return steps(experiment) * step + experiment.epochs * look
