"""The Bayes error: what even a classifier that knows the true distribution gets wrong."""

import functools
import math
from collections.abc import Callable

import numpy as np

from engine.datasets.planar import (
    GAUSSIAN_CENTRES,
    GAUSSIAN_SPREAD,
    on_circles,
    on_moons,
    on_spirals,
)
from engine.types import Array

_CELLS, _PLACES = 600, 2000
_LEAST_NOISE = 0.01


def separable(noise: float) -> float:
    """Return 0: the input settles the class, whatever the noise knob says."""
    return 0.0


def noisy_xor(noise: float) -> float:
    """Return the Bayes error 2 q (1 - q) of noisy XOR, q = Phi(-0.5 / noise).

    The two class densities differ by a product of one factor per coordinate, so the best rule is
    the sign of (x1 - 0.5)(x2 - 0.5). It errs when exactly one coordinate, each with probability
    q, lands beyond the middle.

    >>> round(noisy_xor(0.25), 4)  # q = Phi(-2) = 0.02275
    0.0445
    """
    beyond = _normal_cdf(-0.5 / noise) if noise > 0 else 0.0
    return 2 * beyond * (1 - beyond)


def gaussians(noise: float) -> float:
    """Return the Bayes error Phi(-d / (2 sigma)) of two round clouds a distance d apart.

    The best rule is the perpendicular bisector of the centres, d / 2 from each;
    sigma = 0.15 + noise.

    >>> round(gaussians(0.35), 4)  # d = sqrt(2), sigma = 0.5: Phi(-sqrt(2))
    0.0786
    """
    distance = float(np.linalg.norm(GAUSSIAN_CENTRES[1] - GAUSSIAN_CENTRES[0]))
    return _normal_cdf(-distance / (2 * (GAUSSIAN_SPREAD + noise)))


def circles(noise: float) -> float:
    """Return the Bayes error of the two noisy circles, an integral.

    >>> round(circles(0.1), 4)
    0.0064
    """
    return _of_curves(on_circles, noise)


def moons(noise: float) -> float:
    """Return the Bayes error of the two noisy half circles, an integral."""
    return _of_curves(on_moons, noise)


def spirals(noise: float) -> float:
    """Return the Bayes error of the two noisy arms, an integral."""
    return _of_curves(on_spirals, noise)


@functools.lru_cache(maxsize=128)
def _of_curves(curves: Callable[[Array, Array], Array], noise: float) -> float:
    """Return half the integral of the smaller class density, the classes being equally likely.

    A class has the density p(x) = integral over t from 0 to 1 of N(x; curve(t), noise^2 I): all is
    summed by the midpoint rule, 2,000 places on a curve and 600 by 600 cells of a square that ends
    6 deviations beyond the curves. In it N is a product of one factor per coordinate, so the sum
    over t is a matrix product. Below a noise of 0.01 the cells would be too wide; there only the
    place where the arms of the spirals meet is left, whose share is proportional to the noise.
    """
    if noise < _LEAST_NOISE:
        return _of_curves(curves, _LEAST_NOISE) * noise / _LEAST_NOISE
    reach = 1 + 6 * noise
    step = 2 * reach / _CELLS
    axis = (np.arange(_CELLS) + 0.5) * step - reach
    places = (np.arange(_PLACES) + 0.5) / _PLACES
    densities = []
    for label in (0, 1):
        points = curves(np.full(_PLACES, label), places)
        along = [np.exp(-0.5 * ((points[:, [k]] - axis) / noise) ** 2) for k in (0, 1)]
        densities.append(along[0].T @ along[1] / (_PLACES * 2 * np.pi * noise**2))
    return float(np.minimum(*densities).sum() * step**2 / 2)


def _normal_cdf(z: float) -> float:
    # erfc keeps its digits in the far left tail, where 1 + erf would cancel to 0.
    return math.erfc(-z / math.sqrt(2)) / 2
