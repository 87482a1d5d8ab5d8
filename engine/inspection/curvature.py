"""How sharply a cost is bent, seen through its gradient alone: no Hessian is ever written down."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array

_TINY = float(np.finfo(float).tiny)

_PURE = 0.99
"""Of a direction that belongs to one eigenvalue, H u is as long as u H u; else it is longer."""

Gradient = Callable[[Array], Array]
"""theta (..., P) -> dJ/dtheta (..., P), each replica by itself."""

_STEP = float(np.cbrt(np.finfo(float).eps))
"""Of a central difference: its own error and that of rounding are least together."""


def hessian_product(gradient: Gradient, theta: Array, direction: Array) -> Array:
    """Return H direction (..., P) at theta (..., P), by a central difference of the gradient.

        H u = (dJ(theta + e u) - dJ(theta - e u)) / (2 e)

    with u of length 1 and e in proportion to theta; two gradients, however many parameters there
    are. Pearlmutter (1994) does it without the difference.
    """
    length = np.linalg.norm(direction, axis=-1, keepdims=True)
    unit = np.divide(direction, length, out=np.zeros_like(direction), where=length > 0)
    e = _STEP * np.maximum(1.0, np.linalg.norm(theta, axis=-1, keepdims=True))
    with np.errstate(all="ignore"):  # a theta that is about to leave the numbers has none
        both = gradient(np.stack([theta + e * unit, theta - e * unit]))
        product: Array = (both[0] - both[1]) / (2 * e) * length
    return product


class Sharpness(NamedTuple):
    """The largest eigenvalue (...,) of the Hessian, its direction (..., P), and whether it settled.

    `settled` (...,) is False where the last iteration still changed it by more than was allowed.
    """

    largest: Array
    direction: Array
    settled: Array

    def of(self, chosen: Array) -> "Sharpness":
        """Return the same of some of the thetas, by a mask or their positions."""
        return Sharpness(self.largest[chosen], self.direction[chosen], self.settled[chosen])


def sharpness(
    gradient: Gradient,
    theta: Array,
    rng: np.random.Generator,
    iterations: int = 200,
    tolerance: float = 1e-4,
    rest: Callable[[], None] = lambda: None,
) -> Sharpness:
    """Return the Hessian's largest eigenvalue at each theta (..., P), by power iteration.

    u := H u / |H u| turns u towards the eigenvalue that is largest in size. Where that is no
    positive one, so much is added to all of them, H + |lambda| I, that the largest is the largest
    in size as well, and the iteration begins anew. `rest` is called between iterations. 2 / largest
    is the learning rate from which on gradient descent cannot settle along that direction.
    """

    def iterate(u: Array, shift: Array) -> tuple[Array, Array, Array, Array]:
        value, settled = np.full(shift.shape, np.nan), np.zeros(shift.shape, bool)
        for _ in range(iterations):
            product = hessian_product(gradient, theta, u)
            before, value = value, (u * product).sum(axis=-1)
            size = np.linalg.norm(product, axis=-1)
            settled = np.abs(value - before) <= tolerance * np.maximum(size, _TINY)
            if settled.all():
                break
            u = _unit(product + shift[..., None] * u)
            rest()
        return value, size, u, settled

    start = _unit(rng.standard_normal(theta.shape[-1]) * np.ones_like(theta))
    value, size, u, settled = iterate(start, np.zeros(theta.shape[:-1]))
    shift = np.where(value < _PURE * size, size, 0.0)
    if shift.any():
        again = np.where(shift[..., None] > 0, start, u)
        value, _, u, settled = iterate(again, shift)
    return Sharpness(value, u, settled)


def _unit(direction: Array) -> Array:
    length = np.linalg.norm(direction, axis=-1, keepdims=True)
    unit: Array = direction / np.where(length > 0, length, 1)
    return unit
