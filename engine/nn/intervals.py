"""How sure a share can be that was counted on a finite number of samples."""

from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Interval(NamedTuple):
    """The ends of a confidence interval, both in the shape of what they belong to."""

    low: Array
    high: Array


def wilson(correct: Array | int, m: Array | int, z: float = 1.96) -> Interval:
    """Return Wilson's score interval of a binomial share, `correct` out of m samples.

    Both may be numbers or arrays of counts that broadcast. z = 1.96 makes it a 95 % interval. It
    holds every share q that p = correct/m does not contradict: |p - q| <= z sqrt(q (1 - q) / m).
    Solved for q, its ends are

        (p + z^2/(2m) ± z sqrt(p (1 - p)/m + z^2/(4m^2))) / (1 + z^2/m)

    (E. B. Wilson 1927). So it never leaves 0 to 1, and 100 of 100 is not taken for certainty, as
    p ± z sqrt(p (1 - p)/m) would. Without samples every share is possible. Raises ValueError for
    counts below 0 or above m, and unless z > 0.

    >>> low, high = wilson(9, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.596, 0.982)
    """
    k, n = np.broadcast_arrays(np.asarray(correct, float), np.asarray(m, float))
    if not ((k >= 0) & (k <= n)).all():
        raise ValueError(f"correct is {correct} and m is {m}, but correct must lie in 0 to m.")
    if not z > 0:
        raise ValueError(f"z is {z:g}, but an interval needs z > 0.")
    # Multiplied by n above and below, so that n = 0 needs no case of its own.
    middle = k + z**2 / 2
    spread = z * np.sqrt(np.divide(k * (n - k), n, out=np.zeros_like(n), where=n > 0) + z**2 / 4)
    below = n + z**2
    return Interval(
        np.maximum(middle - spread, 0) / below, np.minimum(middle + spread, below) / below
    )


def least_difference(share: float, m: int, z: float = 1.96) -> float:
    """Return how far apart two shares must lie to be told apart, both counted and near `share`.

    Each is counted on m samples of its own. Newcombe's interval of their difference, as
    `engine.diagnosis.gaps` has it, reaches sqrt((p - l)^2 + (u - p)^2) to either side of 0 when
    both are p, in [l, u]: about sqrt(2) times the half of one interval, since both counts have
    their luck.
    Raises ValueError for a share outside 0 to 1, and unless z > 0.

    >>> round(least_difference(0.02, 10_000), 4)
    0.0039
    """
    low, high = wilson(np.asarray(share * m), np.asarray(m), z)
    return float(np.hypot(share - low, high - share))
