"""What it does to a trained network if samples are standardised by themselves instead of by the
training set."""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from engine.data.normalization import fit
from engine.data.samples import Samples
from engine.experiment.problem import load
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.evaluation import evaluate
from engine.training.run import Run


def errors_in_groups(
    run: Run,
    sizes: Sequence[int],
    split: str = "dev",
    rest: Callable[[], None] = lambda: None,
) -> Array:
    """Return the error (sizes,) on a split that is met in groups, each scaled by itself.

    Groups of n samples in the split's order, what is over left out, are standardised with their
    own mean and deviation, as if no others had been seen: a group of one becomes all zeros. The
    network is the same, and was trained on inputs that the training set's mean and deviation
    scaled. NaN where the split has no whole group. Only for points, and a run that standardises.
    `rest` is called now and then on the way.
    """
    experiment, problem = run.experiment, load(run.experiment)
    if problem.points is None or problem.standardizer is None:
        raise ValueError("Groups can be scaled by themselves where points are standardised.")
    network = problem.network(experiment)
    samples = problem.splits[split]
    return np.array([_error(network, run.theta, samples, size, rest) for size in sizes])


def _error(
    network: Network, theta: Array, samples: Samples, size: int, rest: Callable[[], None]
) -> float:
    groups = samples.m // size
    if not groups:
        return float("nan")
    kept = samples.index[: groups * size].reshape(groups, size)
    # Standardising twice is standardising once: how the rows are scaled already does not matter.
    parts = []
    for group in kept:
        rest()
        parts.append(fit(samples.rows[group]).apply(samples.rows[group]))
    scaled = dataclasses.replace(
        samples,
        rows=np.concatenate(parts),
        labels=samples.labels[kept.ravel()],
        index=np.arange(kept.size),
    )
    return 1 - float(evaluate(network, theta, scaled).accuracy)
