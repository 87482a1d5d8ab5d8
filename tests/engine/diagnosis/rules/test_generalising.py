"""What held-out samples tell, by curves whose numbers are known."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules.finding import GENERALISING
from engine.diagnosis.rules.generalising import OVERFITTING, SMALL_DEV, SURER
from engine.experiment.experiment import Experiment
from engine.training.run import run

MOONS = Experiment(
    dataset="moons", samples=500, noise=0.05, train_fraction=0.4, dev_fraction=0.2, epochs=4
)


def ended(dev_costs, train_error=0.0, dev_error=0.0, experiment=MOONS, cost=0.01):
    """Evidence of a run with these dev costs, and errors that were the same all along."""
    m = len(dev_costs)
    history = {
        "epoch": np.arange(m),
        "penalty": np.zeros(m),
        "train_cost": np.full(m, cost),
        "train_accuracy": np.full(m, 1 - train_error),
        "dev_cost": np.array(dev_costs, float),
        "dev_accuracy": np.full(m, 1 - dev_error),
        "test_cost": np.array(dev_costs, float),
        "test_accuracy": np.full(m, 1 - dev_error),
    }
    trained = run(experiment.but(epochs=0))
    return Evidence(
        dataclasses.replace(trained, history=history, experiment=experiment.but(epochs=m - 1))
    )


FLAT = [0.5] * 5


@pytest.mark.parametrize(
    ("train", "dev", "is_seen"),
    [
        (0.0, 0.1, True),
        (0.0, 0.02, False),  # no gap of 3 points
        (0.01, 0.04, False),  # 2 of 200 and 4 of 100: the interval of the gap holds 0
        (0.1, 0.12, False),
    ],
)
def test_a_sure_gap_of_three_points_is_overfitting(train, dev, is_seen):
    seen = OVERFITTING.look(ended(FLAT, train, dev))
    assert (seen is not None) is is_seen
    if seen:
        assert "0.0 % of the training samples are wrong, but 10.0 % of the dev samples: 10.0" in (
            seen.sentence
        )
        assert seen.changes[0] == {"samples": 2000}


def test_what_is_no_better_than_chance_has_learned_nothing_by_heart():
    assert OVERFITTING.look(ended(FLAT, 0.3, 0.5, cost=0.69)) is None


@pytest.mark.parametrize(
    ("costs", "epoch"),
    [
        ([1, 0.5, 0.5, 0.55, 0.6], 1),
        ([1, 0.6, 0.5, 0.55, 0.6], None),  # two epochs ago
        ([1, 0.5, 0.5, 0.5, 0.57], None),  # 1.14 times the least
        ([0.4, 0.5, 0.5, 0.55, 0.6], 1),  # the start does not count
        ([1, 0.9, 0.8, 0.7, 0.6], None),
        ([1], None),
    ],
)
def test_a_held_out_cost_that_has_risen_is_told_with_its_least(costs, epoch):
    seen = SURER.look(ended(costs))
    assert (seen is None) == (epoch is None)
    if seen:
        assert f"The dev cost was least after epoch {epoch}, 0.500, and has risen to 0.600" in (
            seen.sentence
        )
        assert {"epochs": epoch} in seen.changes
        assert {"patience": 10} in seen.changes


def test_few_held_out_samples_are_told_to_be_few():
    few = MOONS.but(samples=100, train_fraction=0.6)  # 20 dev samples
    seen = SMALL_DEV.look(ended(FLAT, experiment=few, dev_error=0.05))
    assert seen.sentence == (
        "5.0 % of 20 dev samples are wrong: the true error may be anything from 0.9 % to 23.6 % "
        "(95 % interval)."
    )
    assert seen.changes == ({"samples": 400},)
    assert SMALL_DEV.look(ended(FLAT, dev_error=0.2)) is None  # a hundred
    assert SMALL_DEV.look(ended(FLAT, 0.5, 0.5, few, cost=0.69)) is None  # other worries
    assert SMALL_DEV.look(Evidence(run(Experiment(epochs=2)))) is None


def test_all_of_them_are_judged_by_held_out_samples():
    assert {rule.kind for rule in (OVERFITTING, SURER, SMALL_DEV)} == {GENERALISING}
