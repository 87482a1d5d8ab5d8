"""The line-up alone on a page: a few initialisations of one small network on two circles.

`?count=3&arrived=1&layers=0&plane=0` shows three entries of which one has arrived, without
histograms and without decision fields; the buttons are there for the tests, which ask what a
rerun and an arrival do to the film.
"""

import json
import math

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.field import field
from engine.inspection.probes import probe
from engine.nn.network import Network
from engine.training.run import Run
from engine.training.sweep import sweep
from pages._kit.lineup import Entry, Layers, Points, Reading, lineup, quantised

SCHEMES = ("zeros", "small", "large", "xavier", "glorot", "he")
BASE = Experiment(
    dataset="circles", samples=200, noise=0.1, hidden=(6, 6), activation="relu", learning_rate=1.0,
    epochs=200,
)  # fmt: skip
VIEW = (-1.5, 1.5, -1.5, 1.5)


def histograms(arrays: list[np.ndarray], low: float, high: float) -> np.ndarray:
    counts = np.stack([np.histogram(a, bins=24, range=(low, high))[0] for a in arrays])
    return (255 * counts / np.maximum(counts.max(axis=1, keepdims=True), 1)).astype(np.uint8)


def entry(run: Run, *, layered: bool, plane: bool) -> Entry:
    problem = load(run.experiment)
    network = Network((2, *run.experiment.hidden, 1), run.experiment.activation, "sigmoid")
    thetas, epochs = run.snapshots.thetas, run.snapshots.epochs
    fields = [field(network, t, ("x1", "x2"), None, VIEW, n=48).p for t in thetas]
    seen = [probe(network, theta, problem.train.X, problem.train.Y) for theta in thetas]
    layers = {
        "Activations": Layers(
            np.stack([histograms(probed.activations, 0.0, 2.0) for probed in seen]),
            np.array([0.0, 2.0]),
            np.stack([probed.deviation for probed in seen]),
        ),
        "Gradients": Layers(
            np.stack([histograms(probed.gradients, -0.1, 0.1) for probed in seen]),
            np.array([-0.1, 0.1]),
            np.stack([probed.gradient_rms for probed in seen]),
            "RMS per weight",
        ),
    }
    right = run.history["train_accuracy"]
    return Entry(
        name=run.experiment.initializer,
        fields=quantised(np.stack(fields)) if plane else None,
        curves={
            name: run.history[name] for name in run.history if name.startswith(("train_", "dev_"))
        },
        readings={"Training right": Reading(right[epochs], "percent")},
        layers=layers if layered else {},
        verdict=f"Ends at {100 * right[-1]:.1f} % of the training points right.",
        note="" if run.diverged_at is None else f"diverged in epoch {run.diverged_at}",
    )


st.set_page_config(layout="wide")
asked = st.query_params
count = int(asked.get("count", "6"))
arrived = st.session_state.setdefault("arrived", int(asked.get("arrived", str(count))))
base = BASE.but(learning_rate=float(asked.get("rate", "1")))
runs = sweep([base.but(initializer=name) for name in SCHEMES[:count]], snapshots=41)
chosen = {"layered": asked.get("layers", "1") == "1", "plane": asked.get("plane", "1") == "1"}
entries = [
    entry(run, **chosen)
    if k < arrived
    else Entry(name=run.experiment.initializer, note="training ...")
    for k, run in enumerate(runs)
]
longest = max(runs, key=lambda run: len(run.snapshots.epochs))
problem = load(base)
assert problem.points is not None
points = {
    name: Points(problem.points[samples.index], samples.y)
    for name, samples in problem.splits.items()
    if name != "test"
}
gestures = lineup(
    entries,
    longest.snapshots.epochs,
    key="lineup",
    points=points if chosen["plane"] else None,
    view=VIEW,
    version=f"{base!r} {count} {arrived} {chosen}",
)


def arrive() -> None:
    st.session_state.arrived += 1


st.button("Unrelated rerun")
st.button("One more arrives", on_click=arrive)
st.text(json.dumps({"epoch": None if gestures.epoch == math.inf else gestures.epoch}))
