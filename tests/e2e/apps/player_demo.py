"""The player alone on a page: a small network learns a small problem, chosen in the link.

`?sizes=2-3-1&activation=tanh&problem=xor&frames=200` shows that network; the buttons below the
player are there for the tests, which ask what a rerun does to the film.
"""

import json
import math

import numpy as np
import streamlit as st

from engine.data.features import FEATURES, expand
from engine.data.planar import blobs
from engine.experiment.experiment import KNOBS
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.player import Movie, Points, player

EPOCHS = 600
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


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


@st.cache_data(max_entries=20)
def film(
    sizes: tuple[int, ...],
    activation: str | tuple[str, ...],
    problem: str,
    frames: int,
    seed: int,
    batches: int,
    drawn: tuple[tuple[float, float, int], ...] | None,
    finer_from: int | None,
) -> Movie:
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
    steps = np.linspace(0, EPOCHS, frames).astype(int)
    if finer_from is not None:
        steps = np.r_[steps, finer_from : min(finer_from + 60, EPOCHS)]
    steps = np.unique(steps)
    thetas = []
    for step in range(EPOCHS + 1):
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
    content = (sizes, activation, problem, frames, seed, batches, drawn, finer_from)
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


def chosen(name: str, default: str) -> str:
    return st.query_params.get(name, default)


st.set_page_config(layout="wide")
editable = chosen("edit", "0") == "1"
drawn = st.session_state.get("drawn") if editable else None
seed = st.session_state.setdefault("seed", int(chosen("seed", "3")))
movie = film(
    sizes=tuple(map(int, chosen("sizes", "2-3-1").split("-"))),
    activation=KNOBS["activation"].parse(chosen("activation", "tanh")),
    problem=chosen("problem", "xor"),
    frames=int(chosen("frames", "200")),
    seed=seed,
    batches=int(chosen("batches", "1")),
    drawn=drawn,
    finer_from=st.session_state.get("finer_from"),
)
gestures = player(movie, key="player", editable_points=editable, finer=True)
if gestures.points is not None:
    st.session_state.drawn = gestures.points
    st.rerun()
if gestures.steps_from is not None:
    st.session_state.finer_from = gestures.steps_from
    st.rerun()


def another_seed() -> None:
    st.session_state.seed += 1


st.button("Unrelated rerun")
st.button("Another seed", on_click=another_seed)
st.session_state.reruns = st.session_state.get("reruns", 0) + 1
told = {
    "reruns": st.session_state.reruns,
    "epoch": None if gestures.epoch == math.inf else gestures.epoch,
    "points": gestures.points,
    "train_on": gestures.train_on and [*gestures.train_on.theta, gestures.train_on.epoch],
}
st.text(json.dumps(told))
