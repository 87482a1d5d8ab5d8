"""What the script of an experiment has to contain: the facts its pieces are written from."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.data import mnist
from engine.experiment import digits, effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.experiment.symmetry import starts_equal
from engine.nn.activations import ACTIVATIONS
from engine.nn.bands import SMALL_PRODUCT
from engine.nn.initializers import INITIALIZERS
from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS
from engine.training.batches import PART

MOST_WRITTEN_OUT = 4
"""Up to so many layers the script says W1, W2, ...; deeper networks are looped over as W[l]."""


@dataclass(frozen=True)
class Plan:
    """An experiment and what follows from it.

    n are the layers' sizes, the inputs first; m is the size of the training set; `sets` names the
    sets that are not empty in the order of a run's history. `drawn` names those that the split
    deals out, and counts[c] says how many samples of class c go to each of them and, last, how
    many stay unused; both are empty where the data are learned whole.
    """

    experiment: Experiment
    n: tuple[int, ...]
    m: int
    sets: tuple[str, ...]
    drawn: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()

    @property
    def layers(self) -> int:
        """L, the number of layers that have weights."""
        return len(self.n) - 1

    @property
    def is_written_out(self) -> bool:
        return self.layers <= MOST_WRITTEN_OUT

    @property
    def is_of_images(self) -> bool:
        return self.experiment.data.of_images

    @property
    def is_single(self) -> bool:
        """Whether numbers are float32."""
        return self.is_of_images and not starts_equal(self.experiment)

    @property
    def output(self) -> str:
        return self.experiment.data.output

    @property
    def activations(self) -> tuple[str, ...]:
        """The name of each hidden layer's activation, from the input side."""
        return self.experiment.activations

    @property
    def names_g(self) -> bool:
        """Whether the code has to look up which activation a layer has."""
        return not self.is_written_out and len(set(self.activations)) > 1

    @property
    def batch_size(self) -> int | None:
        """How many samples make a mini-batch, or None for full batch."""
        size = self.experiment.batch_size
        return size if 0 < size < self.m else None

    @property
    def is_shuffled(self) -> bool:
        """Whether the order of mini-batches is drawn."""
        return self.batch_size is not None and self.experiment.shuffle != "sorted"

    @property
    def is_in_parts(self) -> bool:
        """Whether a batch is so large that the engine goes through it in parts."""
        return (self.batch_size or self.m) > self.part

    @property
    def part(self) -> int:
        """How many samples of a large batch the engine goes through at a time."""
        return min(PART, effort.most_columns(self.experiment))

    @property
    def is_in_bands(self) -> bool:
        """Whether some product of a training step is so large that the engine may cut it up."""
        columns = min(self.batch_size or self.m, self.part)
        return max(n_in * n_out for n_in, n_out in pairwise(self.n)) * columns > SMALL_PRODUCT

    @property
    def has_dropout(self) -> bool:
        return bool(self.experiment.hidden) and self.experiment.keep_prob < 1

    @property
    def keeps_unmasked(self) -> bool:
        """Whether backpropagation needs g(Z) from before the dropout mask."""
        return self.has_dropout and any(
            ACTIVATIONS[name].written.slope_needs_a for name in self.activations
        )

    @property
    def has_penalty(self) -> bool:
        return self.experiment.l1 > 0 or self.experiment.l2 > 0

    @property
    def is_plain(self) -> bool:
        """Whether a step is the gradient times alpha and nothing else."""
        is_whole = not self.has_penalty and not self.experiment.clip
        return OPTIMIZERS[self.experiment.optimizer].is_plain and is_whole

    @property
    def names_m(self) -> bool:
        """Whether the code needs m by name."""
        return self.batch_size is not None or self.has_penalty

    @property
    def is_patient(self) -> bool:
        """Whether early stopping watches the dev cost."""
        return self.experiment.patience > 0 and "dev" in self.sets

    @property
    def has_decay(self) -> bool:
        return self.experiment.decay != "none"

    @property
    def is_shifted(self) -> bool:
        """Whether some images are shifted copies."""
        return self.is_of_images and self.experiment.shift != "none"

    @property
    def draws_weights(self) -> bool:
        return INITIALIZERS[self.experiment.initializer].is_random

    @property
    def is_random(self) -> bool:
        """Whether anything is drawn from a stream of chance."""
        data_are_drawn = bool(self.counts) or self.is_shifted
        training_is_random = self.is_shuffled or self.has_dropout
        start_is_random = self.draws_weights or self.experiment.init_noise > 0
        return data_are_drawn or training_is_random or start_is_random


def plan(experiment: Experiment) -> Plan:
    """Return the plan of an experiment; ValueError if nothing is left to train on."""
    if experiment.data.of_images:
        return _of_images(experiment)
    problem = load(experiment)
    _insist_on_samples(problem.train.m)
    sizes = problem.network(experiment).sizes
    sets = tuple(problem.splits)
    if experiment.data.whole:
        return Plan(experiment, sizes, problem.train.m, sets)
    parts = [samples.index for samples in problem.splits.values()]
    counts = _counts(problem.train.labels, parts)
    return Plan(experiment, sizes, problem.train.m, sets, sets, counts)


def _of_images(experiment: Experiment) -> Plan:
    labels = mnist.load().train_labels
    parts = digits.partition(experiment)._asdict()
    train = parts["train"]
    _insist_on_samples(len(train))
    drawn = tuple(name for name, part in parts.items() if len(part))
    is_whole = len(train) == len(labels)
    return Plan(
        experiment,
        network_of(experiment).sizes,
        len(train),
        tuple(name for name in ("train", "train_dev", "dev", "test") if name in (*drawn, "test")),
        () if is_whole else drawn,
        () if is_whole else _counts(labels, [parts[name] for name in drawn]),
    )


def _insist_on_samples(m: int) -> None:
    if not m:
        raise ValueError("No training sample is left, so there is no run to write down.")


def _counts(labels: Array, parts: list[Array]) -> tuple[tuple[int, ...], ...]:
    """Return for each class how many of its samples are in each part and, last, in none."""
    classes, members = np.unique(labels, return_counts=True)
    table = [[int((labels[part] == k).sum()) for part in parts] for k in classes]
    return tuple((*row, int(total) - sum(row)) for row, total in zip(table, members, strict=True))
