"""What the units of a hidden layer decide: where each is on, and how the output joins that."""

from typing import NamedTuple

import numpy as np

from engine.inspection.explain import Contributions
from engine.nn.decision import names_one
from engine.nn.types import Array

CLEAR = 0.25
"""A unit is on or off where its activation is so near to its greatest or least, of their distance.

What lies between is neither.
"""

COUNTS = 0.1
"""A unit counts that moves the output's sum by this share of what the strongest one does."""


class Gates(NamedTuple):
    """How n units of the last hidden layer answer at m samples, read as on and off.

    is_on      whether a unit's activation is nearer to its greatest than to its least, (n, m)
    is_clear   whether it is near to one of the two at every sample, (n,)
    counts     whether the output's sum moves with it, (n,)
    favours    whether being on speaks for class 1, (n,)
    says       what the output says, (m,)
    """

    is_on: Array
    is_clear: Array
    counts: Array
    favours: Array
    says: Array

    @property
    def votes(self) -> Array:
        """Whether each unit that counts speaks for class 1, by being on or by being off."""
        votes: Array = (self.is_on == self.favours[:, None])[self.counts]
        return votes

    @property
    def joined(self) -> str:
        """How the output joins the votes: "all" or "any" of them, "" where it is neither.

        Or where one of the units that count is not clearly on or off.
        """
        if not self.counts.any() or not self.is_clear[self.counts].all():
            return ""
        if (self.votes.all(axis=0) == self.says).all():
            return "all"
        return "any" if (self.votes.any(axis=0) == self.says).all() else ""


def gates(taken: Contributions) -> Gates:
    """Read the units of a network's last hidden layer as on and off.

    >>> OR, AND = [0.02, 0.97, 0.98, 0.99], [0.01, 0.03, 0.02, 0.98]
    >>> parts = np.array([OR, AND]) * [[10.0], [-20.0]]
    >>> z = parts.sum(axis=0) - 5
    >>> read = gates(Contributions(np.array([OR, AND]), parts, -5.0, z, 1 / (1 + np.exp(-z))))
    >>> read.is_on.astype(int).tolist(), read.favours.tolist(), read.joined
    ([[0, 1, 1, 1], [0, 0, 0, 1]], [True, False], 'all')
    """
    a, parts = taken.activations, taken.parts
    least, reach = a.min(axis=1, keepdims=True), np.ptp(a, axis=1, keepdims=True)
    # One that never moves is off everywhere, and does not count.
    share = np.divide(a - least, reach, out=np.zeros_like(a), where=reach > 0)
    is_on = share > 0.5
    moves = np.ptp(parts, axis=1)
    return Gates(
        is_on=is_on,
        is_clear=(np.abs(share - 0.5) >= 0.5 - CLEAR).all(axis=1),
        counts=(moves > 0) & (moves >= COUNTS * moves.max()),
        favours=np.where(is_on, parts, -np.inf).max(axis=1)
        > np.where(is_on, np.inf, parts).min(axis=1),
        says=names_one(taken.z),
    )
