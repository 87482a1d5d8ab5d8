"""What an experiment is to learn: its samples, split and scaled, and the output layer they need."""

import dataclasses
import threading
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from engine.data import mnist
from engine.data.features import expand
from engine.data.normalization import Standardizer, fit, fit_image_sets
from engine.data.samples import Samples
from engine.data.splits import part_sizes, split
from engine.experiment import digits
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.streams import stream
from engine.experiment.symmetry import starts_equal
from engine.nn.network import Network
from engine.nn.stops import to_end
from engine.nn.types import Array

_BINARY = np.array([[0.0], [1.0]])

TRAIN_SAMPLE = 2500
"""Training cost and accuracy are measured on all training samples, or on this many of MNIST's."""

KEPT = 8
"""So many problems are remembered, the latest asked for; others only as long as somebody has them.
"""

KEPT_BYTES = 2**20
"""What a remembered problem may hold by itself: the index of all 70,000 digits fits, but no copies
of their pixels, which a shift needs."""

_DATA_KNOBS = (*(name for name, knob in KNOBS.items() if knob.section == "data"), "data_seed")


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

    @property
    def evaluated(self) -> dict[str, Samples]:
        """The sets that are looked at after an epoch: of the training set some, if it is large."""
        return {**self.splits, "train": self.train.thinned(TRAIN_SAMPLE)}

    def network(self, experiment: Experiment) -> Network:
        """Return the network that an experiment trains on it, (n_x, *hidden, n_y)."""
        sizes = (self.n_x, *experiment.hidden, self.n_y)
        return Network(sizes, experiment.activation, self.output)

    @property
    def nbytes(self) -> int:
        """How much memory it holds, but for what all problems share: the digits."""
        shared = {id(array) for array in mnist.load()} if self.points is None else set()
        own = {id(array): array.nbytes for array in self._arrays() if id(array) not in shared}
        return sum(own.values())

    def _arrays(self) -> list[Array]:
        sets = [part for part in (self.train, self.train_dev, self.dev, self.test) if part]
        held = [
            array for part in sets for array in (part.rows, part.labels, part.index, part.codes)
        ]
        scaled = () if self.standardizer is None else self.standardizer
        others = (self.points, *scaled)
        return held + [array for array in others if isinstance(array, np.ndarray)]


def network_of(experiment: Experiment) -> Network:
    """Return the network that an experiment trains."""
    return load(experiment).network(experiment)


def load(experiment: Experiment) -> Problem:
    """Return the samples of an experiment; nobody may write to them, as others share them.

    The same data knobs give the same samples, and the same object as long as it is remembered. One
    knob of the network counts as well: where all units start alike, images become float64.
    """
    return to_end(prepare(experiment))


def prepare(experiment: Experiment) -> Generator[None, None, Problem]:
    """Do the same, and stop on the way again and again if there are images to be changed."""
    return (yield from _MEMORY.get(key_of(experiment), experiment))


def key_of(experiment: Experiment) -> tuple[Any, ...]:
    """Return the same for all experiments with the same samples."""
    knobs = (getattr(experiment, name) for name in _DATA_KNOBS)
    return (*knobs, starts_equal(experiment))


class _Memory:
    """The problems that are in use, and the latest few small ones; safe to be asked by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_use: WeakValueDictionary[tuple[Any, ...], Problem] = WeakValueDictionary()
        self._latest: deque[Problem] = deque(maxlen=KEPT)

    def get(self, key: tuple[Any, ...], experiment: Experiment) -> Generator[None, None, Problem]:
        with self._lock:
            problem = self._in_use.get(key)
        if problem is None:
            made = yield from _made(
                experiment
            )  # two who ask at once may both make it: one of the two stays
            with self._lock:
                problem = self._in_use.setdefault(key, made)
        with self._lock:
            self._remember(problem)
        return problem

    def _remember(self, problem: Problem) -> None:
        if problem in self._latest:
            self._latest.remove(problem)
        if problem.nbytes <= KEPT_BYTES:
            self._latest.append(problem)


_MEMORY = _Memory()


def _made(experiment: Experiment) -> Generator[None, None, Problem]:
    if experiment.data.of_images:
        problem = yield from _images(experiment)
    else:
        problem = _of_points(experiment)
    for array in problem._arrays():
        array.setflags(write=False)
    return problem


def _points(experiment: Experiment) -> tuple[Array, Array]:
    """Return the raw points (M, d) and their labels (M,), drawn or given by hand."""
    generate = experiment.data.generate
    if generate is None:
        given = np.array(experiment.points)
        return given[:, :2], given[:, 2].astype(np.uint8)
    return generate(
        stream(experiment.data_seed, "data"),
        experiment.samples,
        experiment.noise,
        experiment.bits,
        experiment.classes,
    )


def _of_points(experiment: Experiment) -> Problem:
    """Split the points, and scale their features by what the training set says."""
    dataset = experiment.data
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
    codes = _BINARY if dataset.output == "sigmoid" else np.eye(experiment.class_count)
    sets = {
        name: Samples(fitted[name].apply(rows) if fitted else rows, labels, part, codes)
        for name, part in parts.items()
    }
    return Problem(
        sets["train"],
        sets["dev"],
        sets["test"],
        output=dataset.output,
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


def _images(experiment: Experiment) -> Generator[None, None, Problem]:
    """Scale the digits' pixels to 0 to 1, or by what the training set says."""
    sets = yield from digits.draw(experiment)
    fitted = yield from _fit_images(experiment, sets)
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
        output=experiment.data.output,
        standardizer=fitted.get("train"),
        train_dev=sets["train_dev"],
    )


def _fit_images(
    experiment: Experiment, sets: dict[str, Samples]
) -> Generator[None, None, dict[str, Standardizer]]:
    """Return what each split is scaled with, or nothing where pixels only become 0 to 1."""
    if not experiment.standardize:
        return {}
    pixels = {name: (samples.rows, samples.index) for name, samples in sets.items()}
    if experiment.fitted_on == "each":
        each = {}
        for name, pair in pixels.items():
            each[name] = yield from fit_image_sets([pair])
        return each
    chosen = list(pixels.values()) if experiment.fitted_on == "all" else [pixels["train"]]
    return dict.fromkeys(sets, (yield from fit_image_sets(chosen)))


def training_size(experiment: Experiment) -> int:
    """Return how many samples are learned from: as many as are drawn, without drawing them."""
    if experiment.data.of_images:
        return digits.sizes(experiment).train
    if experiment.data.whole:
        return load(experiment).train.m
    rest = max(0.0, 1 - experiment.train_fraction - experiment.dev_fraction)
    fractions = (experiment.train_fraction, experiment.dev_fraction, rest)
    return int(part_sizes(experiment.samples, fractions)[0])
