"""An insight is a network at rest and what its test digits say of it, worked out when asked for."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.data.samples import Samples
from engine.inspection.confusion import Confusion, confusion
from engine.inspection.excitation import Excited, excited
from engine.nn.losses import log_sum_exp, softmax
from engine.nn.network import Network
from engine.nn.parameters import Layer
from engine.nn.types import Array
from engine.training.evaluation import logits
from pages._kit.training import cache
from pages._kit.training.live import Live

CLASSES = 10
TOP = 8
"""How many of the digits that excite a unit are kept."""


class Reading(NamedTuple):
    """One test digit and what the network makes of it.

    position is its place among the test digits, picture (28, 28) uint8, Z (10,) its logits.
    """

    position: int
    picture: Array
    label: int
    Z: Array

    @property
    def probabilities(self) -> Array:
        """p = softmax(z), (10,)."""
        return softmax(self.Z[:, None])[:, 0]

    @property
    def log_sum(self) -> float:
        """Log of the sum of e^z, by which log p falls short of z."""
        return float(log_sum_exp(self.Z[:, None])[0, 0])

    @property
    def log_probabilities(self) -> Array:
        """Log p in nats, (10,)."""
        log_p: Array = self.Z - self.log_sum
        return log_p

    @property
    def prediction(self) -> int:
        return int(self.Z.argmax())

    @property
    def confidence(self) -> float:
        """The probability of the prediction."""
        return float(self.probabilities.max())

    @property
    def is_right(self) -> bool:
        return self.prediction == self.label


class Insight:
    """A training at rest, and what can be read off its network.

    It speaks of the theta that the training would hand over, that of the last whole epoch with
    finite numbers (or of the best one, with early stopping), copied, because it may go on.
    """

    def __init__(self, live: Live) -> None:
        trainer = live.trainer
        self.live = live
        self.network: Network = trainer.network
        self.test: Samples = trainer.problem.test
        self.theta: Array = trainer.kept.copy()
        self.epoch = live.run().kept_epoch

    @property
    def layers(self) -> list[Layer]:
        """W[l] and b[l] now."""
        return self.network.layout.layers(self.theta)

    @property
    def start(self) -> list[Layer]:
        """W[l] and b[l] before training."""
        return self.network.layout.layers(self.live.trainer.start)

    @cached_property
    def logits(self) -> Array:
        """Z[L] of all test digits, (10, m)."""
        with cache.turn, np.errstate(all="ignore"):
            return logits(self.network, self.theta, self.test, cache.turn.let_others)

    @property
    def is_finite(self) -> bool:
        """Whether there are numbers to show: the start of a training may overflow already."""
        return bool(np.isfinite(self.logits).all())

    @cached_property
    def confusion(self) -> Confusion:
        return confusion(self.test.y, self.logits.argmax(axis=0), CLASSES)

    @cached_property
    def confidence(self) -> Array:
        """The probability of what each test digit is read as, (m,)."""
        confidence: Array = softmax(self.logits).max(axis=0)
        return confidence

    @cached_property
    def excited(self) -> list[Excited]:
        """The TOP test digits that excite each unit most, layer by layer."""
        with cache.turn:
            return excited(self.network, self.theta, self.test, TOP, cache.turn.let_others)

    def misread(self, label: int | None = None, read_as: int | None = None) -> Array:
        """Return the positions of the misread test digits, those read with most confidence first.

        Where given, only those of class `label`, and only those read as `read_as`.
        """
        labels, predictions = self.test.y, self.logits.argmax(axis=0)
        is_meant = labels != predictions
        if label is not None:
            is_meant &= labels == label
        if read_as is not None:
            is_meant &= predictions == read_as
        return self._surest_first(is_meant)

    def read_right(self, label: int) -> Array:
        """Return the positions of the digits of a class that are read right, the surest first."""
        labels = self.test.y
        return self._surest_first((labels == label) & (self.logits.argmax(axis=0) == label))

    def _surest_first(self, is_meant: Array) -> Array:
        chosen = np.flatnonzero(is_meant)
        ordered: Array = chosen[np.argsort(-self.confidence[chosen], kind="stable")]
        return ordered

    def read(self, position: int) -> Reading:
        """Return how the network reads the test digit at a position, 0, 1, ..."""
        return Reading(
            position, self.picture(position), self.label(position), self.logits[:, position]
        )

    def after(self, position: int, label: int | None = None) -> int:
        """Return the next test digit, or the next of a class, beginning anew after the last."""
        count = self.test.m
        others = (position + 1 + np.arange(count)) % count
        if label is None:
            return int(others[0])
        return int(others[(self.test.y[others] == label).argmax()])

    def label(self, position: int) -> int:
        return int(self.test.classes(np.array(position)))

    def picture(self, position: int) -> Array:
        """Return the pixels (28, 28) uint8 of a test digit, 255 being full ink."""
        picture: Array = self.test.rows[self.test.index[position]].reshape(28, 28)
        return picture

    def x(self, position: int) -> Array:
        """Return a test digit as the network is given it, (784,)."""
        x: Array = self.test.gather(np.array([position]))[0]
        return x


def shared_insight(live: Live) -> Insight:
    """Return what there is to see in a training at rest; shared by all who look at it.

    It holds what every layer says of 10,000 digits, so few are kept.
    """
    return live.views.of(live, Insight, live.trainer.step, most=8)
