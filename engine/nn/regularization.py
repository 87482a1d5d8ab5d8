"""What keeps a network from fitting the noise: penalties on the weights, and dropout."""

from collections.abc import Sequence

import numpy as np

from engine.nn.parameters import Layout
from engine.nn.types import Array


class Penalty:
    """lambda/(2m) sum_l ||W[l]||_F^2 (L2) plus lambda/m sum |w| (L1); biases are never penalised.

    l1 and l2 are numbers, or arrays with one value per replica; m is the number of samples to
    divide by. The gradients are (lambda/m) W[l] and (lambda/m) sign(W[l]).
    """

    def __init__(
        self, layout: Layout, l1: float | Array, l2: float | Array, m: int, dtype: type = np.float64
    ) -> None:
        share = layout.weight_mask.astype(dtype) / max(m, 1)
        self._l1 = np.asarray(l1, dtype)[..., None] * share if np.any(l1) else None
        self._l2 = np.asarray(l2, dtype)[..., None] * share if np.any(l2) else None

    def cost(self, theta: Array) -> Array:
        """Return the penalty of each replica, shape theta.shape[:-1]."""
        cost = np.zeros(theta.shape[:-1])
        if self._l1 is not None:
            cost = cost + (self._l1 * np.abs(theta)).sum(axis=-1)
        if self._l2 is not None:
            cost = cost + 0.5 * (self._l2 * theta**2).sum(axis=-1)
        return cost

    def add_gradient(self, theta: Array, gradient: Array) -> None:
        """Add the penalty's gradient to `gradient`, in place."""
        if self._l1 is not None:
            gradient += self._l1 * np.sign(theta)
        if self._l2 is not None:
            gradient += self._l2 * theta


def dropout_masks(
    widths: Sequence[int], m: int, keep_prob: float, rng: np.random.Generator
) -> list[Array]:
    """Return one inverted-dropout mask (n_l, m) per hidden layer.

    An entry is 1/keep_prob with probability keep_prob and 0 otherwise, so that the expected
    activation stays what it was and nothing need be rescaled at test time.
    """
    return [(rng.random((width, m)) < keep_prob) / keep_prob for width in widths]


class Dropout:
    """The masks of every step of a training run, drawn into the same arrays again and again.

    One generator per replica, `keep_prob` a number or one per replica. A replica's masks are those
    that `dropout_masks` draws from its generator.
    """

    def __init__(
        self,
        widths: Sequence[int],
        keep_prob: float | Array,
        generators: Sequence[np.random.Generator],
        lead: tuple[int, ...],
        dtype: type,
    ) -> None:
        self._widths, self._generators, self._lead, self._dtype = widths, generators, lead, dtype
        self._keep_prob: Array = np.asarray(keep_prob, dtype)[..., None, None]
        self._arrays: dict[int, list[tuple[Array, Array]]] = {}

    def masks(self, m: int) -> list[Array]:
        """Return the arrays (..., n_l, m) that `draw` fills."""
        return [mask for _, mask in self._of_width(m)]

    def draw(self, m: int) -> None:
        """Draw the masks of one step on m samples."""
        arrays = self._of_width(m)
        for position, generator in enumerate(self._generators):
            for draws, _ in arrays:
                generator.random(out=draws[position] if self._lead else draws)
        for draws, mask in arrays:
            np.less(draws, self._keep_prob, out=mask)
            np.divide(mask, self._keep_prob, out=mask)

    def _of_width(self, m: int) -> list[tuple[Array, Array]]:
        if m not in self._arrays:
            shapes = [(*self._lead, width, m) for width in self._widths]
            self._arrays[m] = [(np.empty(shape), np.empty(shape, self._dtype)) for shape in shapes]
        return self._arrays[m]
