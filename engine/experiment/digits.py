"""Which digits an experiment learns from, and which it is judged by: perhaps not the same kind."""

from collections.abc import Generator
from typing import NamedTuple

import numpy as np

from engine.data import mnist
from engine.data.samples import Samples
from engine.data.shift import shifted_in_parts
from engine.data.splits import split
from engine.experiment.experiment import Experiment
from engine.experiment.streams import stream
from engine.nn.types import Array

TRAINING_DIGITS, TEST_DIGITS, PIXELS = 60_000, 10_000, 784

_TEN = np.eye(10, dtype=np.float32)


def draw(experiment: Experiment) -> Generator[None, None, dict[str, Samples]]:
    """Return the sets train, train_dev, dev and test of digits, as pixels from 0 to 255.

    Train and dev come from the 60,000 digits, stratified; the 10,000 test digits stay whole. With
    a `shift`, dev and test are shifted copies, the target distribution; of the training digits
    the share `target_share` is shifted as well. train_dev is then distributed as the training set
    is, held out from it, and as large as dev but at most half of what dev leaves; else empty.

    A shift copies the rows it changes, and nothing else: 784 bytes a digit, with a stop on the way
    every few hundred. Without one no pixel is copied.
    """
    data = mnist.load()
    parts = partition(experiment)
    images, labels = data.train_images, data.train_labels
    if experiment.shift == "none":
        test = Samples(data.test_images, data.test_labels, np.arange(len(data.test_labels)), _TEN)
        return {
            "train": Samples(images, labels, parts.train, _TEN),
            "train_dev": Samples(images, labels, parts.train_dev, _TEN),
            "dev": Samples(images, labels, parts.dev, _TEN),
            "test": test,
        }
    # A generator for each set: another target_share must not change the dev digits.
    for_train, for_train_dev, for_dev = stream(experiment.data_seed, "shift").spawn(3)
    share = experiment.target_share
    test_images = yield from _shifted_test_images(experiment.shift, experiment.shift_strength)
    test = Samples(test_images, data.test_labels, np.arange(len(data.test_labels)), _TEN)
    return {
        "train": (yield from _partly_shifted(experiment, parts.train, share, for_train)),
        "train_dev": (
            yield from _partly_shifted(experiment, parts.train_dev, share, for_train_dev)
        ),
        "dev": (yield from _partly_shifted(experiment, parts.dev, 1.0, for_dev)),
        "test": test,
    }


class Partition(NamedTuple):
    """Which of the 60,000 digits are in each part, as arrays of positions."""

    train: Array
    dev: Array
    train_dev: Array


def partition(experiment: Experiment) -> Partition:
    """Return which of the 60,000 digits an experiment trains on, and which it holds out."""
    labels, counts = mnist.load().train_labels, sizes(experiment)
    everything = len(labels)
    if counts.train == everything:
        return Partition(np.arange(everything), *np.empty((2, 0), np.intp))
    fractions = [count / everything for count in counts]
    return Partition(*split(labels, fractions, stream(experiment.data_seed, "split")))


class Sizes(NamedTuple):
    """How many of the 60,000 digits are in each part."""

    train: int
    dev: int
    train_dev: int


def sizes(experiment: Experiment) -> Sizes:
    """Return how many of the 60,000 digits an experiment trains on, and how many it holds out."""
    pool = min(experiment.samples or TRAINING_DIGITS, TRAINING_DIGITS)
    n_dev = round(pool * experiment.dev_fraction)
    n_train_dev = min(n_dev, (pool - n_dev) // 2) if experiment.shift != "none" else 0
    return Sizes(pool - n_dev - n_train_dev, n_dev, n_train_dev)


def _partly_shifted(
    experiment: Experiment, index: Array, share: float, rng: np.random.Generator
) -> Generator[None, None, Samples]:
    """Return the digits at index (m,), the first round(share * m) of them shifted."""
    data = mnist.load()
    count = round(share * len(index))
    if count == 0:
        return Samples(data.train_images, data.train_labels, index, _TEN)
    rows = data.train_images[index]
    rows[:count] = yield from shifted_in_parts(
        rows[:count], experiment.shift, experiment.shift_strength, rng
    )
    return Samples(rows, data.train_labels[index], np.arange(len(index)), _TEN)


_test_images: dict[tuple[str, float], Array] = {}
"""The test images shifted in the latest two ways, 8 MB each: every visitor is given the same."""


def _shifted_test_images(kind: str, strength: float) -> Generator[None, None, Array]:
    known = _test_images.get((kind, strength))
    if known is not None:
        return known
    rows = yield from shifted_in_parts(mnist.load().test_images, kind, strength, stream(0, "shift"))
    rows.setflags(write=False)
    for older in list(_test_images)[:-1]:
        _test_images.pop(older, None)
    return _test_images.setdefault((kind, strength), rows)
