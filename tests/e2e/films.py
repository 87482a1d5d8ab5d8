"""Films for the player, of small networks that learn small problems."""

from functools import lru_cache

import numpy as np

from engine.data.features import FEATURES, expand
from engine.data.planar import blobs
from engine.nn.activations import Names
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.player import Movie, Points

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

Drawn = tuple[tuple[float, float, int], ...]


def draw_points(problem: str, m: int, rng: np.random.Generator) -> Points:
    if problem == "xor":
        return Points(CORNERS, np.array([0, 1, 1, 0]))
    if problem == "circle":
        x = rng.uniform(-1, 1, (m, 2))
        return Points(x, (np.hypot(*x.T) + rng.normal(0, 0.08, m) < 0.6).astype(int))
    if problem == "blobs":
        return Points(*blobs(rng, m, 0.0, 0, 4))
    turn, arm = rng.uniform(0.15, 1, m), rng.integers(0, 2, m)
    angle = 2.6 * np.pi * turn + np.pi * arm
    x = turn[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return Points(x + rng.normal(0, 0.02, (m, 2)), arm)


def targets_of(labels: np.ndarray, n_y: int) -> np.ndarray:
    """Return Y (n_y, m): one row of 0 and 1, or a column with a single 1 for each sample."""
    return labels[None] if n_y == 1 else np.eye(n_y)[:, labels]


@lru_cache(maxsize=20)
def film(
    *,
    sizes: tuple[int, ...] = (2, 3, 1),
    activation: Names = "tanh",
    problem: str = "xor",
    updates: int = 600,
    frames: int = 200,
    seed: int = 3,
    batches: int = 1,
    drawn: Drawn | None = None,
    finer_from: int | None = None,
) -> Movie:
    """Train a network by so many updates and return so many frames of it, evenly spread.

    Of the points there are those of the problem, or those `drawn`; from step `finer_from` on there
    are 60 more frames, one a step.
    """
    rng = np.random.default_rng(seed)
    splits = {"train": 200, "dev": 60, "test": 60} if problem != "xor" else {"train": 4}
    points = {split: draw_points(problem, m, rng) for split, m in splits.items()}
    if drawn:
        table = np.array(drawn)
        points = {"train": Points(table[:, :2], table[:, 2].astype(int))}
    features = tuple(FEATURES)[: sizes[0]]
    rows = {split: expand(x, features) for split, (x, _) in points.items()}
    standardize = problem != "xor"
    mean = rows["train"].mean(axis=0) * standardize
    deviation = rows["train"].std(axis=0) if standardize else np.ones(len(features))
    inputs = {split: ((row - mean) / deviation).T for split, row in rows.items()}

    output = "sigmoid" if sizes[-1] == 1 else "softmax"
    network = Network(sizes, hidden=activation, output=output)
    targets = {split: targets_of(labels, sizes[-1]) for split, (_, labels) in points.items()}
    theta = network.layout.initialize(rng, "glorot", 1.0)
    optimizer = OPTIMIZERS["adam"](learning_rate=0.05 if len(sizes) < 5 else 0.01)
    state = optimizer.init(theta)
    history: dict[str, list[float]] = {"epoch": []}
    steps = np.linspace(0, updates, frames).astype(int)
    if finer_from is not None:
        steps = np.r_[steps, finer_from : min(finer_from + 60, updates)]
    steps = np.unique(steps)
    thetas = []
    for step in range(updates + 1):
        if step in steps:
            thetas.append(theta.copy())
        if step % batches == 0:
            history["epoch"].append(step / batches)
            for split, (_, labels) in points.items():
                Z = network.forward(theta, inputs[split]).Z[-1]
                cost = network.cost(theta, inputs[split], targets[split])
                history.setdefault(f"{split}_cost", []).append(float(cost))
                accuracy = LOSSES[output].correct(Z, labels).mean()
                history.setdefault(f"{split}_accuracy", []).append(float(accuracy))
        gradient = network.gradient(theta, inputs["train"], targets["train"])
        theta = theta - optimizer.update(gradient, state, step + 1, theta)

    edge = 0.35 if problem == "xor" else 0.15
    low, high = (0.0, 1.0) if problem == "xor" else (-1.0, 1.0)
    content = (sizes, activation, problem, updates, frames, seed, batches, drawn, finer_from)
    return Movie(
        version=repr(content),
        sizes=sizes,
        activation=activation,
        features=features,
        thetas=np.array(thetas),
        steps=steps,
        epochs=steps / batches,
        batches_per_epoch=batches,
        view=(low - edge, high + edge, low - edge, high + edge),
        points=points,
        history={name: np.array(series) for name, series in history.items()},
        mean=tuple(mean),
        deviation=tuple(deviation),
        title=f"{problem} learned by a {'-'.join(map(str, sizes))} network",
    )
