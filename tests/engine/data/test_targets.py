"""Labels become Y and are read back."""

import numpy as np
import pytest

from engine.data.targets import TASKS, among, read, targets
from engine.nn.losses import LOSSES

LABELS = np.array([7, 5, 6, 0, 6, 5], np.uint8)


def test_five_or_six_by_hand():
    at = among(TASKS["two"], LABELS, 3)
    assert at.tolist() == [1, 2, 4]
    assert targets(TASKS["two"], LABELS[at]).tolist() == [[0, 1, 1]]


def test_one_hot_columns_by_hand():
    Y = targets(TASKS["ten"], np.array([5, 0]))
    assert Y[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert Y[:, 1].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_labels_are_read_back_and_the_shape_is_that_of_the_output(task):
    labels = LABELS[among(task, LABELS, 99)]
    Y = targets(task, labels)
    assert Y.shape == (task.rows, len(labels))
    assert read(task, Y).tolist() == labels.tolist()
    assert task.output in LOSSES
