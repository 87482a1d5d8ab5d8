"""Dropout looked at afterwards: the very masks of the training, and what they do on average."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.dropout import (
    expectation,
    output_over_masks,
    replay,
    steps_per_epoch,
    thinned,
)
from engine.nn import regularization
from engine.nn.network import Network
from engine.nn.regularization import dropout_masks
from engine.training.sweep import sweep
from engine.training.trainer import Trainer

BASE = Experiment(
    dataset="moons", samples=50, train_fraction=0.6, dev_fraction=0.4, hidden=(5, 4),
    activation="tanh", keep_prob=0.6, epochs=4, seed=3,
)  # fmt: skip
NETWORK = Network((2, 5, 4, 1), "tanh", "sigmoid")


@pytest.fixture
def drawn(monkeypatch):
    """The masks that the training draws, step by step."""
    seen, draw = [], regularization.Dropout.draw

    def watch(self, m):
        draw(self, m)
        seen.append([mask.copy() for mask in self.masks(m)])

    monkeypatch.setattr(regularization.Dropout, "draw", watch)
    return seen


@pytest.mark.parametrize("batch_size", [0, 30, 7, 10, 1])
def test_the_masks_of_any_step_are_those_of_the_training(drawn, batch_size):
    experiment = BASE.but(batch_size=batch_size)
    Trainer(experiment).walk(10_000)
    assert len(drawn) == 4 * steps_per_epoch(experiment, 30)
    for step, masks in enumerate(drawn):
        for mine, its in zip(replay(experiment, step).masks, masks, strict=True):
            assert np.array_equal(mine, its)


def test_so_are_those_of_a_replica(drawn):
    both = [BASE.but(keep_prob=1.0), BASE.but(seed=8)]
    sweep(both)
    for mine, its in zip(replay(both[1], 3).masks, drawn[3], strict=True):
        assert np.array_equal(mine, its[1])


@pytest.mark.parametrize("batch_size", [0, 7])
def test_the_samples_of_a_step_are_those_of_the_training(batch_size):
    experiment = BASE.but(batch_size=batch_size, keep_prob=1.0, learning_rate=1.0)
    train, trainer = load(experiment).train, Trainer(experiment)
    for step in range(3 * steps_per_epoch(experiment, train.m)):
        before = trainer.theta.copy()
        chosen = train.select(replay(experiment, step).positions)
        trainer.walk(1)
        assert before - trainer.theta == pytest.approx(
            NETWORK.gradient(before, chosen.X, chosen.Y), rel=1e-9, abs=1e-12
        )


def test_a_thinned_network_computes_what_the_masked_one_does(rng):
    theta, X = rng.normal(size=NETWORK.layout.size), rng.normal(size=(2, 9))
    masks = dropout_masks((5, 4), 1, 0.5, rng)
    whole = NETWORK.forward(theta, X, [np.repeat(mask, 9, axis=1) for mask in masks]).A[-1]
    thin = thinned(NETWORK.layout, theta, [mask[:, 0] for mask in masks])
    assert NETWORK.predict(thin, X) == pytest.approx(whole, rel=1e-12)


def test_nothing_is_off_at_test_time(rng):
    theta, X = rng.normal(size=NETWORK.layout.size), rng.normal(size=(2, 9))
    same = thinned(NETWORK.layout, theta, [np.ones(5), np.ones(4)])
    assert np.array_equal(NETWORK.predict(same, X), NETWORK.predict(theta, X))


def test_z_under_one_mask_by_hand():
    network = Network((1, 2, 1), "linear", "sigmoid")
    theta = np.array(
        [1.0, 2.0, 0.0, 0.0, 10.0, 100.0, 1.0]
    )  # a = x and 2 x, z = 10 a1 + 100 a2 + 1
    masks = np.array([[2.0, 0.0, 2.0, 0.0], [2.0, 2.0, 0.0, 0.0]])  # all there are at one half
    found = expectation(network, theta, np.array([3.0]), 0, 0.5, masks)
    assert found.z.tolist() == [1261, 1201, 61, 1]
    assert found.unscaled.tolist() == [631, 601, 31, 1]
    assert found.full == found.z.mean() == 631
    assert found.expected == found.unscaled.mean() == 316


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_the_mean_over_many_masks_comes_to_the_full_network(rng, keep_prob):
    theta, x = rng.normal(size=NETWORK.layout.size), rng.normal(size=2)
    (masks,) = dropout_masks((5,), 40_000, keep_prob, rng)
    found = expectation(NETWORK, theta, x, 1, keep_prob, masks)
    error = 4 * found.z.std() / np.sqrt(40_000)
    assert found.z.mean() == pytest.approx(found.full, abs=error)
    assert found.unscaled.mean() == pytest.approx(found.expected, abs=error)
    assert found.full == pytest.approx(NETWORK.forward(theta, x[:, None]).Z[2][1, 0])


def test_the_output_under_each_mask_is_that_of_the_thinned_network(rng):
    theta, x = rng.normal(size=NETWORK.layout.size), rng.normal(size=2)
    masks = dropout_masks((5, 4), 3, 0.5, rng)
    outputs = output_over_masks(NETWORK, theta, x, masks)
    for k in range(3):
        thin = thinned(NETWORK.layout, theta, [mask[:, k] for mask in masks])
        assert outputs[:, k] == pytest.approx(NETWORK.predict(thin, x[:, None])[:, 0])
