"""How the learning rate shrinks as training goes on."""

import math
from collections.abc import Callable
from typing import NamedTuple


class Schedule(NamedTuple):
    """factor(rate, epoch) -> what the learning rate alpha_0 is multiplied by in that epoch.

    epoch counts completed epochs from 0, so the first epoch runs at the full rate; a decay rate k
    of 0 changes nothing. `formula` is LaTeX with k the decay rate and t the epoch.
    """

    factor: Callable[[float, int], float]
    formula: str


SCHEDULES: dict[str, Schedule] = {
    "none": Schedule(lambda rate, epoch: 1.0, r"\alpha = \alpha_0"),
    "inverse": Schedule(
        lambda rate, epoch: 1 / (1 + rate * epoch), r"\alpha = \frac{\alpha_0}{1 + k t}"
    ),
    "exponential": Schedule(
        lambda rate, epoch: math.exp(-rate * epoch), r"\alpha = \alpha_0\, e^{-k t}"
    ),
    "step": Schedule(
        lambda rate, epoch: 0.5 ** math.floor(rate * epoch),
        r"\alpha = \alpha_0 \cdot 0.5^{\lfloor k t \rfloor}",
    ),
}
