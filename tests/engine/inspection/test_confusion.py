"""Who is taken for whom: counts by hand, against a plain loop, and on a network's test digits."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.confusion import Confusion, confusion
from engine.nn.intervals import wilson
from engine.nn.network import Network
from engine.training.evaluation import evaluate, logits

# Class 0: right twice, once read as 2. Class 1: read as 2 twice. Class 2: nobody. Class 3: right.
LABELS = np.array([0, 0, 0, 1, 1, 3], np.uint8)
READ = np.array([0, 2, 0, 2, 2, 3])


def test_six_samples_by_hand():
    seen = confusion(LABELS, READ, 4)
    assert seen.counts.tolist() == [[2, 0, 1, 0], [0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert (seen.m, seen.wrong) == (6, 3)
    assert seen.sizes.tolist() == [3, 2, 0, 1]
    assert seen.correct.tolist() == [2, 0, 0, 1]
    assert seen.shares.tolist() == [[2 / 3, 0, 1 / 3, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert seen.most_common() == [(1, 2)]


def test_intervals_belong_to_the_classes():
    low, high = confusion(LABELS, READ, 4).interval()
    for i, (right, size) in enumerate([(2, 3), (0, 2), (0, 0), (1, 1)]):
        assert (low[i], high[i]) == pytest.approx(wilson(right, size))


@pytest.mark.parametrize("classes", [2, 10])
def test_counts_are_those_of_a_plain_loop(rng, classes):
    labels, read = rng.integers(0, classes, (2, 500))
    counts = [[0] * classes for _ in range(classes)]
    for label, prediction in zip(labels.tolist(), read.tolist(), strict=True):
        counts[label][prediction] += 1
    assert confusion(labels.astype(np.uint8), read, classes).counts.tolist() == counts


def test_two_hundred_and_more_classes_do_not_overflow_a_small_label():
    assert confusion(np.array([255], np.uint8), np.array([254]), 256).counts[255, 254] == 1


@pytest.mark.parametrize(
    ("counts", "most_common"),
    [
        ([[3, 0], [0, 4]], []),
        ([[0, 1], [1, 0]], [(0, 1), (1, 0)]),
        ([[9, 1], [2, 0]], [(1, 0)]),
    ],
)
def test_the_most_common_confusion(counts, most_common):
    assert Confusion(np.array(counts)).most_common() == most_common


def test_the_trace_is_the_accuracy_on_all_test_digits(rng):
    test = load(Experiment(dataset="mnist", samples=100)).test
    network = Network((784, 16, 10))
    theta = network.layout.initialize(rng, "he").astype(np.float32)
    seen = confusion(test.y, logits(network, theta, test).argmax(axis=0), 10)
    assert seen.m == 10_000
    assert seen.sizes.tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert 1 - seen.wrong / seen.m == pytest.approx(float(evaluate(network, theta, test).accuracy))
