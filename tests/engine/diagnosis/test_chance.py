"""Chance by hand, on every data set, and against the network that says the same of every sample."""

import numpy as np
import pytest

from engine.data.mnist import load as digits
from engine.diagnosis.chance import chance_accuracy, chance_cost
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.depth import GUESSING
from engine.training.run import run


@pytest.mark.parametrize(
    ("labels", "accuracy", "cost"),
    [
        ([0, 1], 0.5, np.log(2)),
        ([0] * 96 + [1] * 4, 0.96, -0.96 * np.log(0.96) - 0.04 * np.log(0.04)),
        ([1] * 5, 1.0, 0.0),
        ([0, 2, 2, 5], 0.5, 1.5 * np.log(2)),  # two quarters and a half; classes may be missing
        (list(range(10)), 0.1, np.log(10)),
    ],
)
def test_chance_by_hand(labels, accuracy, cost):
    for kind in (np.uint8, int):
        assert chance_accuracy(np.array(labels, kind)) == pytest.approx(accuracy)
        assert chance_cost(np.array(labels, kind)) == pytest.approx(cost)


def test_one_class_alone_costs_nothing_and_not_minus_nothing():
    assert not np.signbit(chance_cost(np.array([1, 1])))


@pytest.mark.parametrize("measure", [chance_accuracy, chance_cost])
def test_without_samples_there_is_no_chance(measure):
    with pytest.raises(ValueError, match="no samples"):
        measure(np.array([], int))


def test_always_saying_1_reads_as_many_test_digits_as_the_depth_study_says():
    assert chance_accuracy(digits().test_labels) == GUESSING


def test_a_network_of_one_bias_cannot_cost_less_than_chance():
    # With inputs that say nothing all that can be learned is the share of the classes.
    points = tuple((0.0, 0.0, int(k < 3)) for k in range(10))
    alone = Experiment(
        dataset="own", points=points, train_fraction=1.0, dev_fraction=0.0, hidden=(),
        learning_rate=1.0, epochs=500,
    )  # fmt: skip
    labels = load(alone).train.y
    history = run(alone).history
    assert history["train_cost"][-1] == pytest.approx(chance_cost(labels), abs=1e-9)
    assert history["train_accuracy"][-1] == chance_accuracy(labels) == pytest.approx(0.7)
