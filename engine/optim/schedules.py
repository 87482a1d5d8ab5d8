"""How the learning rate shrinks as training goes on: each row carries everything about one way."""

import math
from collections.abc import Callable
from typing import NamedTuple


class Schedule(NamedTuple):
    r"""factor(rate, epoch, interval) -> what the learning rate alpha_0 is multiplied by then.

    epoch counts completed epochs from 0, so the first epoch runs at the full rate; a decay rate k
    of 0 changes nothing. The interval, in epochs, counts only where `has_interval`. `title` is what
    a reader chooses, `formula` LaTeX with k the decay rate, t the epoch and \Delta the interval,
    `brief` the same on one line, and `written` NumPy code in which t is the epoch.
    """

    title: str
    factor: Callable[[float, int, int], float]
    formula: str
    brief: str
    written: str
    has_interval: bool = False


SCHEDULES: dict[str, Schedule] = {
    "none": Schedule(
        "None",
        lambda rate, epoch, interval: 1.0,
        r"\alpha = \alpha_0",
        r"\alpha = \alpha_0",
        "alpha",
    ),
    "inverse": Schedule(
        "1/t: α₀ / (1 + k t)",
        lambda rate, epoch, interval: 1 / (1 + rate * epoch),
        r"\alpha = \frac{\alpha_0}{1 + k t}",
        r"\alpha = \alpha_0 / (1 + k t)",
        "alpha_0 * (1 / (1 + decay_rate * t))",
    ),
    "exponential": Schedule(
        "Exponential: α₀ exp(−k t)",
        lambda rate, epoch, interval: math.exp(-rate * epoch),
        r"\alpha = \alpha_0\, e^{-k t}",
        r"\alpha = \alpha_0 e^{-k t}",
        "alpha_0 * math.exp(-decay_rate * t)",
    ),
    "step": Schedule(
        "Step: halved every 1/k epochs",
        lambda rate, epoch, interval: 0.5 ** math.floor(rate * epoch),
        r"\alpha = \alpha_0 \cdot 0.5^{\lfloor k t \rfloor}",
        r"\alpha = \alpha_0 \cdot 0.5^{\lfloor k t \rfloor}",
        "alpha_0 * 0.5 ** math.floor(decay_rate * t)",
    ),
    "scheduled": Schedule(
        "Scheduled: α₀ / (1 + k ⌊t / Δ⌋)",
        lambda rate, epoch, interval: 1 / (1 + rate * (epoch // interval)),
        r"\alpha = \frac{\alpha_0}{1 + k \lfloor t / \Delta \rfloor}",
        r"\alpha = \alpha_0 / (1 + k \lfloor t / \Delta \rfloor)",
        "alpha_0 * (1 / (1 + decay_rate * (t // decay_interval)))",
        has_interval=True,
    ),
}
