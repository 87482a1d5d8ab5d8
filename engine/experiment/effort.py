"""How much work a training is, told from its experiment alone: no sample is drawn for it."""

from itertools import pairwise
from typing import NamedTuple

from engine.experiment import digits
from engine.experiment.experiment import Experiment
from engine.experiment.problem import TRAIN_SAMPLE, load, training_size
from engine.experiment.symmetry import starts_equal

CALL, LAYER, ACTIVATION = 15e-6, 15e-6, 40e-9
"""Seconds of a step in double precision: once, for each layer, for each activation of a sample."""

LOOK_LAYER, LOOK_ACTIVATION = 8e-6, 15e-9
"""Seconds of evaluating the network after an epoch, on all samples."""

IMAGE_LAYER, PARAMETER = 8e-6, 2e-9
"""Seconds of a step on images: for each layer, and for each number of theta, which it rewrites."""

STEP_OPERATIONS, LOOK_OPERATIONS, IMAGE_LOOK_OPERATIONS = 1e11, 1e10, 5e10
"""Operations of the products per second: in a step, and in a look at points and at images."""

STRETCH = 0.025
"""Seconds of training after which it can be halted, by this price."""

FEWEST_COLUMNS = 64
"""Fewer samples at once are not worth the calls."""


class Price(NamedTuple):
    """What a training costs: its steps and its looks at all samples, and the seconds of each."""

    steps: int
    step: float
    looks: int
    look: float

    @property
    def seconds(self) -> float:
        """A rough price, the same on every machine; within a factor of about two on one core."""
        return self.steps * self.step + self.looks * self.look


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


def price(experiment: Experiment, replicas: int = 1, is_brief: bool = False) -> Price:
    """Return what it costs to train so many replicas at once.

    A brief training is looked at only at its end, unless early stopping has to see every epoch.
    """
    sizes = layer_sizes(experiment)
    layers = len(sizes) - 1
    weights = replicas * sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    units = replicas * sum(sizes[1:])
    size, seen = batch_size(experiment), evaluated(experiment)
    products = 6 * size * weights / STEP_OPERATIONS
    if experiment.data.of_images:
        step = IMAGE_LAYER * layers + products + PARAMETER * weights
        look = 2 * seen * weights / IMAGE_LOOK_OPERATIONS
    else:
        step = CALL + LAYER * layers + products + ACTIVATION * units * size
        look = LOOK_LAYER * layers + LOOK_ACTIVATION * units * seen
        look += 2 * seen * weights / LOOK_OPERATIONS
    looks = 1 if is_brief and not experiment.patience else experiment.epochs
    return Price(steps(experiment), step, looks, look)


def most_columns(experiment: Experiment) -> int:
    """Return how many samples of a mini-batch can be worked on in one stretch of training.

    Of a single network: how many are stacked must not change how a batch is cut.

    >>> most_columns(Experiment(dataset="mnist", hidden=(512, 512), samples=0, batch_size=0))
    622
    """
    columns = STRETCH * batch_size(experiment) / price(experiment).step
    return max(FEWEST_COLUMNS, int(columns))


def layer_sizes(experiment: Experiment) -> tuple[int, ...]:
    """Return (n_x, *hidden, n_y).

    >>> layer_sizes(Experiment()), layer_sizes(Experiment(dataset="mnist", hidden=(64,)))
    ((2, 3, 1), (784, 64, 10))
    """
    data = experiment.data
    n_y = 1 if data.output == "sigmoid" else experiment.class_count
    if data.of_images:
        n_x = digits.PIXELS
    elif data.planar:
        n_x = len(experiment.features)
    else:
        n_x = load(experiment).n_x
    return (n_x, *experiment.hidden, n_y)


def theta_bytes(experiment: Experiment) -> int:
    """Return how much memory one theta of its network takes."""
    numbers = sum((n_in + 1) * n_out for n_in, n_out in pairwise(layer_sizes(experiment)))
    is_single = experiment.data.of_images and not starts_equal(experiment)
    return numbers * (4 if is_single else 8)


def evaluated(experiment: Experiment) -> int:
    """Return how many samples are looked at after an epoch, in all sets together."""
    train = training_size(experiment)
    if experiment.data.of_images:
        of_each = digits.sizes(experiment)
        held_out = of_each.dev + of_each.train_dev + digits.TEST_DIGITS
    elif experiment.data.whole:
        held_out = 0
    else:
        held_out = experiment.samples - train
    return min(train, TRAIN_SAMPLE) + held_out
