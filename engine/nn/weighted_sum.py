"""Why a weight's variance is set by n: the sum z = w1 x1 + ... + wn xn, and how wide it gets."""

import numpy as np

from engine.nn.types import Array


def one_input(rng: np.random.Generator, n: int, mean_square: float = 1.0) -> Array:
    """Return one sample's x (n,): normal numbers, scaled so that the mean of x_i^2 is exact."""
    x = rng.standard_normal(n)
    scaled: Array = x * np.sqrt(mean_square / np.mean(x * x))
    return scaled


def sums(rng: np.random.Generator, x: Array, deviation: float, units: int) -> Array:
    """Return z (units,) of that many units with weights N(0, deviation^2), all given x (n,)."""
    z: Array = deviation * (rng.standard_normal((units, len(x))) @ x)
    return z


def deviation_of_sum(n: int, weight_deviation: float, mean_square: float = 1.0) -> float:
    """Return the deviation of z: sqrt(n Var(w) mean(x^2)).

    Var(w1 x1 + ... + wn xn) = x1^2 Var(w) + ... + xn^2 Var(w) for independent w of mean 0, and z
    is normal if w is (LeCun et al. 1998, section 4.6).

    >>> deviation_of_sum(100, 0.1), deviation_of_sum(100, 1.0)
    (1.0, 10.0)
    """
    return float(np.sqrt(n * mean_square)) * weight_deviation
