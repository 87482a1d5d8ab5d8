"""Chance is what one gets without a look at the inputs: the yardstick for every accuracy and cost.

A network that is right about 96 % of its samples has learned nothing if 96 % of them are of one
class.
"""

import numpy as np

from engine.nn.types import Array


def chance_accuracy(labels: Array) -> float:
    """Return the share of the most common of the class numbers (m,): what naming it always gets.

    Raises ValueError without any labels.

    >>> chance_accuracy(np.array([0, 0, 0, 1]))
    0.75
    """
    return float(_shares(labels).max())


def chance_cost(labels: Array) -> float:
    """Return the least cost, in nats, of giving every sample the same probabilities.

    They are the shares p_c of the classes, and the cost is their entropy, -sum of p_c log p_c.
    Raises ValueError without any labels.

    >>> round(chance_cost(np.array([0, 1, 0, 1])), 4)  # log 2
    0.6931
    """
    shares = _shares(labels)
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum()) + 0.0  # of one class it is 0, and not -0


def _shares(labels: Array) -> Array:
    if not len(labels):
        raise ValueError("Chance is a matter of the classes' shares, and there are no samples.")
    shares: Array = np.bincount(labels) / len(labels)
    return shares
