"""Backpropagation against central differences: the one test that needs to know nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array

_BYTES = 2**22
"""All thetas that are looked at together fill about this much: they stay in the cache."""


class GradientCheck(NamedTuple):
    """The relative difference of the notes, and the numeric gradient it was measured with."""

    ratio: float
    numeric: Array


def relative_difference(numeric: Array, gradient: Array) -> float:
    """Return ||d_approx - d|| / (||d_approx|| + ||d||) of the notes, in Euclidean lengths.

    It lies between 0 and 1; two zero gradients agree, the ratio is 0 then.

    >>> relative_difference(np.array([3.0]), np.array([5.0]))
    0.25
    """
    size = float(np.linalg.norm(numeric) + np.linalg.norm(gradient))
    difference = float(np.linalg.norm(numeric - gradient))
    return difference / size if size else 0.0


def central_differences(
    f: Callable[[Array], Array], theta: Array, epsilon: float, indices: Array
) -> Array:
    """Return (f(theta + epsilon e_i) - f(theta - epsilon e_i)) / (2 epsilon) for i in indices (k,).

    theta is (P,), and f is given many at once: (..., P), for which it returns (...,).

    >>> central_differences(lambda t: (t**3).sum(axis=-1), np.ones(9), 0.01, np.array([4])).round(6)
    array([3.0001])
    """
    differences = np.empty(len(indices))
    for block, points in _moved(theta, epsilon, indices):
        chosen = indices[block]
        up, down = (side[np.arange(len(chosen)), chosen] for side in points)
        above, below = f(points)
        # the step as it was after rounding, which matters for large theta
        differences[block] = (above - below) / (up - down)
    return differences


def crossings(
    sides: Callable[[Array], Sequence[Array]], theta: Array, epsilon: float, indices: Array
) -> Array:
    """Return for each i in indices (k,) whether theta +- epsilon e_i lie on two sides of a kink.

    Given thetas (..., P), `sides` returns arrays of booleans with the same leading axes: on which
    side each is. A difference taken across a kink of f approximates neither of its two slopes.
    """
    crossed = np.zeros(len(indices), bool)
    for block, points in _moved(theta, epsilon, indices):
        for above, below in sides(points):
            differs = (above != below).reshape(len(above), -1)
            crossed[block] |= differs.any(axis=-1)
    return crossed


def _moved(theta: Array, epsilon: float, indices: Array) -> Iterator[tuple[slice, Array]]:
    """Yield thetas (2, k, P), up and down by epsilon in one parameter each, and which k these are.

    They are views of one array, which is only good until the next is asked for.
    """
    width = max(1, min(len(indices), _BYTES // (2 * theta.nbytes or 1)))
    points = np.tile(theta, (2, width, 1))
    for start in range(0, len(indices), width):
        block = slice(start, min(start + width, len(indices)))
        chosen = indices[block]
        rows = np.arange(len(chosen))
        points[0, rows, chosen] += epsilon
        points[1, rows, chosen] -= epsilon
        yield block, points[:, : len(chosen)]
        points[:, rows, chosen] = theta[chosen]


def numerical_gradient(
    f: Callable[[Array], Array],
    theta: Array,
    epsilon: float = 1e-7,
    indices: Array | None = None,
) -> Array:
    """Return (f(theta + epsilon e_i) - f(theta - epsilon e_i)) / (2 epsilon) for every i.

    The error of the formula shrinks with epsilon^2, that of rounding grows with 1/epsilon. theta is
    (P,), f returns a number; f is called 2 P times, or twice for each of `indices`.

    >>> numerical_gradient(lambda theta: (theta**3).sum(), np.array([1.0]), 0.01).round(6)
    array([3.0001])
    """
    chosen = np.arange(theta.size) if indices is None else indices
    return central_differences(
        lambda points: np.apply_along_axis(f, -1, points), theta, epsilon, chosen
    )


def gradient_check(
    f: Callable[[Array], Array],
    gradient: Array,
    theta: Array,
    epsilon: float = 1e-7,
    indices: Array | None = None,
) -> GradientCheck:
    """Return ||d_approx - d|| / (||d_approx|| + ||d||) for the gradient d of f at theta (P,).

    About 1e-7 or less says that the gradient is right, 1e-3 or more that it is wrong. With
    `indices` (k,) only these parameters are looked at, and the numeric gradient is (k,).
    """
    numeric = numerical_gradient(f, theta, epsilon, indices)
    exact = gradient if indices is None else gradient[indices]
    return GradientCheck(relative_difference(numeric, exact), numeric)
