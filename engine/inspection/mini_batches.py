"""Which samples come together in the mini-batches of an experiment, epoch by epoch."""

import dataclasses

import numpy as np

from engine.data.samples import Samples
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.nn.types import Array
from engine.training.batches import Batches


def first_of_epochs(experiment: Experiment, epochs: int) -> list[Array]:
    """Return the samples in the first mini-batch of each epoch, numbered from 1 as in X.

    They are those that the experiment trains on.
    """
    train, size = load(experiment).train, experiment.batch_size
    is_full = not 0 < size < train.m
    # The order is the same however it is cut, and two parts are sooner gone through than many.
    batches = Batches(
        _numbered(train),
        0 if is_full else max(size, -(-train.m // 2)),
        [stream(experiment.seed, "batches")],
        order=experiment.shuffle,
    )
    found = []
    for _ in range(epochs):
        parts = [[X[0].astype(int) for X, _ in batches.take()] for _ in range(batches.steps)]
        found.append(np.concatenate(parts[0])[: None if is_full else size])
    return found


def _numbered(samples: Samples) -> Samples:
    """Return samples of the same classes whose only input is their own number."""
    m = samples.m
    return dataclasses.replace(
        samples,
        rows=np.arange(1.0, m + 1)[:, None],
        labels=samples.y,
        index=np.arange(m),
        scale=1.0,
        shift=0.0,
    )
