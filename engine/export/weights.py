"""A trained network as a file: the weights by name, and all it takes to use them."""

import dataclasses
import io
import json

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.nn.types import Array


def archive(experiment: Experiment, theta: Array, epoch: float) -> bytes:
    """Return an .npz file of theta (P,): W1, b1, W2, b2, ... in the notes' shapes.

    `experiment` is its knobs as JSON text, `epoch` how long it was trained. Where the inputs are
    standardised, `mu` and `sigma` are what they are scaled with, in units of x / 255 for images.

    >>> from engine.experiment.experiment import Experiment
    >>> stored = np.load(io.BytesIO(archive(Experiment(), np.arange(13.0), 7)))
    >>> stored["W1"].shape, stored["b2"].item(), json.loads(stored["experiment"].item())["hidden"]
    ((3, 2), 12.0, [3])
    """
    problem, layout = load(experiment), network_of(experiment).layout
    arrays = {
        f"{letter}{l}": array
        for l, layer in enumerate(layout.layers(theta), start=1)
        for letter, array in layer._asdict().items()
    }
    if problem.standardizer is not None:
        arrays |= {name: np.asarray(v) for name, v in problem.standardizer._asdict().items()}
    arrays["epoch"] = np.asarray(epoch)
    arrays["experiment"] = np.asarray(json.dumps(dataclasses.asdict(experiment)))
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
