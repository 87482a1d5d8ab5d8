"""Labels and the matrix Y that is made of them: one row of 0 and 1, or one-hot columns."""

from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Task(NamedTuple):
    """Telling some digits apart: its question, the digits, and the output, one of LOSSES."""

    question: str
    digits: tuple[int, ...]
    output: str

    @property
    def rows(self) -> int:
        """How many rows Y has: as many as the last layer has units."""
        return 1 if self.output == "sigmoid" else len(self.digits)


TASKS: dict[str, Task] = {
    "two": Task("5 or 6?", (5, 6), "sigmoid"),
    "ten": Task("0 to 9?", tuple(range(10)), "softmax"),
}


def among(task: Task, labels: Array, m: int) -> Array:
    """Return where the first m samples are that a task is about."""
    places: Array = np.flatnonzero(np.isin(labels, task.digits))[:m]
    return places


def targets(task: Task, labels: Array) -> Array:
    """Return Y (rows, m) of labels (m,).

    >>> targets(TASKS["two"], np.array([6, 5]))
    array([[1., 0.]])
    """
    one_hot = (labels == np.array(task.digits)[:, np.newaxis]).astype(float)
    Y: Array = one_hot[-task.rows :]
    return Y


def read(task: Task, Y: Array) -> Array:
    """Return the labels (m,) that a matrix Y, or one of probabilities, stands for.

    >>> read(TASKS["two"], np.array([[0.9, 0.2]]))
    array([6, 5])
    """
    places = Y.argmax(axis=0) if task.rows > 1 else (Y[0] > 0.5).astype(int)
    labels: Array = np.array(task.digits)[places]
    return labels
