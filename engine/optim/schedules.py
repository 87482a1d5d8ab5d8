"""How the learning rate shrinks as training goes on."""

import math
from collections.abc import Callable
from typing import NamedTuple


class Schedule(NamedTuple):
    r"""factor(rate, epoch, interval) -> what the learning rate alpha_0 is multiplied by then.

    epoch counts completed epochs from 0, so the first epoch runs at the full rate; a decay rate k
    of 0 changes nothing. The interval, in epochs, counts only where `has_interval`. `formula` is
    LaTeX with k the decay rate, t the epoch and \Delta the interval.
    """

    factor: Callable[[float, int, int], float]
    formula: str
    has_interval: bool = False


SCHEDULES: dict[str, Schedule] = {
    "none": Schedule(lambda rate, epoch, interval: 1.0, r"\alpha = \alpha_0"),
    "inverse": Schedule(
        lambda rate, epoch, interval: 1 / (1 + rate * epoch),
        r"\alpha = \frac{\alpha_0}{1 + k t}",
    ),
    "exponential": Schedule(
        lambda rate, epoch, interval: math.exp(-rate * epoch), r"\alpha = \alpha_0\, e^{-k t}"
    ),
    "step": Schedule(
        lambda rate, epoch, interval: 0.5 ** math.floor(rate * epoch),
        r"\alpha = \alpha_0 \cdot 0.5^{\lfloor k t \rfloor}",
    ),
    "scheduled": Schedule(
        lambda rate, epoch, interval: 1 / (1 + rate * (epoch // interval)),
        r"\alpha = \frac{\alpha_0}{1 + k \lfloor t / \Delta \rfloor}",
        has_interval=True,
    ),
}
