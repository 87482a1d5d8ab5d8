"""What a penalty does to a network: how large its weights are, how many are next to nothing."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.nn.network import Network
from engine.nn.parameters import Layout
from engine.nn.regularization import Penalty
from engine.nn.types import Array

TINY = 1e-3
"""A weight nearer to zero than this counts as next to nothing."""

LINEAR = 0.5
"""Where |z| is less than this, tanh(z) is nearly a straight line: tanh(0.5) = 0.46."""


def frobenius(layout: Layout, theta: Array) -> Array:
    """Return ||W[l]||_F = sqrt(sum_ij (w_ij^[l])^2) of theta (..., P), shape (..., L).

    >>> layout = Layout((2, 1))
    >>> frobenius(layout, np.array([3.0, -4.0, 9.0]))  # the bias 9 does not count
    array([5.])
    """
    with np.errstate(over="ignore"):
        return _per_layer(layout, np.square(theta)) ** 0.5


def norm(layout: Layout, theta: Array) -> Array:
    """Return the root of the sum of all squared weights of theta (..., P), shape (...,).

    >>> float(norm(Layout((1, 1, 1)), np.array([3.0, 9.0, 4.0, 9.0])))
    5.0
    """
    with np.errstate(over="ignore"):
        total: Array = np.square(weights(layout, theta)).sum(axis=-1) ** 0.5
        return total


def weights(layout: Layout, theta: Array) -> Array:
    """Return the weights of theta (..., P) without its biases, one after another (..., N)."""
    chosen: Array = theta[..., layout.weight_mask > 0]
    return chosen


def tiny_share(layout: Layout, theta: Array, bound: float = TINY) -> Array:
    """Return the share of weights with |w| < bound, shape (...,).

    >>> float(tiny_share(Layout((2, 1)), np.array([0.0005, -4.0, 0.0])))  # a bias does not count
    0.5
    """
    share: Array = (np.abs(weights(layout, theta)) < bound).mean(axis=-1)
    return share


def linear_share(network: Network, theta: Array, X: Array, bound: float = LINEAR) -> Array:
    """Return per hidden layer the share of |z| < bound on samples X (n_0, m), shape (..., L-1)."""
    with np.errstate(all="ignore"):
        Z = network.forward(theta, X).Z[1:-1]
    if not Z:
        return np.empty((*theta.shape[:-1], 0))
    return np.stack([(np.abs(z) < bound).mean(axis=(-1, -2)) for z in Z], axis=-1)


class Terms(NamedTuple):
    """A penalty layer by layer, each (..., L): L2 is lambda/(2m) ||W[l]||_F^2, L1 lambda/m |W|."""

    l1: Array
    l2: Array


def terms(layout: Layout, theta: Array, l1: float, l2: float, m: int) -> Terms:
    """Return what each layer adds to the cost of theta (..., P) on m training samples.

    >>> terms(Layout((2, 1)), np.array([3.0, -4.0, 9.0]), l1=0.1, l2=0.2, m=10)
    Terms(l1=array([0.07]), l2=array([0.25]))
    """
    with np.errstate(over="ignore"):
        return Terms(
            l1 / m * _per_layer(layout, np.abs(theta)),
            l2 / (2 * m) * _per_layer(layout, np.square(theta)),
        )


class Slope(NamedTuple):
    """dJ/dtheta (P,) in its two parts: of the data, by backpropagation, and of the penalty."""

    data: Array
    penalty: Array


def slope(network: Network, theta: Array, X: Array, Y: Array, l1: float, l2: float) -> Slope:
    """Return the gradient of J at theta (P,) on the whole training set X (n_0, m), Y (n_L, m)."""
    penalty = np.zeros_like(theta)
    Penalty(network.layout, l1, l2, X.shape[-1], theta.dtype.type).add_gradient(theta, penalty)
    return Slope(network.gradient(theta, X, Y).copy(), penalty)


def equal_error(errors: Sequence[float], other: Sequence[float]) -> tuple[int, int]:
    """Return where `errors` are least, and where `other` comes nearest to that, the last of equals.

    For two regularisers whose strengths ascend: settings with which they err equally often, so
    that what else they do can be compared. Of several the strongest is taken on both sides.

    >>> equal_error([0.3, 0.1, 0.1, 0.5], [0.4, 0.2, 0.1, 0.3])
    (2, 2)
    """
    mine = len(errors) - 1 - int(np.argmin(np.asarray(errors)[::-1]))
    distance = np.abs(np.asarray(other) - errors[mine])
    # Errors are counts over m: two that are equal may still differ in their last digit.
    return mine, int(np.flatnonzero(distance <= distance.min() + 1e-12)[-1])


def _per_layer(layout: Layout, values: Array) -> Array:
    """Return the sums over each layer's weights of values (..., P), shape (..., L)."""
    return np.stack([layer.W.sum(axis=(-1, -2)) for layer in layout.layers(values)], axis=-1)
