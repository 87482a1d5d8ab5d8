"""How the learning rate changes as training goes on: each row carries everything of one way."""

import math
from collections.abc import Callable
from typing import NamedTuple


class Schedule(NamedTuple):
    r"""factor(rate, epoch, interval) -> what the learning rate alpha_0 is multiplied by then.

    epoch counts completed epochs from 0, so the first epoch runs at the full rate, but for a
    warm-up; a decay rate k of 0 lets nothing shrink. The interval, in epochs, counts only where
    `has_interval`. `title` is what a reader chooses, `formula` LaTeX with k the decay rate, t the
    epoch and \Delta the interval, `brief` the same on one line, and `written` NumPy code in which t
    is the epoch.
    """

    title: str
    factor: Callable[[float, int, int], float]
    formula: str
    brief: str
    written: str
    has_interval: bool = False


def _half_cosine(way: float) -> float:
    """Return 1 at the start of the way, 0 at its end, 1, and half a cosine in between."""
    return (1 + math.cos(math.pi * min(way, 1.0))) / 2


def _since_restart(rate: float, epoch: int) -> float:
    """Return which share of 1 / rate epochs is over, rounded so that 0.29 * 100 is 29."""
    return round(rate * epoch, 9) % 1


def _warmed_up(rate: float, epoch: int, interval: int) -> float:
    grown, over = min((epoch + 1) / interval, 1.0), max(epoch + 1 - interval, 0)
    return grown * _half_cosine(rate * over)


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
    "cosine": Schedule(
        "Cosine: to 0 within 1/k epochs",
        lambda rate, epoch, interval: _half_cosine(rate * epoch),
        r"\alpha = \frac{\alpha_0}{2} \left(1 + \cos(\pi \min(k t, 1))\right)",
        r"\alpha = \alpha_0 (1 + \cos(\pi \min(k t, 1))) / 2",
        "alpha_0 * ((1 + math.cos(math.pi * min(decay_rate * t, 1.0))) / 2)",
    ),
    "restarts": Schedule(
        "Cosine with restarts: every 1/k epochs",
        lambda rate, epoch, interval: _half_cosine(_since_restart(rate, epoch)),
        r"\alpha = \frac{\alpha_0}{2} \left(1 + \cos(\pi (k t \bmod 1))\right)",
        r"\alpha = \alpha_0 (1 + \cos(\pi (k t \bmod 1))) / 2",
        "alpha_0 * ((1 + math.cos(math.pi * (round(decay_rate * t, 9) % 1))) / 2)",
    ),
    "warm_up": Schedule(
        "Warm-up, then cosine: after Δ epochs",
        _warmed_up,
        r"\alpha = \alpha_0 \min\left(\frac{t + 1}{\Delta}, 1\right) \cdot \frac12"
        r" \left(1 + \cos(\pi \min(k \max(t + 1 - \Delta, 0), 1))\right)",
        r"\alpha = \alpha_0 \min((t + 1) / \Delta, 1)"
        r" (1 + \cos(\pi \min(k \max(t + 1 - \Delta, 0), 1))) / 2",
        "alpha_0 * (\n"
        "    min((t + 1) / decay_interval, 1.0) / 2\n"
        "    * (1 + math.cos(math.pi * min(\n"
        "        decay_rate * max(t + 1 - decay_interval, 0), 1.0\n"
        "    )))\n"
        ")",
        has_interval=True,
    ),
}
"""Cosine annealing and its restarts: Loshchilov & Hutter (2017), arXiv:1608.03983; warm-up: Goyal
et al. (2017), arXiv:1706.02677."""
