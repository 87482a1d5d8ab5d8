"""Cost and accuracy on a split: the plain means, whatever the number of blocks."""

import numpy as np
import pytest

import engine.training.evaluation
from engine.data.samples import Samples
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.nn.network import Network
from engine.training.evaluation import evaluate, logits

POINTS = load(Experiment(dataset="moons", samples=200, noise=0.3))


def test_cost_and_accuracy_by_hand():
    # One weight of log 3 and no bias: a = 3/4, 1/4 and 1/2 for x = 1, -1 and 0. The labels are
    # 1, 1 and 0; a half counts as class 0, so two of three are right.
    samples = Samples(
        np.array([[1.0], [-1.0], [0.0]]),
        np.array([1, 1, 0], np.uint8),
        np.arange(3),
        np.array([[0.0], [1.0]]),
    )
    network = Network((1, 1), output="sigmoid")
    cost, accuracy = evaluate(network, np.array([np.log(3), 0.0]), samples)
    assert cost == pytest.approx((np.log(4 / 3) + np.log(4) + np.log(2)) / 3, rel=1e-14)
    assert accuracy == pytest.approx(2 / 3)


@pytest.mark.parametrize("elements", [1, 2**17], ids=["blocks of 32", "one block"])
@pytest.mark.parametrize("lead", [(), (3,), (2, 3)])
def test_blocks_and_replicas_change_nothing(rng, monkeypatch, elements, lead):
    monkeypatch.setattr(engine.training.evaluation, "_ELEMENTS", elements)
    network = Network((2, 5, 1), "tanh", "sigmoid")
    theta = rng.normal(size=(*lead, network.layout.size))
    cost, accuracy = evaluate(network, theta, POINTS.train)
    assert POINTS.train.m % 32
    assert cost.shape == accuracy.shape == lead
    X, Y = POINTS.train.X, POINTS.train.Y
    np.testing.assert_allclose(cost, network.cost(theta, X, Y), rtol=1e-12)
    rightly = (network.predict(theta, X) > 0.5) == (Y == 1)
    np.testing.assert_allclose(accuracy, rightly.mean(axis=(-1, -2)), rtol=1e-12)


def test_ten_thousand_digits_are_judged_as_at_once(rng):
    problem = load(Experiment(dataset="mnist", samples=100))
    network = Network((784, 16, 10))
    theta = network.layout.initialize(rng, "he").astype(np.float32)
    cost, accuracy = evaluate(network, theta, problem.test)
    X, Y = problem.test.X, problem.test.Y
    assert cost == pytest.approx(float(network.cost(theta, X, Y)), rel=1e-5)
    rightly = network.predict(theta, X).argmax(axis=0) == problem.test.y
    assert accuracy == pytest.approx(rightly.mean(), abs=1e-12)


@pytest.mark.parametrize("lead", [(), (3,)])
def test_without_samples_nothing_can_be_said(lead):
    nobody = load(Experiment(dataset="moons", train_fraction=0.5, dev_fraction=0.5)).test
    network = Network((2, 1), output="sigmoid")
    cost, accuracy = evaluate(network, np.zeros((*lead, 3)), nobody)
    assert cost.shape == accuracy.shape == lead
    assert np.isnan(cost).all()
    assert np.isnan(accuracy).all()


@pytest.mark.parametrize("elements", [1, 2**17], ids=["blocks of 32", "one block"])
def test_the_logits_of_all_samples_are_those_of_one_pass(rng, monkeypatch, elements):
    monkeypatch.setattr(engine.training.evaluation, "_ELEMENTS", elements)
    network = Network((2, 5, 1), "tanh", "sigmoid")
    theta = rng.normal(size=network.layout.size)
    Z = network.forward(theta, POINTS.train.X).Z[-1]
    np.testing.assert_allclose(logits(network, theta, POINTS.train), Z, rtol=1e-12)


def test_nobody_has_no_logits():
    nobody = load(Experiment(dataset="moons", train_fraction=0.5, dev_fraction=0.5)).test
    assert logits(Network((2, 3, 1)), np.zeros(13), nobody).shape == (1, 0)
