"""The Bayes error: what even a classifier that knows the true distribution gets wrong."""

import math

import numpy as np

from engine.datasets.planar import GAUSSIAN_CENTRES, GAUSSIAN_SPREAD


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


def _normal_cdf(z: float) -> float:
    # erfc keeps its digits in the far left tail, where 1 + erf would cancel to 0.
    return math.erfc(-z / math.sqrt(2)) / 2
