"""A few digits that a network learns from, a few it never sees, and what it reads them as."""

from typing import NamedTuple

import numpy as np

from engine.nn.types import Array
from engine.training.evaluation import logits
from pages._kit.training import cache
from pages._kit.training.live import Live

LEARNED, UNSEEN = 8, 16
"""The first so many of the training and of the test digits."""

NOTHING = -1
"""What a digit is read as by numbers that have overflowed."""


class Guesses(NamedTuple):
    """Digits with what they are and what they are read as, those that are learned from first.

    pictures (n, 784) uint8, labels (n,) and read_as (n,) classes 0 to 9, or NOTHING.
    """

    pictures: Array
    labels: Array
    read_as: Array
    learned: int

    @property
    def is_right(self) -> Array:
        right: Array = self.labels == self.read_as
        return right


def guesses(live: Live) -> Guesses:
    """Return how the network, as far as it is by now, reads the digits of the first screen."""
    trainer = live.trainer
    theta = trainer.kept if live.is_finished else trainer.theta
    sets = [
        samples.select(np.arange(min(many, samples.m)))
        for samples, many in ((trainer.problem.train, LEARNED), (trainer.problem.test, UNSEEN))
    ]
    with cache.turn, np.errstate(all="ignore"):
        Z = np.concatenate([logits(trainer.network, theta, samples) for samples in sets], axis=1)
    return Guesses(
        np.concatenate([samples.rows[samples.index] for samples in sets]),
        np.concatenate([samples.y for samples in sets]),
        np.where(np.isfinite(Z).all(axis=0), Z.argmax(axis=0), NOTHING),
        sets[0].m,
    )
