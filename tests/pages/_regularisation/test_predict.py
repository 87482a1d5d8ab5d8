"""The answer to a prediction is what the run did, not what runs do in general."""

import dataclasses

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._regularisation.predict import course


@pytest.fixture
def trained():
    return run(Experiment(dataset="moons", samples=50, epochs=3))


def with_costs(trained, dev, train):
    history = dict(trained.history, dev_cost=np.array(dev), train_cost=np.array(train))
    return dataclasses.replace(trained, history=history)


def test_a_dev_cost_that_rises_again_is_told_with_its_turn(trained):
    told = course(with_costs(trained, [0.7, 0.3, 0.5, 0.9], [0.7, 0.2, 0.1, 0.01]))
    assert told.startswith("It starts at 0.700, is least after epoch 1 with 0.300, and ends")
    assert "goes from 0.200 in that epoch to 0.0100" in told
    assert "raises the cost of the dev set" in told


def test_one_that_falls_to_the_end_is_not_said_to_rise(trained):
    told = course(with_costs(trained, [0.7, 0.5, 0.4, 0.3], [0.7, 0.4, 0.3, 0.2]))
    assert "ends at 0.300" in told
    assert "raises" not in told
    assert "Early stopping" not in told
