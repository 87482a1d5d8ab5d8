"""What an experiment is to learn: its samples, split and scaled, and the output layer they need."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from engine import digits
from engine.datasets import DATASETS
from engine.datasets.features import expand
from engine.experiment import Experiment
from engine.normalization import Standardizer, fit, fit_image_sets
from engine.samples import Samples
from engine.splits import split
from engine.streams import stream
from engine.symmetry import starts_equal
from engine.types import Array

_BINARY = np.array([[0.0], [1.0]])


@dataclass(frozen=True, eq=False)
class Problem:
    """Disjoint sets of samples, and how a raw input became what the network sees.

    points (M, d) are the raw inputs of a drawn problem, None for images; `standardizer` is what
    the training set was scaled with, None where the inputs are left as they are. `train_dev` is
    held out and distributed like the training set, for problems whose dev and test sets are not.
    """

    train: Samples
    dev: Samples
    test: Samples
    output: str
    points: Array | None = None
    standardizer: Standardizer | None = None
    train_dev: Samples | None = None

    @property
    def n_x(self) -> int:
        return int(self.train.rows.shape[1])

    @property
    def n_y(self) -> int:
        return int(self.train.codes.shape[1])

    @property
    def splits(self) -> dict[str, Samples]:
        """The sets that are not empty, by name."""
        named = {
            "train": self.train,
            "train_dev": self.train_dev,
            "dev": self.dev,
            "test": self.test,
        }
        return {name: samples for name, samples in named.items() if samples and samples.m}


def load(experiment: Experiment) -> Problem:
    """Return the samples of an experiment; the same data knobs give the same samples."""
    if experiment.dataset == "mnist":
        return _images(experiment)
    return _of_points(experiment)


def _points(experiment: Experiment) -> tuple[Array, Array]:
    """Return the raw points (M, d) and their labels (M,), drawn or given by hand."""
    generate = DATASETS[experiment.dataset].generate
    if generate is None:
        given = np.array(experiment.points)
        return given[:, :2], given[:, 2].astype(np.uint8)
    return generate(
        stream(experiment.data_seed, "data"),
        experiment.samples,
        experiment.noise,
        experiment.bits,
    )


def _of_points(experiment: Experiment) -> Problem:
    """Split the points, and scale their features by what the training set says."""
    dataset = DATASETS[experiment.dataset]
    points, labels = _points(experiment)
    if dataset.whole:
        train, (dev, test) = np.arange(len(labels)), np.empty((2, 0), np.intp)
    else:
        rest = max(0.0, 1 - experiment.train_fraction - experiment.dev_fraction)
        fractions = (experiment.train_fraction, experiment.dev_fraction, rest)
        train, dev, test = split(labels, fractions, stream(experiment.data_seed, "split"))
    rows = expand(points, experiment.features) if dataset.planar else points
    parts = {"train": train, "dev": dev, "test": test}
    fitted = _fit_points(experiment, rows, parts)
    sets = {
        name: Samples(fitted[name].apply(rows) if fitted else rows, labels, part, _BINARY)
        for name, part in parts.items()
    }
    return Problem(
        sets["train"],
        sets["dev"],
        sets["test"],
        output="sigmoid",
        points=points,
        standardizer=fitted.get("train"),
    )


def _fit_points(
    experiment: Experiment, rows: Array, parts: dict[str, Array]
) -> dict[str, Standardizer]:
    """Return what each split is scaled with, or nothing where the inputs are left as they are."""
    if not experiment.standardize:
        return {}
    if experiment.fitted_on == "each":
        return {name: fit(rows[part]) for name, part in parts.items()}
    return dict.fromkeys(
        parts, fit(rows if experiment.fitted_on == "all" else rows[parts["train"]])
    )


def _images(experiment: Experiment) -> Problem:
    """Scale the digits' pixels to 0 to 1, or by what the training set says."""
    sets = digits.draw(experiment)
    fitted = _fit_images(experiment, sets)
    for name, samples in sets.items():
        mu, sigma = map(float, fitted.get(name, (0.0, 1.0)))
        sets[name] = dataclasses.replace(
            samples,
            scale=1 / (255 * sigma),
            shift=-mu / sigma,
            is_exact=starts_equal(experiment),
        )
    return Problem(
        sets["train"],
        sets["dev"],
        sets["test"],
        output="softmax",
        standardizer=fitted.get("train"),
        train_dev=sets["train_dev"],
    )


def _fit_images(experiment: Experiment, sets: dict[str, Samples]) -> dict[str, Standardizer]:
    """Return what each split is scaled with, or nothing where pixels only become 0 to 1."""
    if not experiment.standardize:
        return {}
    pixels = {name: (samples.rows, samples.index) for name, samples in sets.items()}
    if experiment.fitted_on == "each":
        return {name: fit_image_sets([pair]) for name, pair in pixels.items()}
    chosen = list(pixels.values()) if experiment.fitted_on == "all" else [pixels["train"]]
    return dict.fromkeys(sets, fit_image_sets(chosen))
