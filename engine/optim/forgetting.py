"""How fast an exponentially weighted average forgets: its weights, its window, its mean age.

v_t = beta v_{t-1} + (1 - beta) theta_t from v_0 = 0 is written out
v_t = sum over k of (1 - beta) beta^k theta_{t-k}, k = 0 ... t - 1: k is a value's age.
"""

import math

import numpy as np

from engine.nn.types import Array


def weights(beta: float, t: int) -> Array:
    """Return the weight (1 - beta) beta^k of the value of age k in v_t, k = 0 ... t - 1.

    They sum to 1 - beta^t, which is what the bias correction divides by.

    >>> weights(0.5, 3)
    array([0.5  , 0.25 , 0.125])
    """
    powers: Array = beta ** np.arange(t)
    return (1 - beta) * powers


def share(beta: float, days: int) -> float:
    """Return what share of all weight the newest so many values hold, 1 - beta^days.

    >>> round(share(0.9, 10), 4)
    0.6513
    """
    return 1 - beta**days


def window(beta: float) -> float:
    """Return over about how many values the average goes, 1 / (1 - beta).

    Their share of the weight, 1 - beta^(1 / (1 - beta)), tends to 1 - 1/e as beta tends to 1.

    >>> round(window(0.9), 9)
    10.0
    """
    return 1 / (1 - beta)


def whole_window(beta: float) -> int:
    """Return the window to the nearest whole number of values, a half rounded up.

    >>> whole_window(0.0), whole_window(0.6), whole_window(0.7), whole_window(0.98)
    (1, 3, 3, 50)
    """
    return math.floor(window(beta) + 0.5)


def mean_age(beta: float) -> float:
    """Return the mean age of what is averaged, beta / (1 - beta): by so much the average is late.

    It is the sum over k of k (1 - beta) beta^k. What rises by the same amount each day is followed
    at just this distance.

    >>> round(mean_age(0.9), 9)
    9.0
    """
    return beta / (1 - beta)


def forgotten_after(beta: float, part: float = 1 / math.e) -> int:
    """Return the least whole k with beta^k < part: at that age a value counts less than so much.

    At first it is a part 1/e of the newest, for which k is nearly 1 / (1 - beta). beta^t is as well
    what the average of day t lacks for its start at zero.

    >>> forgotten_after(0.9), forgotten_after(0.98), forgotten_after(0.0)
    (10, 50, 1)
    """
    return 1 if beta == 0 else math.floor(math.log(part) / math.log(beta)) + 1


def half_life(beta: float) -> float:
    """Return the age at which a value counts half as much as the newest, log(1/2) / log(beta).

    >>> half_life(0.5), half_life(0.0)
    (1.0, 0.0)
    """
    return 0.0 if beta == 0 else math.log(0.5) / math.log(beta)


def noise_left(beta: float) -> float:
    """Return how much of independent noise's deviation is left, sqrt((1 - beta) / (1 + beta)).

    Its variance is the sum of the squared weights, (1 - beta)^2 / (1 - beta^2).

    >>> round(noise_left(0.9), 4)
    0.2294
    """
    return math.sqrt((1 - beta) / (1 + beta))
