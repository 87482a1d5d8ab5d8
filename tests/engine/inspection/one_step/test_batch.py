import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.batch import mini_batch
from engine.inspection.one_step.step import take_step
from engine.training.trainer import Trainer

DIGITS = Experiment(
    dataset="mnist",
    samples=100,
    dev_fraction=0.0,
    hidden=(64,),
    activation="relu",
    initializer="he",
)


@pytest.fixture(scope="module")
def step():
    return take_step(*mini_batch(DIGITS, Trainer(DIGITS).start, 0, 8), 0.1)


def test_a_mini_batch_is_of_the_training_set_in_its_order():
    start = mini_batch(DIGITS, Trainer(DIGITS).start, 2, 8)
    train = load(DIGITS).train
    np.testing.assert_allclose(start.X, train.X[:, 16:24], rtol=1e-6)
    np.testing.assert_array_equal(start.Y.argmax(axis=0), train.y[16:24])
    assert start.network.sizes == (784, 64, 10)


def test_after_the_last_comes_the_first():
    start = mini_batch(DIGITS, Trainer(DIGITS).start, 12, 8)
    np.testing.assert_allclose(start.X[:, 4:], load(DIGITS).train.X[:, :4], rtol=1e-6)


def test_its_gradient_is_the_networks(step):
    X, Y = step.matrices["A0"], step.matrices["Y"]
    np.testing.assert_allclose(step.gradient, step.network.gradient(step.theta, X, Y), atol=1e-12)
