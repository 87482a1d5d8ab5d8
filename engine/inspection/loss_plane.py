"""Planes through the space of a network's parameters, and its cost over them.

A network has too many parameters for its cost to be drawn; over a plane of them it can be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.nn.network import Network
from engine.nn.parameters import Layout
from engine.nn.types import Array

_BLOCK = 2**18
"""So many activations are computed at a time: they stay in the cache, and others can go first."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The thetas origin + w_1 axes_1 + w_2 axes_2, by their coordinates w.

    origin (P,) and axes (2, P), which need not be of length 1 or at right angles.
    """

    origin: Array
    axes: Array

    @cached_property
    def _inverse(self) -> Array:
        inverse: Array = np.linalg.pinv(self.axes)
        return inverse

    def thetas(self, w: Array) -> Array:
        """Return the thetas (..., P) at coordinates w (..., 2)."""
        thetas: Array = self.origin + w @ self.axes
        return thetas

    def coordinates(self, thetas: Array) -> Array:
        """Return the coordinates (..., 2) of the plane's points nearest to thetas (..., P)."""
        coordinates: Array = (thetas - self.origin) @ self._inverse
        return coordinates

    def distances(self, thetas: Array) -> Array:
        """Return how far (...,) thetas (..., P) lie from the plane."""
        distances: Array = np.linalg.norm(self.thetas(self.coordinates(thetas)) - thetas, axis=-1)
        return distances


def of_two_weights(theta: Array, first: int, second: int) -> Plane:
    """Return the plane of two parameters of theta (P,), in their own values; all others stay.

    >>> plane = of_two_weights(np.array([5.0, 6.0, 7.0]), 0, 2)
    >>> plane.thetas(np.array([1.0, 2.0])).tolist()
    [1.0, 6.0, 2.0]
    """
    chosen = [first, second]
    origin = theta.astype(float)
    origin[chosen] = 0
    return Plane(origin, np.eye(theta.size)[chosen])


def of_random_directions(theta: Array, layout: Layout, rng: np.random.Generator) -> Plane:
    """Return a plane through theta (P,) along two random directions, normalised unit by unit.

    What goes into a unit is as long in each direction as in theta itself, so that a step of 1 means
    as much for large weights as for small ones; biases stay. Filter normalisation: Li et al.
    (2018), arXiv:1712.09913, section 4.
    """
    axes = np.zeros((2, theta.size))
    for axis in axes:
        for of_axis, of_theta in zip(layout.layers(axis), layout.layers(theta), strict=True):
            drawn = rng.standard_normal(of_axis.W.shape)
            length = np.linalg.norm(of_theta.W, axis=1, keepdims=True)
            of_axis.W[...] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True) * length
    return Plane(theta.astype(float), axes)


def of_path(thetas: Array) -> tuple[Plane, float]:
    """Return the plane in which a path (K, P) varies most, and its share of all variation.

    It passes through the last theta along the first two principal directions of theta_k - theta_K,
    each of length 1: Li et al. (2018), section 7. A path that goes straight on has one direction;
    the second is then any at a right angle to it. Of a path that stays where it is the share is 1.
    """
    last = thetas[-1].astype(float)
    _, sizes, directions = np.linalg.svd(thetas - last, full_matrices=False)
    axes = directions[:2]
    if len(axes) < 2 or sizes[1] <= 1e-12 * sizes[0]:
        axes = np.stack([axes[0], _across(axes[0])])
    total = float((sizes**2).sum())
    return Plane(last, axes), float((sizes[:2] ** 2).sum()) / total if total else 1.0


def _across(direction: Array) -> Array:
    """Return a direction (P,) of length 1 at a right angle to one of length 1."""
    axis = np.zeros_like(direction)
    axis[np.abs(direction).argmin()] = 1.0
    across: Array = axis - (axis @ direction) * direction
    across /= np.linalg.norm(across)
    return across


@dataclass(frozen=True, eq=False)
class Slice:
    """The cost J of a network over a plane of its parameters, on samples X (n_0, m), Y (n_L, m).

    l1, l2 and m are those of `Network.cost`. `rest` is called between blocks of the work.
    """

    network: Network
    plane: Plane
    X: Array
    Y: Array
    l1: float = 0.0
    l2: float = 0.0
    m: int | None = None
    rest: Callable[[], None] = lambda: None

    def cost(self, w: Array) -> Array:
        """Return J (...,) at coordinates w (..., 2)."""
        parts = [self._cost(self.plane.thetas(part)) for part in self._parts(w)]
        costs: Array = np.concatenate([np.empty(0), *parts]).reshape(w.shape[:-1])
        return costs

    def gradient(self, w: Array) -> Array:
        """Return dJ/dw (..., 2) at coordinates w (..., 2): dJ/dtheta along each of the axes."""
        parts = [
            self._gradient(self.plane.thetas(part)) @ self.plane.axes.T for part in self._parts(w)
        ]
        slopes: Array = np.concatenate([np.empty((0, 2)), *parts]).reshape(w.shape)
        return slopes

    def _cost(self, thetas: Array) -> Array:
        with np.errstate(all="ignore"):
            return self.network.cost(thetas, self.X, self.Y, self.l1, self.l2, self.m)

    def _gradient(self, thetas: Array) -> Array:
        with np.errstate(all="ignore"):
            return self.network.gradient(thetas, self.X, self.Y, self.l1, self.l2, self.m)

    def _parts(self, w: Array) -> Iterator[Array]:
        at_once = max(1, _BLOCK // (sum(self.network.sizes) * self.X.shape[1]))
        flat = w.reshape(-1, 2)
        for low in range(0, len(flat), at_once):
            yield flat[low : low + at_once]
            self.rest()
