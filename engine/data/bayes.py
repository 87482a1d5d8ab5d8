"""The Bayes error: what even a classifier that knows the true distribution gets wrong."""

import functools
import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from engine.data.features import expand
from engine.nn.types import Array

Curves: TypeAlias = Callable[[Array, Array], Array]
"""(labels (m,), t (m,) from 0 to 1) -> the points (m, 2) that samples are scattered around."""

_CELLS, _PLACES = 600, 2000
_LEAST_NOISE = 0.01

_ONE, _SEVERAL = 1200, 60
"""Into so many equal steps the values of a single feature, and of each of several, are sorted."""


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


def two_clouds(distance: float, deviation: float) -> float:
    """Return the Bayes error Phi(-d / (2 sigma)) of two round clouds a distance d apart.

    The best rule is the perpendicular bisector of the centres, d / 2 from each.

    >>> round(two_clouds(2**0.5, 0.5), 4)  # Phi(-sqrt(2))
    0.0786
    """
    return _normal_cdf(-distance / (2 * deviation))


def checkerboard(side: float, squares: int, noise: float) -> float:
    """Return the Bayes error of a board of squares by squares, each so wide, with blurred edges.

    The classes' densities differ by a product of one factor s per coordinate, their sum is one of
    factors u: where the rows' bars are blurred by the noise, s adds them up with alternating signs,
    u with equal ones. So the error is (1 - I^2) / 2, I the integral of |s| over that of u.

    >>> checkerboard(0.5, 4, 0.0)
    0.0
    """
    if noise == 0:
        return 0.0
    reach = side * squares / 2 + 6 * noise
    x = (np.arange(_CELLS * 10) + 0.5) / (_CELLS * 10) * 2 * reach - reach
    edges = side * (np.arange(squares + 1) - squares / 2)
    below = np.array([[_normal_cdf(float(z)) for z in (x - edge) / noise] for edge in edges])
    bars = below[:-1] - below[1:]
    signs = (-1.0) ** np.arange(squares)
    share = float(np.abs(signs @ bars).sum() / bars.sum())
    return (1 - share**2) / 2


@functools.lru_cache(maxsize=128)
def of_curves(curves: Curves, noise: float, classes: int = 2) -> float:
    """Return one minus the integral of the largest class density, classes being equally likely.

    Below a noise of 0.01 the cells would be too wide; there only places where curves meet are left,
    whose share is proportional to the noise.
    """
    if noise < _LEAST_NOISE:
        return of_curves(curves, _LEAST_NOISE, classes) * noise / _LEAST_NOISE
    _, shares = _shares(curves, noise, classes)
    return float((shares.sum(axis=0) - shares.max(axis=0)).sum() / classes)


def _shares(curves: Curves, noise: float, classes: int) -> tuple[Array, Array]:
    """Return a grid's places on an axis, (k,), and each class's share of its cells, (c, k, k).

    A class has the density p(x) = integral over t from 0 to 1 of N(x; curve(t), noise^2 I): all is
    summed by the midpoint rule, 2,000 places on a curve and 600 by 600 cells of a square that ends
    6 deviations beyond the curves. In it N is a product of one factor per coordinate, so the sum
    over t is a matrix product.
    """
    places = (np.arange(_PLACES) + 0.5) / _PLACES
    points = [curves(np.full(_PLACES, label), places) for label in range(classes)]
    reach = float(np.abs(points).max()) + 6 * noise
    step = 2 * reach / _CELLS
    # Half a step either way of zero, so that places of opposite sign are equal to the last bit.
    axis = (np.arange(_CELLS) - (_CELLS - 1) / 2) * step
    shares = []
    for scattered in points:
        along_x1, along_x2 = (
            np.exp(-0.5 * ((scattered[:, [k]] - axis) / noise) ** 2) for k in (0, 1)
        )
        density = along_x1.T @ along_x2 / (_PLACES * 2 * np.pi * noise**2)
        shares.append(density * step**2)
    return axis, np.stack(shares)


def tells_all(features: Sequence[str]) -> bool:
    """Whether some features of a point give both its coordinates away, but for single points.

    >>> tells_all(("x1", "x1_x2")), tells_all(("x1", "x2_squared"))
    (True, False)
    """
    known = {
        k for k in "12" if f"x{k}" in features or {f"x{k}_squared", f"sin_x{k}"} <= set(features)
    }
    return len(known) == 2 or bool(known and "x1_x2" in features)


@functools.lru_cache(maxsize=128)
def through(features: tuple[str, ...], curves: Curves, deviation: float, classes: int = 2) -> float:
    """Return the Bayes error for who sees nothing but some features of a point.

    The points are scattered with a deviation around curves, one for each class.

    Points that the features do not tell apart are one input: one minus the integral, over the
    inputs, of the largest class density. Found on a grid whose cells are sorted by their features
    into small steps, so good to about half a percentage point.

    >>> def bars(labels, t):  # from 0 to 1, and from 1/2 to 3/2: they share a half
    ...     return np.stack([t + labels / 2, t], axis=1)
    >>> round(through(("x1",), bars, 0.0), 2)
    0.25
    """
    assert not tells_all(features)
    axis, shares = _shares(curves, max(deviation, _LEAST_NOISE), classes)
    points = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    rows = expand(points, features)
    steps = _ONE if len(features) == 1 else _SEVERAL
    spread = np.ptp(rows, axis=0)
    # Rounded first: values that are equal but for their last bit belong to one step.
    kinds = np.floor(np.round((rows - rows.min(axis=0)) / spread * steps, 6)).astype(np.int64)
    keys = kinds @ (steps + 1) ** np.arange(len(features), dtype=np.int64)
    _, places = np.unique(keys, return_inverse=True)
    sums = np.stack([np.bincount(places, share.ravel()) for share in shares])
    return float((sums.sum(axis=0) - sums.max(axis=0)).sum() / classes)


def _normal_cdf(z: float) -> float:
    # erfc keeps its digits in the far left tail, where 1 + erf would cancel to 0.
    return math.erfc(-z / math.sqrt(2)) / 2
