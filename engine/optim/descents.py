"""Optimisers set off from one point of a landscape, each at several learning rates at once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS, Rate

FAR = 1e6
"""Who is so many times the view away from it has left, and stays where it was."""

NEAR = 0.03
"""There is who is no further from a minimum than this share of the view's width."""


class Surface(Protocol):
    """What has a height and a slope over two numbers: a landscape, or a slice through a cost."""

    def cost(self, w: Array) -> Array: ...

    def gradient(self, w: Array) -> Array: ...


class Descents(NamedTuple):
    """Where so many optimisers M went at R learning rates each, in `steps` steps.

    paths (M, R, steps + 1, 2) and costs (M, R, steps + 1); who has left the finite numbers stays
    where it was last, and has `left` (M, R) after so many steps, else -1.
    """

    paths: Array
    costs: Array
    left: Array


def descend(
    surface: Surface,
    start: Array,
    methods: Sequence[str],
    rates: Array,
    steps: int,
    reach: float,
    **knobs: Rate,
) -> Iterator[Descents]:
    """Take `steps` steps from `start` (2,) by each of the methods at each of its rates (M, R).

    Yields what there is of it after every step, of which the last is all; the arrays are filled in
    place. All slopes of a step are asked for at once. Who gets FAR times `reach` from the start has
    left.
    """
    count, of_each = rates.shape
    w = np.broadcast_to(np.asarray(start, float), (count, of_each, 2)).copy()
    optimizers = [
        OPTIMIZERS[name](rate[:, None], **knobs) for name, rate in zip(methods, rates, strict=True)
    ]
    states = [optimizer.init(w[k]) for k, optimizer in enumerate(optimizers)]
    paths = np.empty((count, of_each, steps + 1, 2))
    costs = np.empty((count, of_each, steps + 1))
    left = np.full((count, of_each), -1)
    paths[:, :, 0], costs[:, :, 0] = w, surface.cost(w)
    for t in range(1, steps + 1):
        with np.errstate(all="ignore"):
            slopes = surface.gradient(w)
            moved = np.stack(
                [
                    w[k] - optimizer.update(slopes[k], states[k], t, w[k])
                    for k, optimizer in enumerate(optimizers)
                ]
            )
            height = surface.cost(moved)
            is_far = ~(np.abs(moved - start).max(axis=-1) <= FAR * reach) | ~np.isfinite(height)
        left[is_far & (left < 0)] = t
        has_left = left >= 0
        w = np.where(has_left[..., None], w, moved)
        paths[:, :, t], costs[:, :, t] = w, np.where(has_left, costs[:, :, t - 1], height)
        yield Descents(paths[:, :, : t + 1], costs[:, :, : t + 1], left)


def steps_until(paths: Array, minima: Array, radius: float) -> Array:
    """Return after how many steps paths (..., steps + 1, 2) are near a minimum, and stay there.

    Near is within `radius` of one of the minima (K, 2); -1 for a path that does not end there.

    >>> path = np.array([[5.0, 0.0], [0.1, 0.0], [-2.0, 0.0], [0.2, 0.0], [0.0, 0.0]])
    >>> int(steps_until(path, np.zeros((1, 2)), radius=1.0))
    3
    """
    away = np.linalg.norm(paths[..., None, :] - minima, axis=-1).min(axis=-1, initial=np.inf)
    is_near = away <= radius
    is_away_later = np.logical_or.accumulate(~is_near[..., ::-1], axis=-1)
    settled = is_away_later.shape[-1] - is_away_later.argmax(axis=-1)
    settled = np.where(is_away_later.any(axis=-1), settled, 0)
    return np.where(is_near[..., -1], settled, -1)


def best_rates(
    descents: Descents, minima: Array, radius: float, view: tuple[float, float, float, float]
) -> Array:
    """Return which rate (M,) served each optimiser best, by its place.

    That is the one with which it was near a minimum first, for good; if none came there, the one
    which ended lowest. Before any that leaves the view (x from, x to, y from, y to) on its way
    comes every one that does not, and last is who has left the numbers.
    """
    x, y = descents.paths[..., 0], descents.paths[..., 1]
    is_inside = (view[0] <= x) & (x <= view[1]) & (view[2] <= y) & (y <= view[3])
    there = steps_until(descents.paths, minima, radius)
    steps, ends = descents.costs.shape[-1], descents.costs[..., -1]
    order = ends.argsort(axis=-1, kind="stable").argsort(axis=-1, kind="stable")
    rank = np.where(there >= 0, there, steps + order)
    worst = steps + order.shape[-1]
    rank = rank + worst * ~is_inside.all(axis=-1) + worst * (descents.left >= 0)
    best: Array = rank.argmin(axis=-1)
    return best
