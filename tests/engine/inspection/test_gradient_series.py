"""The gradients of a training's mini-batches are those that its theta has gone along."""

import numpy as np
import pytest

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.inspection.gradient_series import gradient_series
from engine.nn.stops import to_end
from engine.optim.optimizers import OPTIMIZERS
from engine.training.run import run

CIRCLES = Experiment(dataset="circles", samples=100, hidden=(4,), batch_size=16, epochs=6, seed=3)


def replayed(experiment, found):
    """The theta that the experiment's optimiser makes of gradients, one after the other."""
    method = OPTIMIZERS[experiment.optimizer]
    knobs = {name: getattr(experiment, name) for name in method.uses}
    optimizer = method(experiment.learning_rate, **knobs)
    theta = found.start.copy()
    state = optimizer.init(theta)
    for t, gradient in enumerate(found.gradients, start=1):
        theta -= optimizer.update(gradient.copy(), state, t, theta)
    return theta


@pytest.mark.parametrize(
    "changes",
    [
        {"optimizer": "gradient_descent", "learning_rate": 0.5},  # which changes no bit but powers
        {"optimizer": "momentum"},
        {"optimizer": "rmsprop", "l2": 0.3},
        {"optimizer": "adam", "batch_size": 1, "l1": 0.1},
        {"optimizer": "momentum", "batch_size": 0},
    ],
)
def test_the_updates_with_them_give_the_runs_theta_bit_for_bit(changes):
    experiment = CIRCLES.but(**changes)
    found = to_end(gradient_series(experiment, 10_000))
    np.testing.assert_array_equal(replayed(experiment, found), run(experiment).theta)
    np.testing.assert_array_equal(found.theta, run(experiment).theta)


def test_it_ends_where_it_is_told_to_and_stops_on_the_way():
    way = gradient_series(CIRCLES.but(epochs=100), 120)
    assert sum(1 for _ in way) == 2
    found = to_end(gradient_series(CIRCLES, 7))
    assert found.gradients.shape == (7, found.theta.size)
    longer = to_end(gradient_series(CIRCLES, 8))
    np.testing.assert_array_equal(found.gradients, longer.gradients[:7])


def test_a_batch_that_comes_in_parts_has_the_same_gradient(monkeypatch):
    experiment = CIRCLES.but(batch_size=0, l2=0.1)
    whole = to_end(gradient_series(experiment, 3))
    monkeypatch.setattr(effort, "most_columns", lambda experiment: 9)
    in_parts = to_end(gradient_series(experiment, 3))
    np.testing.assert_allclose(in_parts.gradients, whole.gradients, rtol=1e-9, atol=1e-12)
    assert not np.array_equal(in_parts.gradients, whole.gradients)  # as it came in parts


def test_with_dropout_it_refuses():
    with pytest.raises(ValueError, match=r"keep_prob is 0\.5, but must be 1"):
        to_end(gradient_series(CIRCLES.but(keep_prob=0.5), 3))
