"""What averaging has done to a series: how much of its unrest is left, and how late it has become.

These are measured, where `engine.optim.forgetting` says what to expect.
"""

import numpy as np

from engine.nn.types import Array

REACH = 30
"""So many days to either side make the average that is not late."""


def unrest_left(values: Array, averages: Array) -> float:
    """Return how much the averages move from day to day, as a share of what the values do.

    Both are root mean squares of the differences of neighbours. NaN where the values stand still.
    """
    raw, left = (float(np.mean(np.diff(each) ** 2)) if len(each) > 1 else 0.0
                 for each in (values, averages))  # fmt: skip
    return (left / raw) ** 0.5 if raw else float("nan")


def times_calmer(values: Array, averages: Array) -> float:
    """Return how many times the deviation of the averages that of the values is.

    Over the second half of both: the start of the average is long forgotten then. Of independent
    noise it is sqrt((1 + beta) / (1 - beta)). NaN where the averages stand still.
    """
    half = len(values) // 2
    raw, left = float(np.std(values[half:])), float(np.std(averages[half:]))
    return raw / left if left else float("nan")


def centred(values: Array, reach: int) -> Array:
    """Return at each day the mean of the days up to so far to either side of it, itself included.

    It looks ahead as far as back, and so is not late; at the ends there are fewer days.

    >>> centred(np.array([1.0, 2.0, 6.0]), 1)
    array([1.5, 3. , 4. ])
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    day = np.arange(len(values))
    low, high = np.maximum(day - reach, 0), np.minimum(day + reach + 1, len(values))
    mean: Array = (sums[high] - sums[low]) / (high - low)
    return mean


def reach_of(days: int) -> int:
    """Return how far the centred average of so many days reaches: 30 days, or an eighth of few."""
    return min(REACH, days // 8)


def lag(values: Array, averages: Array) -> int:
    """Return by how many days the averages fit the centred average best when they are moved back.

    The shift s, up to half of the days, with the least mean of (averages_{t+s} - centred_t)^2. The
    centred average reaches 30 days to either side, or an eighth of a short series.
    """
    n = len(values)
    reference = centred(values, reach_of(n))
    misfits = [float(np.mean((averages[s:] - reference[: n - s]) ** 2)) for s in range(n // 2 + 1)]
    return int(np.argmin(misfits))
