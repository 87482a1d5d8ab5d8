"""Backpropagation against central differences: the one test that needs to know nothing."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.types import Array


class GradientCheck(NamedTuple):
    """The relative difference of the notes, and the numeric gradient it was measured with."""

    ratio: float
    numeric: Array


def numerical_gradient(f: Callable[[Array], Array], theta: Array, epsilon: float = 1e-7) -> Array:
    """Return (f(theta + epsilon e_i) - f(theta - epsilon e_i)) / (2 epsilon) for every i.

    The error of the formula shrinks with epsilon^2, that of rounding grows with 1/epsilon. theta is
    (P,), f returns a number; f is called 2 P times.

    >>> numerical_gradient(lambda theta: (theta**3).sum(), np.array([1.0]), 0.01).round(6)
    array([3.0001])
    """
    gradient = np.empty(theta.shape, float)
    for i in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up[i] += epsilon
        down[i] -= epsilon
        # the step as it was after rounding, which matters for large theta
        gradient[i] = (f(up) - f(down)) / (up[i] - down[i])
    return gradient


def gradient_check(
    f: Callable[[Array], Array], gradient: Array, theta: Array, epsilon: float = 1e-7
) -> GradientCheck:
    """Return ||d_approx - d|| / (||d_approx|| + ||d||) for the gradient d of f at theta (P,).

    About 1e-7 or less says that the gradient is right, 1e-3 or more that it is wrong. Two zero
    gradients agree: the ratio is 0 then.
    """
    numeric = numerical_gradient(f, theta, epsilon)
    size = float(np.linalg.norm(numeric) + np.linalg.norm(gradient))
    difference = float(np.linalg.norm(numeric - gradient))
    return GradientCheck(difference / size if size else 0.0, numeric)
