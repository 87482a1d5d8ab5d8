import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.step import descend, take_step
from engine.nn.gradient_check import central_differences
from engine.training.run import run
from engine.training.trainer import Trainer
from tests.engine.inspection.one_step.drawn import COUNT, drawn

every = pytest.mark.parametrize("k", range(COUNT))
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


@every
def test_its_matrices_are_the_engines(k):
    case = drawn(k)
    network, theta, X, Y, alpha = case
    step, trace = case.step, network.forward(theta, X)
    for l in range(1, step.depth + 1):
        np.testing.assert_allclose(step.matrices[f"Z{l}"], trace.Z[l], rtol=1e-13, atol=1e-14)
        np.testing.assert_allclose(step.matrices[f"A{l}"], trace.A[l], rtol=1e-13, atol=1e-14)
    assert step.matrices["J"][0, 0] == pytest.approx(float(network.cost(theta, X, Y)), rel=1e-13)
    np.testing.assert_allclose(step.gradient, network.gradient(theta, X, Y), **CLOSE)
    after = network.cost(theta - alpha * step.gradient, X, Y)
    assert step.matrices["J+"][0, 0] == pytest.approx(float(after), rel=1e-12)


@every
def test_its_gradient_is_that_of_differences(k):
    network, theta, X, Y, _ = drawn(k)
    step = drawn(k).step
    numeric = central_differences(
        lambda points: network.cost(points, X, Y), theta, 1e-6, np.arange(theta.size)
    )
    is_near_a_kink = any(np.abs(step.matrices[f"Z{l}"]).min() < 1e-4 for l in range(1, step.depth))
    if not is_near_a_kink:
        np.testing.assert_allclose(step.gradient, numeric, rtol=1e-6, atol=1e-8)


@every
def test_at_the_output_both_ways_agree(k):
    step = drawn(k).step
    last = step.depth
    difference = step.matrices[f"A{last}"] - step.matrices["Y"]
    np.testing.assert_allclose(step.matrices[f"dZ{last}"], difference, **CLOSE)


@every
def test_a_short_step_falls_as_the_slope_says(k):
    network, theta, X, Y, _ = drawn(k)
    step = take_step(network, theta, X, Y, 1e-5)
    fall, predicted = (float(step.matrices[name][0, 0]) for name in ("fall", "predicted"))
    assert fall == pytest.approx(predicted, rel=0.01, abs=1e-12)


def test_a_step_does_not_see_what_becomes_of_its_theta():
    network, theta, X, Y, alpha = drawn(5)
    step = take_step(network, theta, X, Y, alpha)
    kept = step.matrices["W1"].copy()
    theta += 1
    np.testing.assert_array_equal(step.matrices["W1"], kept)


def test_descending_is_what_training_does():
    experiment = Experiment(epochs=30)
    trainer, train = Trainer(experiment), load(experiment).train
    theta = descend(trainer.network, trainer.start, train.X, train.Y, 2.0, 30)
    np.testing.assert_allclose(theta, run(experiment).theta, **CLOSE)
    trained = take_step(trainer.network, theta, train.X, train.Y, 2.0)
    assert trained.matrices["J"][0, 0] == pytest.approx(run(experiment).final("train_cost"))
