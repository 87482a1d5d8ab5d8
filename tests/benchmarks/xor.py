"""The smallest network there is a point in training, alone and as many replicas at once."""

from engine.experiment.experiment import Experiment
from engine.training.run import run
from engine.training.sweep import sweep
from tests.benchmarks.timing import Contender

EPOCHS, REPLICAS = 2000, 64

_EXPERIMENT = Experiment(dataset="xor", hidden=(3,), activation="sigmoid", epochs=EPOCHS)


def single() -> Contender:
    """Return a run of a 2-3-1 network with its curves and snapshots."""

    def contender() -> None:
        run(_EXPERIMENT)

    return contender


def many() -> Contender:
    """Return a sweep of the same network over as many seeds as there are replicas."""
    experiments = [_EXPERIMENT.but(seed=seed) for seed in range(REPLICAS)]

    def contender() -> None:
        sweep(experiments)

    return contender
