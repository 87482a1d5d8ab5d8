"""Where training starts: one weight matrix drawn for one layer. Biases start at zero, always."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Initializer(NamedTuple):
    """draw(rng, fan_in, fan_out) -> W, shape (fan_out, fan_in), float64.

    `deviation(fan_in, fan_out)` is the standard deviation of one weight, which the picture prints
    beside the histogram; `formula` is LaTeX.
    """

    draw: Callable[[np.random.Generator, int, int], Array]
    deviation: Callable[[int, int], float]
    formula: str


def _normal(deviation: Callable[[int, int], float], formula: str) -> Initializer:
    """Return an initialiser N(0, deviation^2).

    All of them scale the same standard normal draws, so that on one seed two schemes differ in
    size and in nothing else.
    """

    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return rng.standard_normal((fan_out, fan_in)) * deviation(fan_in, fan_out)

    return Initializer(draw, deviation, formula)


def _filled(value: float, formula: str) -> Initializer:
    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return np.full((fan_out, fan_in), value)

    return Initializer(draw, lambda fan_in, fan_out: 0.0, formula)


def _uniform(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    return rng.uniform(-0.5, 0.5, (fan_out, fan_in))


INITIALIZERS: dict[str, Initializer] = {
    "zeros": _filled(0.0, r"w = 0"),
    "constant": _filled(0.5, r"w = 0.5"),
    "small": _normal(lambda fan_in, fan_out: 0.01, r"w \sim N(0,\ 0.01^2)"),
    "large": _normal(lambda fan_in, fan_out: 1.0, r"w \sim N(0,\ 1)"),
    "uniform": Initializer(
        _uniform, lambda fan_in, fan_out: 12**-0.5, r"w \sim U(-\tfrac12,\ \tfrac12)"
    ),
    "xavier": _normal(
        lambda fan_in, fan_out: fan_in**-0.5,
        r"w \sim N\!\left(0,\ \tfrac{1}{n^{[l-1]}}\right)",
    ),
    "glorot": _normal(
        lambda fan_in, fan_out: (2 / (fan_in + fan_out)) ** 0.5,
        r"w \sim N\!\left(0,\ \tfrac{2}{n^{[l-1]} + n^{[l]}}\right)",
    ),
    "he": _normal(
        lambda fan_in, fan_out: (2 / fan_in) ** 0.5,
        r"w \sim N\!\left(0,\ \tfrac{2}{n^{[l-1]}}\right)",
    ),
}
"""xavier: the notes' form of Glorot & Bengio (2010); glorot: their eq. 16; he: He et al. (2015)."""
