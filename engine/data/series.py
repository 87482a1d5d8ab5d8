"""Daily values to be averaged: a year's temperatures, and a level that jumps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.nn.types import Array

DAYS = 365

PERSISTENCE = 0.7
"""How much of a day's weather is left the next day."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Series:
    """A series of daily values: make(rng) draws it, and `unit` is what it is measured in."""

    title: str
    unit: str
    make: Callable[[np.random.Generator], Array]


def temperatures(rng: np.random.Generator) -> Array:
    """Return the temperatures of a year's days in degrees Celsius, to a tenth, shape (365,).

    theta_t = 10 + 10 cos(2 pi (t - 20) / 365) + w_t + 2 e_t with weather that persists,
    w_t = 0.7 w_{t-1} + 1.8 u_t, and e, u ~ N(0, 1): a year's cosine with a first-order
    autoregression about it, as in Wilks (2011), Statistical Methods in the Atmospheric Sciences,
    chapter 9, and what a thermometer adds. It begins in summer, far from zero.
    """
    t = np.arange(1, DAYS + 1)
    season = 10 + 10 * np.cos(2 * np.pi * (t - 20) / DAYS)
    shocks = 1.8 * rng.standard_normal(DAYS)
    shocks[0] /= (1 - PERSISTENCE**2) ** 0.5  # as if it had been going on for ever
    weather = np.empty(DAYS)
    before = 0.0
    for day, shock in enumerate(shocks):
        before = weather[day] = PERSISTENCE * before + shock
    return np.round(season + weather + 2 * rng.standard_normal(DAYS), 1)


JUMPS_AFTER, LOW, HIGH = 100, 10.0, 20.0


def jump(rng: np.random.Generator) -> Array:
    """Return 200 days at a level of 10 that jumps to 20 after the 100th, with N(0, 1.5^2) on it."""
    level = np.repeat([LOW, HIGH], JUMPS_AFTER)
    return np.round(level + 1.5 * rng.standard_normal(level.size), 1)


SERIES: dict[str, Series] = {
    "temperatures": Series(title="Temperatures of a year", unit="°C", make=temperatures),
    "jump": Series(title="A sudden jump", unit="", make=jump),
}
