"""The cost of one linear neuron is a bowl; what its shape does to gradient descent."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.nn.types import Array


@dataclass(frozen=True, eq=False)
class Bowl:
    """The cost of a linear neuron with two inputs, all of whose level lines are ellipses.

    rows (m, 2) are the inputs and y (m,) what the neuron is to say, with

        J(w, b) = 1/(2m) sum of (w x + b - y)^2

    The bias is taken out by centring: for each w the best b is mean(y - w x), and with it J is a
    function of w alone, with the Hessian H = 1/m sum of (x - mean)(x - mean)^T.
    """

    rows: Array
    y: Array

    @cached_property
    def _centred(self) -> tuple[Array, Array]:
        return self.rows - self.rows.mean(axis=0), self.y - self.y.mean()

    @cached_property
    def hessian(self) -> Array:
        """The Hessian (2, 2) of J in w, the same everywhere."""
        x, _ = self._centred
        hessian: Array = x.T @ x / len(x)
        return hessian

    @cached_property
    def curvatures(self) -> tuple[float, float]:
        """How fast the slope changes along the flattest and along the steepest direction."""
        flat, steep = np.linalg.eigvalsh(self.hessian)
        return float(flat), float(steep)

    @property
    def largest_rate(self) -> float:
        """The learning rate from which on gradient descent diverges: 2 / the largest curvature.

        A step multiplies the distance along an axis with curvature c by 1 - alpha c.
        """
        return 2 / self.curvatures[1]

    @property
    def elongation(self) -> float:
        """How many times longer than wide the ellipses are: sqrt(steepest / flattest)."""
        flat, steep = self.curvatures
        return float(np.sqrt(steep / flat))

    @cached_property
    def lowest(self) -> Array:
        """The w (2,) where J is least."""
        x, y = self._centred
        lowest: Array = np.linalg.lstsq(x, y, rcond=None)[0]
        return lowest

    def cost(self, w: Array) -> Array:
        """Return J at w (..., 2), with the best b for each."""
        x, y = self._centred
        cost: Array = ((w @ x.T - y) ** 2).mean(axis=-1) / 2
        return cost

    def descend(self, start: Array, rate: float, steps: int) -> Array:
        """Return w (steps + 1, 2) along gradient descent w := w - rate dJ/dw from `start`.

        It ends early once a number is no longer finite.
        """
        x, y = self._centred
        path = [np.asarray(start, float)]
        with np.errstate(all="ignore"):
            for _ in range(steps):
                w = path[-1] - rate * x.T @ (x @ path[-1] - y) / len(x)
                if not np.isfinite(w).all():
                    break
                path.append(w)
        return np.array(path)

    def descend_in_batches(
        self, start: Array, rate: float, epochs: int, size: int, rng: np.random.Generator
    ) -> Array:
        """Return w (steps + 1, 2) along mini-batch gradient descent, in a new order each epoch.

        Each step follows the slope of the cost of `size` samples alone, the last of an epoch that
        of what is left. A size of m or more is `descend`. It ends early once a number is no longer
        finite.
        """
        x, y = self._centred
        m = len(x)
        if size >= m:
            return self.descend(start, rate, epochs)
        path = [np.asarray(start, float)]
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                order = rng.permutation(m)
                for batch in (order[low : low + size] for low in range(0, m, size)):
                    away = x[batch] @ path[-1] - y[batch]
                    w = path[-1] - rate * x[batch].T @ away / len(batch)
                    if not np.isfinite(w).all():
                        return np.array(path)
                    path.append(w)
        return np.array(path)

    def ring(self, through: Array, points: int = 73) -> Array:
        """Return the level line (points, 2) that passes `through`, closed."""
        away = np.asarray(through, float) - self.lowest
        values, axes = np.linalg.eigh(self.hessian)
        reach = np.sqrt(away @ self.hessian @ away / values)
        angle = np.linspace(0, 2 * np.pi, points)
        around = np.stack([np.cos(angle), np.sin(angle)], axis=1) * reach
        ring: Array = self.lowest + around @ axes.T
        return ring


def steps_needed(path: Array, lowest: Array, share: float = 0.01) -> int | None:
    """Return after how many steps of a path (steps + 1, 2) only `share` of the way is left.

    None if it never comes so near to the lowest point (2,).

    >>> steps_needed(np.array([[1.0, 0.0], [-0.5, 0.0], [0.001, 0.0]]), np.zeros(2))
    2
    """
    left = np.linalg.norm(path - lowest, axis=1)
    is_near = left <= share * left[0]
    return int(is_near.argmax()) if is_near.any() else None
