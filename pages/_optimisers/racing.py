"""The race of the seven: from one start, each at its learning rate or at the best of a sweep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from engine.optim.descents import NEAR, Descents, best_rates, descend, steps_until
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.training import cache
from pages._optimisers.scene import Scene, scene
from pages._optimisers.settings import SWEEP


@dataclass(frozen=True, eq=False)
class Race:
    """Where each of M optimisers went, and when it was near a minimum for good.

    rates (M,), paths (M, steps + 1, 2), costs (M, steps + 1), settled (M,) in steps, -1 for never,
    left (M,): after how many steps it was out of all numbers, -1 for never.
    """

    rates: Array
    paths: Array
    costs: Array
    settled: Array
    left: Array


def race(scene: Scene, start: Array, rates: Sequence[float], steps: int, **knobs: float) -> Race:
    """Return the race of all optimisers, in their order; worked out in one's turn.

    SWEEP in place of a rate stands for the best of a sweep.
    """
    return cache.in_slices(lambda rest: _race(scene, start, rates, steps, knobs, rest))


def shared_race(
    key: tuple[object, ...],
    scene: Scene,
    start: Array,
    rates: Sequence[float],
    steps: int,
    **knobs: float,
) -> Race:
    """Return the same, shared by all who ask for it; the key says which scene it is."""
    whole = ("race", *key, tuple(start.tolist()), tuple(rates), steps, *sorted(knobs.items()))
    return cache.worked_out(whole, lambda rest: _race(scene, start, rates, steps, knobs, rest))


def _race(
    scene: Scene,
    start: Array,
    rates: Sequence[float],
    steps: int,
    knobs: dict[str, float],
    rest: Callable[[], None],
) -> Race:
    names, chosen = list(OPTIMIZERS), np.array(rates, float)
    minima, radius = scene.minima, NEAR * scene.width
    swept = np.flatnonzero(chosen == SWEEP)
    if len(swept):
        grid, some = np.array(scene.rates), [names[k] for k in swept]
        all_rates = np.tile(grid, (len(swept), 1))
        tried = _to_end(scene, start, some, all_rates, min(steps, scene.sweep), knobs, rest)
        chosen[swept] = grid[best_rates(tried, minima, radius, scene.view)]
    ended = _to_end(scene, start, names, chosen[:, None], steps, knobs, rest)
    paths = ended.paths[:, 0]
    settled = steps_until(paths, minima, radius)
    return Race(chosen, paths, ended.costs[:, 0], settled, ended.left[:, 0])


def _to_end(
    scene: Scene,
    start: Array,
    names: Sequence[str],
    rates: Array,
    steps: int,
    knobs: dict[str, float],
    rest: Callable[[], None],
) -> Descents:
    reach = max(scene.width, float(np.abs(start).max()))
    for so_far in descend(scene.surface, start, names, rates, steps, reach, **knobs):
        ended = so_far
        rest()
    return ended


class Shown(NamedTuple):
    """What the picture shows: the ground, the race on it, and where it began."""

    scene: Scene
    race: Race
    start: tuple[float, float]


def at_rest(experiment: Experiment, said: Mapping[str, Any]) -> Shown:
    """Return what the controls say, as shared by all who have them so."""
    ground, start = on_ground(experiment, said)
    chosen = (said[name] for name in ("on", "kappa", "turned", "i", "j"))
    where = (ground.is_slice and experiment, *chosen)
    run = shared_race(
        where, ground, np.array(start), said["rates"], said["steps"], **knobs(experiment)
    )
    return Shown(ground, run, start)


def on_ground(experiment: Experiment, said: Mapping[str, Any]) -> tuple[Scene, tuple[float, float]]:
    """Return the ground that is chosen, and the start on it: within its view."""
    entries = said["i"], said["j"]
    ground = scene(experiment, said["on"], said["kappa"], said["turned"], entries)
    given = said["from"] if len(said["from"]) == 2 else ground.start
    x0, x1, y0, y1 = ground.view
    x, y = float(np.clip(given[0], x0, x1)), float(np.clip(given[1], y0, y1))
    return ground, (x, y)


def knobs(experiment: Experiment) -> dict[str, float]:
    """Return the numbers that the seven share, by their names."""
    return {name: getattr(experiment, name) for name in ("beta1", "beta2", "weight_decay")}
