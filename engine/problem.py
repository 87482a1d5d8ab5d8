"""What an experiment is to learn: its samples, split and scaled, and the output layer they need."""

from dataclasses import dataclass

import numpy as np

from engine.datasets import DATASETS, mnist
from engine.datasets.features import expand
from engine.experiment import Experiment
from engine.normalization import Standardizer, fit, fit_images
from engine.samples import Samples
from engine.splits import split
from engine.streams import stream
from engine.types import Array

_BINARY, _TEN = np.array([[0.0], [1.0]]), np.eye(10, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Problem:
    """Three disjoint sets of samples, and how a raw input became what the network sees.

    points (M, d) are the raw inputs of a drawn problem, None for images; `standardizer` is what
    was fitted on the training set, None where the inputs are left as they are.
    """

    train: Samples
    dev: Samples
    test: Samples
    output: str
    points: Array | None = None
    standardizer: Standardizer | None = None

    @property
    def n_x(self) -> int:
        return int(self.train.rows.shape[1])

    @property
    def n_y(self) -> int:
        return int(self.train.codes.shape[1])

    @property
    def splits(self) -> dict[str, Samples]:
        """The sets that are not empty, by name."""
        named = {"train": self.train, "dev": self.dev, "test": self.test}
        return {name: samples for name, samples in named.items() if samples.m}


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
    standardizer = fit(rows[train]) if experiment.standardize else None
    if standardizer is not None:
        rows = standardizer.apply(rows)
    return Problem(
        Samples(rows, labels, train, _BINARY),
        Samples(rows, labels, dev, _BINARY),
        Samples(rows, labels, test, _BINARY),
        output="sigmoid",
        points=points,
        standardizer=standardizer,
    )


def _images(experiment: Experiment) -> Problem:
    """Select training and dev digits from the shared 60,000; the 10,000 test digits stay whole."""
    data = mnist.load()
    everything = len(data.train_labels)
    pool = min(experiment.samples or everything, everything)
    n_dev = round(pool * experiment.dev_fraction)
    if pool == everything and n_dev == 0:
        train, dev = np.arange(everything), np.empty(0, np.intp)
    else:
        shares = ((pool - n_dev) / everything, n_dev / everything)
        train, dev = split(data.train_labels, shares, stream(experiment.data_seed, "split"))
    standardizer = fit_images(data.train_images, train) if experiment.standardize else None
    mu, sigma = (0.0, 1.0) if standardizer is None else map(float, standardizer)
    scale, shift = 1 / (255 * sigma), -mu / sigma

    def samples(rows: Array, labels: Array, index: Array) -> Samples:
        return Samples(rows, labels, index, _TEN, scale, shift)

    return Problem(
        samples(data.train_images, data.train_labels, train),
        samples(data.train_images, data.train_labels, dev),
        samples(data.test_images, data.test_labels, np.arange(len(data.test_labels))),
        output="softmax",
        standardizer=standardizer,
    )
