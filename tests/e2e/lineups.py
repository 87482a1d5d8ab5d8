"""What the line-up shows in tests: initialisations of one small network on two circles."""

from functools import lru_cache
from typing import Any

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.field import field
from engine.inspection.probes import probe
from engine.nn.network import Network
from engine.training.run import Run
from engine.training.sweep import sweep
from pages._kit.lineup import Entry, Layers, Points, Reading, quantised

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
            np.stack([histograms(passed.activations, 0.0, 2.0) for passed in seen]),
            np.array([0.0, 2.0]),
            np.stack([passed.deviation for passed in seen]),
        ),
        "Gradients": Layers(
            np.stack([histograms(passed.gradients, -0.1, 0.1) for passed in seen]),
            np.array([-0.1, 0.1]),
            np.stack([passed.gradient_rms for passed in seen]),
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


@lru_cache(maxsize=20)
def side_by_side(
    count: int = 6,
    arrived: int | None = None,
    *,
    layered: bool = True,
    plane: bool = True,
) -> dict[str, Any]:
    """Return what the line-up is given of so many entries, of which only the first have arrived.

    They come without histograms if they are not `layered`, without decision fields if there is no
    `plane`.
    """
    runs = sweep([BASE.but(initializer=name) for name in SCHEMES[:count]], snapshots=41)
    arrived = count if arrived is None else arrived
    entries = [
        entry(run, layered=layered, plane=plane)
        if k < arrived
        else Entry(name=run.experiment.initializer, note="training ...")
        for k, run in enumerate(runs)
    ]
    longest = max(runs, key=lambda run: len(run.snapshots.epochs))
    problem = load(BASE)
    assert problem.points is not None
    points = {
        name: Points(problem.points[samples.index], samples.y)
        for name, samples in problem.splits.items()
        if name != "test"
    }
    return {
        "entries": entries,
        "epochs": longest.snapshots.epochs,
        "points": points if plane else {},
        "view": VIEW,
        "version": f"{count} {arrived} {layered} {plane}",
    }
