"""Where the step of an experiment starts: its network, its samples, and theta before the step."""

from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.inspection.one_step.step import descend
from engine.nn.network import Network
from engine.nn.types import Array


class Start(NamedTuple):
    """A network with theta (P,), and all samples of the step: X (n_0, m), Y (n_L, m)."""

    network: Network
    theta: Array
    X: Array
    Y: Array


class Edit(NamedTuple):
    """A cell with another number in it: the key of its matrix, its row and column, the number."""

    key: str
    row: int
    column: int
    value: float


def begin(experiment: Experiment, output: str = "") -> Start:
    """Return where the last of an experiment's steps starts, after epochs - 1 of them.

    Every step is one of gradient descent on all training samples. With an `output` other than the
    data's own the targets are made to fit: one-hot columns for softmax, else a row of 0 and 1 for
    two classes and one row for each of more.
    """
    problem = load(experiment)
    output = output or problem.output
    X, labels = np.array(problem.train.X, np.float64), problem.train.y
    Y = targets(labels, experiment.class_count, output)
    sizes = (problem.n_x, *experiment.hidden, len(Y))
    network = Network(sizes, experiment.activation, output)
    rng = stream(experiment.seed, "initialization")
    theta = network.layout.initialize(rng, experiment.initializer, experiment.init_scale)
    steps = max(0, experiment.epochs - 1)
    return Start(network, descend(network, theta, X, Y, experiment.learning_rate, steps), X, Y)


def targets(labels: Array, classes: int, output: str) -> Array:
    """Return Y for class numbers (m,).

    >>> targets(np.array([0, 1, 1]), 2, "sigmoid")
    array([[0., 1., 1.]])
    >>> targets(np.array([0, 1, 1]), 2, "softmax")
    array([[1., 0., 0.],
           [0., 1., 1.]])
    """
    if classes == 2 and output != "softmax":
        return np.asarray(labels, np.float64)[np.newaxis]
    columns: Array = np.eye(classes)[:, labels]
    return columns


def problem_with(start: Start, edit: Edit) -> str:
    """Say in a sentence why a cell cannot have a number; nothing if it can."""
    shape = _matrix(start, edit.key).shape if is_editable(start, edit.key) else (0, 0)
    if not (0 <= edit.row < shape[0] and 0 <= edit.column < shape[1]):
        return "There is no such cell to be changed."
    if not abs(edit.value) <= MOST:
        return f"A number from −{MOST:g} to {MOST:g} fits here."
    if edit.key == "Y" and start.network.output != "linear" and edit.value not in (0, 1):
        return "A label is 0 or 1."
    if edit.key == "Y" and start.network.output == "softmax" and edit.value != 1:
        return "Put 1 where the class is: the others of its column become 0."
    return ""


MOST = 1000.0
"""No number put in by hand is further from zero."""


def is_editable(start: Start, key: str) -> bool:
    """Return whether a matrix can be changed by hand."""
    layers = range(1, len(start.network.sizes))
    return key in ("A0", "Y", *(f"{name}{l}" for name in "Wb" for l in layers))


def edited(start: Start, edits: tuple[Edit, ...]) -> Start:
    """Return the start with cells changed by hand; what cannot be is left as it is."""
    made = start._replace(theta=start.theta.copy(), X=start.X.copy(), Y=start.Y.copy())
    for edit in edits:
        if not problem_with(start, edit):
            if edit.key == "Y" and start.network.output == "softmax":
                made.Y[:, edit.column] = 0
            _matrix(made, edit.key)[edit.row, edit.column] = edit.value
    return made


def as_edits(start: Start, theta: Array) -> tuple[Edit, ...]:
    """Return another theta (P,) as the cells in which it differs from a start's."""
    layers = start.network.layout.layers
    pairs = zip(layers(start.theta), layers(theta), strict=True)
    return tuple(
        Edit(f"{name}{l}", row, column, float(there[row, column]))
        for l, (here, other) in enumerate(pairs, start=1)
        for name, old, there in zip("Wb", here, other, strict=True)
        for row, column in np.ndindex(*old.shape)
        if old[row, column] != there[row, column]
    )


def _matrix(start: Start, key: str) -> Array:
    """Return an editable matrix of a start, a view."""
    if key in ("A0", "Y"):
        return start.X if key == "A0" else start.Y
    layer = start.network.layout.layers(start.theta)[int(key[1:]) - 1]
    return layer.W if key[0] == "W" else layer.b
