"""What the seven go down: a landscape, or a slice through a network's cost; its level lines."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.inspection import loss_plane
from engine.inspection.loss_plane import Plane, Slice
from engine.nn.parameters import Layout
from engine.nn.types import Array
from engine.optim.descents import Surface
from engine.optim.landscapes import LANDSCAPES, bowl
from engine.training.run import Run
from pages._kit.training import cache
from pages._optimisers.settings import RATES, SLICE_RATES, SLICE_SWEEP, SLICES, STEPS

SIDE = 60
"""So many heights a side are computed for the level lines."""

_SHAPE = 4 / 3
"""Of the picture: so much wider than high, so that both axes have one scale."""

_LEVELS = np.linspace(0.03, 0.97, 13)
"""At these quantiles of all heights there is a line: as many where it is flat as on the walls."""

View = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Scene:
    """A surface, and what is drawn of it.

    view is (x from, x to, y from, y to) with one scale for both axes; minima (K, 2) are in view,
    and there may be none; grid (SIDE, SIDE) has the height at row y and column x; `rates` are those
    of a sweep on it over so many steps at most, `sweep`; `least` is the least cost, of a slice that
    in view; and `entries` name what a slice can go along.
    """

    title: str
    formula: str
    lesson: str
    axes: tuple[str, str]
    surface: Surface
    view: View
    start: Array
    minima: Array
    grid: Array
    rates: Sequence[float]
    sweep: int
    is_slice: bool
    least: float
    entries: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """How wide the view is."""
        return self.view[1] - self.view[0]

    @property
    def levels(self) -> Array:
        """The heights of the level lines, ascending."""
        return np.unique(np.quantile(self.grid, _LEVELS))


def scene(
    experiment: Experiment,
    name: str,
    condition: int,
    degrees: int,
    entries: tuple[int, int] = (0, 0),
) -> Scene:
    """Return a landscape, or a slice through the cost of the experiment's network; shared.

    `entries` are those of theta, counted from 1, that a slice of two weights goes along; 0, and
    what there is not, stands for one that the run has moved most.
    """
    if name not in SLICES:
        return cache.shared.get(
            ("landscape", name, condition, degrees), lambda: _landscape(name, condition, degrees)
        )
    run = cache.run(experiment)
    of = entries if name == "weights" else ()
    return cache.worked_out(
        ("slice", experiment, name, of), lambda rest: _slice(run, name, entries, rest)
    )


def _landscape(name: str, condition: int, degrees: int) -> Scene:
    given = bowl(condition, degrees) if name == "bowl" else LANDSCAPES[name]
    view = widened(given.view)
    return Scene(
        given.title,
        given.formula,
        given.lesson,
        ("w₁", "w₂"),
        given,
        view,
        np.array(given.start),
        np.array(given.minima),
        given.cost(_nodes(view, SIDE)),
        RATES,
        STEPS[-1],
        is_slice=False,
        least=given.least,
    )


def _slice(run: Run, name: str, entries: tuple[int, int], rest: Callable[[], None]) -> Scene:
    base, thetas = run.experiment, run.snapshots.thetas
    problem = load(base)
    network, samples = problem.network(base), problem.train
    axes = "along the first", "along the second"
    names: tuple[str, ...] = ()
    lesson = "Two random directions, unit by unit as long as the network's own weights."
    if name == "weights":
        first, second = along(thetas, entries)
        plane = loss_plane.of_two_weights(thetas[-1], first, second)
        names = tuple(parameter(network.layout, k) for k in range(network.layout.size))
        axes = (names[first], names[second])
        lesson = f"{axes[0]} across, {axes[1]} upwards; all others stay as trained."
    elif name == "random":
        plane = loss_plane.of_random_directions(
            thetas[-1], network.layout, stream(base.seed, "symmetry")
        )
    else:
        plane, share = loss_plane.of_path(thetas)
        axes = ("1st principal direction", "2nd principal direction")
        lesson = f"The plane that holds {100 * share:.1f} % of where AdamW's run went."
    of_network = functools.partial(Slice, network, plane, samples.X, samples.Y, l2=base.l2)
    surface = of_network(rest=rest)
    view = widened(_around(plane, thetas, name))
    grid = finite(surface.cost(_nodes(view, SIDE)))
    start = plane.coordinates(thetas[0]) if name != "random" else np.array([0.9, 0.7])
    minimum = _lowest(surface, view, grid)
    return Scene(
        SLICES[name],
        "",
        lesson,
        axes,
        of_network(),
        view,
        start,
        minimum,
        grid,
        SLICE_RATES,
        SLICE_SWEEP,
        is_slice=True,
        entries=names,
        least=float(surface.cost(minimum).min(initial=float(grid.min()))),
    )


def finite(grid: Array) -> Array:
    """Return heights with the highest in place of what overflows; all 0 if everything does.

    >>> finite(np.array([1.0, np.inf, np.nan])).tolist()
    [1.0, 1.0, 1.0]
    """
    highest = grid.max(initial=0.0, where=np.isfinite(grid))
    return np.where(np.isfinite(grid), grid, highest)


def along(thetas: Array, entries: tuple[int, int]) -> tuple[int, int]:
    """Return the positions of two entries of theta, counted from 1; see `scene`."""
    moved = np.abs(thetas[-1] - thetas[0])
    most = [int(k) for k in np.argsort(-moved, kind="stable")]
    said = [entry - 1 if 0 < entry <= len(most) else None for entry in entries]
    if said[0] == said[1]:
        said[1] = None
    others = (k for k in most if k not in said)
    first, second = (next(others) if entry is None else entry for entry in said)
    return first, second


def parameter(layout: Layout, position: int) -> str:
    """Return what a parameter is called, by its position in theta.

    >>> parameter(Layout((2, 3, 1)), 1), parameter(Layout((2, 3, 1)), 12)
    ('W[1] row 1, column 2', 'b[2] row 1')
    """
    is_it = np.zeros(layout.size)
    is_it[position] = 1
    for l, (W, b) in enumerate(layout.layers(is_it), start=1):
        if W.any():
            row, column = np.argwhere(W)[0] + 1
            return f"W[{l}] row {row}, column {column}"
        if b.any():
            return f"b[{l}] row {int(b.argmax()) + 1}"
    raise AssertionError("each position lies in a layer")


def _around(plane: Plane, thetas: Array, name: str) -> View:
    """Return the part of a plane that is looked at: where the run went, with room around it."""
    if name == "random":
        return -1.2, 1.2, -0.9, 0.9
    places = plane.coordinates(thetas)
    low, high = places.min(axis=0), places.max(axis=0)
    room = 0.3 * max(float((high - low).max()), 1.0)
    return low[0] - room, high[0] + room, low[1] - room, high[1] + room


def widened(view: View) -> View:
    """Return a view that holds this one and has the picture's shape.

    >>> widened((0.0, 3.0, 0.0, 3.0))
    (-0.5, 3.5, 0.0, 3.0)
    """
    x0, x1, y0, y1 = map(float, view)
    width, height = x1 - x0, y1 - y0
    if width < _SHAPE * height:
        more = (_SHAPE * height - width) / 2
        return x0 - more, x1 + more, y0, y1
    more = (width / _SHAPE - height) / 2
    return x0, x1, y0 - more, y1 + more


def _nodes(view: View, side: int) -> Array:
    """Return the points (side, side, 2) of a grid over a view, row by row from below."""
    x0, x1, y0, y1 = view
    rows = np.meshgrid(np.linspace(x0, x1, side), np.linspace(y0, y1, side))
    nodes: Array = np.stack(rows, axis=-1)
    return nodes


def _lowest(surface: Surface, view: View, grid: Array) -> Array:
    """Return the lowest point (1, 2) of a view, (0, 2) where it is still falling at the edge."""
    nodes, around = _nodes(view, SIDE), np.linspace(-1, 1, 21)
    row, column = np.unravel_index(np.nanargmin(grid), grid.shape)
    if {int(row), int(column)} & {0, SIDE - 1}:
        return np.empty((0, 2))
    lowest, reach = nodes[row, column], (view[1] - view[0]) / (SIDE - 1)
    for _ in range(2):
        near = lowest + reach * np.stack(np.meshgrid(around, around), axis=-1).reshape(-1, 2)
        lowest = near[np.nanargmin(surface.cost(near))]
        reach /= 10
    lowest_of_all: Array = lowest[None]
    return lowest_of_all
