"""Optimisers on landscapes and slices: all at once, beside one after the other."""

from collections.abc import Iterator

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.curvature import sharpness
from engine.inspection.loss_plane import Slice, of_path
from engine.optim.descents import Surface, descend
from engine.optim.landscapes import LANDSCAPES
from engine.optim.optimizers import OPTIMIZERS
from engine.training.run import run
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Contender, interleave

NAMES = list(OPTIMIZERS)
STEPS, SIDE, REACH = 300, 60, 10.0
CIRCLES = Experiment(
    dataset="circles", samples=200, train_fraction=0.8, dev_fraction=0.0, hidden=(8, 8),
    activation="tanh", optimizer="adam", learning_rate=0.03, epochs=200,
)  # fmt: skip


def together(surface: Surface, start: np.ndarray) -> Contender:
    """Race all of them, their slopes asked for at once."""

    def race() -> None:
        for _ in descend(surface, start, NAMES, np.full((len(NAMES), 1), 0.01), STEPS, REACH):
            pass

    return race


def in_turn(surface: Surface, start: np.ndarray) -> Contender:
    """Race the same, each by itself."""

    def race() -> None:
        for name in NAMES:
            for _ in descend(surface, start, [name], np.full((1, 1), 0.01), STEPS, REACH):
                pass

    return race


def rows(rounds: int) -> Iterator[Row]:
    """Yield a row for each race, for a slice and for the curvature along a run."""
    done, problem = run(CIRCLES), load(CIRCLES)
    network, samples = problem.network(CIRCLES), problem.train
    X, Y = samples.X, samples.Y
    plane, _ = of_path(done.snapshots.thetas)
    part = Slice(network, plane, X, Y)
    surfaces: dict[str, tuple[Surface, np.ndarray]] = {
        name: (landscape, np.array(landscape.start)) for name, landscape in LANDSCAPES.items()
    }
    surfaces["a slice of 2-8-8-1"] = part, plane.coordinates(done.snapshots.thetas[0])
    for name, (surface, start) in surfaces.items():
        what = f"{len(NAMES)} optimisers, {STEPS} steps on {name}"
        yield _row(what, together(surface, start), in_turn(surface, start), rounds)

    grid = np.stack(np.meshgrid(*np.linspace(-5, 5, 2 * SIDE).reshape(2, SIDE)), axis=-1)
    thetas = plane.thetas(grid).reshape(-1, network.layout.size)

    def whole() -> None:
        part.cost(grid)

    def point_by_point() -> None:
        for theta in thetas:
            network.cost(theta, X, Y)

    yield _row(f"a slice of {SIDE} by {SIDE} through 2-8-8-1", whole, point_by_point, rounds)

    some = done.snapshots.thetas[::3]

    def bent(thetas: np.ndarray) -> None:
        sharpness(lambda theta: network.gradient(theta, X, Y), thetas, np.random.default_rng(0))

    def one_by_one() -> None:
        for theta in some:
            bent(theta[None])

    what = f"the curvature at {len(some)} moments of a run"
    yield _row(what, lambda: bent(some), one_by_one, rounds)


def _row(what: str, ours: Contender, others: Contender, rounds: int) -> Row:
    found = interleave({"together": ours, "in turn": others}, rounds)
    mine, theirs = (f"{1000 * found.best(name):.1f} ms" for name in ("together", "in turn"))
    ratio = found.ratio("together", "in turn")
    return Row(what, mine, f"one after the other, {theirs}", ratio)
