"""Studies of one number: the same network with more and more data, ever larger networks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.nn.types import Array
from engine.training.run import Run

SIZES = (10, 20, 50, 100, 200, 500, 1000, 2000, 4000, 8000)
"""Training-set sizes that a learning curve looks at, as far as there are so many samples."""

WIDTHS = (1, 2, 4, 8, 16, 32, 64, 128)
DEPTHS = (0, 1, 2, 3, 4)

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
"""Shares of the training digits that come from the target distribution."""

SCALINGS = ("train", "each", "all")
"""Whose mean and deviation the inputs are standardised with."""

_ROOM_OF_IMAGES, _ROOM_OF_POINTS = (100, 10_000), (4, 2000)


@dataclass(frozen=True)
class Study:
    """Experiments that differ in one number, `seeds` of them at each of `values`.

    They stand in order: all seeds of the first value, then of the second, and so on.
    """

    values: tuple[float, ...]
    seeds: int
    experiments: tuple[Experiment, ...]

    def errors(self, runs: Sequence[Run], done: Sequence[bool], split: str) -> Array:
        """Return the errors on a split, (values, seeds), NaN where a run is not `done` or has none.

        As everywhere, the error is that of the network which the run hands over.
        """
        found = [
            _error(run, split) if is_done else np.nan
            for run, is_done in zip(runs, done, strict=True)
        ]
        return np.array(found).reshape(len(self.values), self.seeds)


def learning_curve(experiment: Experiment, seeds: int) -> Study:
    """Return a study of the training set's size; the dev set keeps its size, nothing is left over.

    Every seed draws other samples and another start, as it does in the other studies. All digits
    are of the training distribution.
    """
    low, high = _ROOM_OF_IMAGES if experiment.data.of_images else _ROOM_OF_POINTS
    n_dev = max(1, round(experiment.samples * experiment.dev_fraction))
    sizes = [m for m in SIZES if low <= m + n_dev <= high] or [max(training_size(experiment), 1)]

    def sized(m: float) -> Experiment:
        samples = round(m) + n_dev
        return experiment.but(
            samples=samples,
            train_fraction=round(m) / samples,
            dev_fraction=n_dev / samples,
            shift="none",
        )

    return _study(sizes, seeds, sized)


def width_curve(experiment: Experiment, seeds: int) -> Study:
    """Return a study of the width of all hidden layers; a network without any gets one."""
    depth = max(1, len(experiment.hidden))
    return _study(WIDTHS, seeds, lambda n: experiment.but(hidden=(round(n),) * depth))


def depth_curve(experiment: Experiment, seeds: int) -> Study:
    """Return a study of the number of hidden layers, each as wide as the first one is."""
    width = experiment.hidden[0] if experiment.hidden else 8
    return _study(DEPTHS, seeds, lambda n: experiment.but(hidden=(width,) * round(n)))


def share_curve(experiment: Experiment, seeds: int) -> Study:
    """Return a study of how many of the training digits come from the target distribution."""
    return _study(SHARES, seeds, lambda share: experiment.but(target_share=share))


def scaling_study(experiment: Experiment, seeds: int) -> Study:
    """Return a study whose values number the SCALINGS: whose mean and deviation are used."""
    places = range(len(SCALINGS))
    return _study(
        places, seeds, lambda k: experiment.but(standardize=True, fitted_on=SCALINGS[round(k)])
    )


class Quartiles(NamedTuple):
    """The lower quartile, the median and the upper quartile at each value, (values,)."""

    low: Array
    median: Array
    high: Array


def quartiles(errors: Array) -> Quartiles:
    """Return the quartiles over the seeds of errors (values, seeds).

    A value none of whose runs has an error yet is NaN.
    """
    rows = [row[np.isfinite(row)] for row in errors]
    found = [
        np.quantile(row, (0.25, 0.5, 0.75)) if len(row) else np.full(3, np.nan) for row in rows
    ]
    return Quartiles(*np.array(found).T)


def _study(values: Sequence[float], seeds: int, turned: Callable[[float], Experiment]) -> Study:
    experiments = tuple(
        turned(value).but(seed=seed, data_seed=seed) for value in values for seed in range(seeds)
    )
    return Study(tuple(values), seeds, experiments)


def _error(run: Run, split: str) -> float:
    return 1 - run.final(f"{split}_accuracy")
