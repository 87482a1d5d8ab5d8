"""What is read off a run, against numbers worked out by hand."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.evidence import LOOKED_AT, Evidence
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.training.run import Snapshots, run

MOONS = Experiment(
    dataset="moons", samples=200, noise=0.15, hidden=(4,), activation="tanh", epochs=8
)
DIGITS = Experiment(
    dataset="mnist", samples=1000, hidden=(8,), activation="relu", batch_size=50, epochs=1
)


def with_curves(**curves):
    """Evidence of a run whose curves are given."""
    trained = run(Experiment(epochs=0))
    m = len(curves["train_cost"])
    given = {name: np.array(values, float) for name, values in curves.items()}
    history = {"epoch": np.arange(m), "penalty": np.zeros(m), **given}
    return Evidence(dataclasses.replace(trained, history=history))


def test_chance_is_the_entropy_of_the_classes():
    assert Evidence(run(Experiment(epochs=0))).chance_cost == pytest.approx(np.log(2))
    points = ((0.0, 0.0, 0), (1.0, 0.0, 1), (2.0, 0.0, 1), (3.0, 0.0, 1))
    # -(1/4) log(1/4) - (3/4) log(3/4)
    unequal = Evidence(run(Experiment(dataset="own", points=points, epochs=0)))
    assert unequal.chance_cost == pytest.approx(0.5623351446)


def test_of_a_single_class_chance_costs_nothing():
    points = ((0.0, 0.0, 1), (1.0, 0.0, 1))
    assert Evidence(run(Experiment(dataset="own", points=points, epochs=0))).chance_cost == 0


@pytest.mark.parametrize(
    ("costs", "fall"),
    [
        ([9, 9, 9, 9, 5, 3, 2, 1], 0.625),  # (4 - 1.5) / 4
        ([4, 3], 0.25),
        ([4, 3, 2], 1 / 3),
        ([5], 0.0),
        ([0, 0, 0, 0], 0.0),
        ([1, 1, 1, 2], -1.0),
    ],
)
def test_how_much_the_cost_still_falls(costs, fall):
    assert with_curves(train_cost=costs).fall == pytest.approx(fall)


def test_how_much_it_fell_earlier():
    # Of the first six, [9, 8, 8, 4, 2, 2]: the third quarter is 4, the last 2 and 2.
    assert with_curves(train_cost=[9, 8, 8, 4, 2, 2, 1, 1]).earlier_fall == pytest.approx(0.5)


def test_rises_are_those_of_cost_and_penalty_in_the_second_half():
    found = with_curves(train_cost=[9, 1, 9, 5, 6, 4, 4], penalty=[0, 0, 0, 0, 0, 0, 0.5])
    assert found.rises.tolist() == [1, 0, 0.5]  # of 5, 6, 4, 4.5


def test_costs_end_with_the_network_that_early_stopping_hands_over():
    stopped = run(MOONS.but(epochs=300, learning_rate=1.0, patience=5, samples=60))
    found = Evidence(stopped)
    assert len(found.costs) == stopped.best_epoch + 1 < len(stopped.history["epoch"])
    assert found.cost == stopped.history["train_cost"][stopped.best_epoch]


def test_it_looks_into_the_network_before_and_after_training():
    trained = run(MOONS)
    found = Evidence(trained)
    X, Y = load(MOONS).train.X, load(MOONS).train.Y
    network = found.network
    assert network.cost(found.start, X, Y) == pytest.approx(trained.history["train_cost"][0])
    expected = np.sqrt(np.mean(network.layout.layers(trained.theta)[0].W ** 2))
    assert found.now.weight_rms[0] == pytest.approx(expected)
    assert found.then.activations[0].shape == (4, load(MOONS).train.m)


def test_a_run_without_its_start_is_given_it_again():
    trained = run(MOONS)
    bare = dataclasses.replace(
        trained, snapshots=Snapshots(np.array([8]), trained.snapshots.thetas[-1:])
    )
    assert np.array_equal(Evidence(bare).start, Evidence(trained).start)


def test_of_many_digits_some_are_looked_at():
    found = Evidence(run(DIGITS))
    assert found.now.activations[0].shape == (8, LOOKED_AT)
    assert found.held_out == "dev"


@pytest.mark.parametrize(
    ("changes", "held_out"),
    [
        ({}, "dev"),
        ({"dev_fraction": 0.0}, "test"),
        ({"train_fraction": 1.0, "dev_fraction": 0.0}, ""),
        ({"dataset": "xor"}, ""),
    ],
)
def test_the_split_that_judges(changes, held_out):
    found = Evidence(run(MOONS.but(**changes)))
    assert found.held_out == held_out
    assert (found.variance is None) == (held_out == "")


def test_the_variance_is_that_of_the_held_out_split():
    trained = run(MOONS.but(dev_fraction=0.0))
    gap = Evidence(trained).variance
    history = trained.history
    assert gap.value == pytest.approx(history["train_accuracy"][-1] - history["test_accuracy"][-1])


def test_units_differ_unless_they_begin_alike():
    start, now = Evidence(run(Experiment(initializer="constant", epochs=5))).differences
    assert start.tolist() == now.tolist() == [0.0]
    assert min(Evidence(run(Experiment(epochs=5))).differences[1]) > 0.1
    assert Evidence(run(Experiment(hidden=(1,), epochs=5))).differences[0].tolist() == [1.0]
    assert len(Evidence(run(Experiment(hidden=(), epochs=5))).differences[0]) == 0


def test_a_truth_table_is_known_exactly_and_a_few_samples_are_not():
    # One of four wrong is an error of 25 %. As an estimate it could be 5 %.
    line = run(Experiment(hidden=(), epochs=200))
    assert Evidence(line).is_unlearned
    few = run(MOONS.but(samples=8, hidden=(), train_fraction=0.5, dev_fraction=0.25))
    assert Evidence(few).train.m == 4
    assert not Evidence(few).is_unlearned


def test_the_size_of_the_inputs():
    points = ((3.0, 4.0, 0), (-3.0, -4.0, 1))
    found = Evidence(run(Experiment(dataset="own", points=points, epochs=0)))
    assert found.input_rms == pytest.approx(np.sqrt(12.5))


@pytest.mark.parametrize(
    ("samples", "train", "test", "is_unlearned"),
    [
        (4000, 0.94, 0.93, True),  # 2,500 of the 4,000 are counted
        (4000, 0.94, 0.951, False),  # and were hard ones: 4.9 % of all test digits are wrong
        (4000, 0.94, 0.947, True),  # 5.3 - 0.2 points
        (1000, 0.92, 0.97, True),  # all are counted: this is no luck
    ],
)
def test_a_part_of_the_training_digits_may_be_a_hard_one(samples, train, test, is_unlearned):
    trained = run(DIGITS.but(samples=samples, dev_fraction=0.0))
    given = {"train_accuracy": [0.1, train], "test_accuracy": [0.1, test]}
    history = trained.history | {name: np.array(values) for name, values in given.items()}
    evidence = Evidence(dataclasses.replace(trained, history=history))
    assert evidence.is_unlearned is is_unlearned
