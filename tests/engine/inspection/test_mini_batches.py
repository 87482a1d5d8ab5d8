"""The samples of mini-batches are those that a training really meets together."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.mini_batches import first_of_epochs
from engine.training.run import close_up

MOONS = Experiment(
    dataset="moons", samples=60, train_fraction=0.5, hidden=(), learning_rate=0.5, batch_size=7,
    epochs=3,
)  # fmt: skip
"""30 training samples: five mini-batches an epoch."""


@pytest.mark.parametrize("order", ["each", "once", "sorted"])
def test_a_step_on_just_these_samples_is_the_trainings_own(order):
    experiment = MOONS.but(shuffle=order)
    problem = load(experiment)
    network, (X, Y) = problem.network(experiment), (problem.train.X, problem.train.Y)
    _, thetas = close_up(experiment, 0, 16)
    for epoch, batch in enumerate(first_of_epochs(experiment, 3)):
        before, after = thetas[5 * epoch], thetas[5 * epoch + 1]
        chosen = batch - 1
        gradient = network.gradient(before, X[:, chosen], Y[:, chosen])
        np.testing.assert_allclose(after, before - 0.5 * gradient, rtol=1e-12, atol=1e-14)


def test_anew_once_and_sorted():
    anew, once, in_order = (
        [batch.tolist() for batch in first_of_epochs(MOONS.but(shuffle=order), 3)]
        for order in ("each", "once", "sorted")
    )
    assert anew[0] != anew[1] != anew[2]
    assert once[0] == once[1] == once[2] == anew[0]
    assert in_order[0] == in_order[1] == sorted(in_order[0])
    assert set(load(MOONS).train.y[np.array(in_order[0]) - 1]) == {0}


def test_full_batch_is_all_samples_in_their_order():
    whole, digits = MOONS.but(batch_size=0), Experiment(dataset="mnist", samples=30, batch_size=4)
    assert [batch.tolist() for batch in first_of_epochs(whole, 2)] == [[*range(1, 31)]] * 2
    assert len(first_of_epochs(digits, 1)[0]) == 4
