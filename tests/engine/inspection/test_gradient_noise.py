"""The noise of mini-batch gradients, against all mini-batches that there are."""

from itertools import combinations

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.gradient_noise import deviation, noise, spread
from engine.training.run import run

TINY = Experiment(
    dataset="moons", samples=10, train_fraction=0.6, dev_fraction=0.0, hidden=(3,),
    activation="tanh", epochs=3,
)  # fmt: skip
BLOBS = TINY.but(dataset="blobs", classes=4, samples=12, train_fraction=0.5, hidden=(4, 3))
DIGITS = Experiment(dataset="mnist", samples=40, dev_fraction=0.0, hidden=(6,), epochs=1)


def opened(experiment):
    problem = load(experiment)
    return problem.network(experiment), run(experiment).theta, problem.train


def gradients(network, theta, samples):
    """Each sample's own, (m, P)."""
    X, Y = samples.X.astype(float), samples.Y.astype(float)
    theta = theta.astype(float)
    return np.stack([network.gradient(theta, X[:, [i]], Y[:, [i]]) for i in range(samples.m)])


@pytest.mark.parametrize("experiment", [TINY, BLOBS], ids=["sigmoid", "softmax"])
def test_it_is_the_mean_over_every_batch_that_can_be_drawn(experiment):
    network, theta, samples = opened(experiment)
    each, m = gradients(network, theta, samples), samples.m
    found, gradient = spread(network, theta, samples)
    np.testing.assert_allclose(gradient, each.mean(axis=0), rtol=1e-10, atol=1e-14)
    for size in range(1, m + 1):
        means = [each[list(batch)].mean(axis=0) for batch in combinations(range(m), size)]
        mean_square = np.mean([((mean - gradient) ** 2).sum() for mean in means])
        np.testing.assert_allclose(
            deviation(found, size, m) ** 2, mean_square, rtol=1e-10, atol=1e-20
        )


def test_the_spread_of_digits_is_that_of_their_own_gradients():
    network, theta, samples = opened(DIGITS)
    each = gradients(network, theta, samples)
    found, _ = spread(network, theta, samples)
    expected = (each**2).sum(axis=1).mean() - (each.mean(axis=0) ** 2).sum()
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("experiment", [TINY.but(samples=500), DIGITS.but(samples=100)])
def test_what_is_measured_is_near_and_falls_like_one_over_the_root(experiment):
    network, theta, samples = opened(experiment)
    found = noise(network, theta, samples, np.random.default_rng(0))
    assert found.sizes[:4].tolist() == [1, 2, 4, 8]
    assert found.sizes[-1] == samples.m
    np.testing.assert_allclose(found.measured[:-1], found.exact[:-1], rtol=0.35)
    assert found.measured[-1] == found.exact[-1] == 0
    assert found.exact[0] / found.exact[2] == pytest.approx(2, rel=0.06)
    gradient = network.gradient(theta, samples.X, samples.Y)
    assert found.norm == pytest.approx(np.linalg.norm(gradient), rel=1e-5)


def test_of_large_mini_batches_a_few_are_enough(monkeypatch):
    network, theta, samples = opened(TINY.but(samples=500))
    looked_at, select = [], type(samples).select

    def counted(self, positions):
        looked_at.append(len(positions))
        return select(self, positions)

    monkeypatch.setattr("engine.inspection.gradient_noise.MOST_SAMPLES", 512)
    monkeypatch.setattr(type(samples), "select", counted)
    noise(network, theta, samples, np.random.default_rng(0))
    assert [looked_at.count(size) for size in (1, 16, 32, 64, 256)] == [32, 32, 16, 8, 4]


def test_the_whole_set_has_no_noise_and_a_single_sample_is_the_whole_set():
    network, theta, samples = opened(TINY)
    alone = noise(network, theta, samples.select(np.arange(1)), np.random.default_rng(0))
    assert (alone.sizes.tolist(), alone.measured.tolist(), alone.exact.tolist()) == ([1], [0], [0])


def test_others_are_let_go_first_on_the_way():
    network, theta, samples = opened(TINY)
    rests = []
    noise(network, theta, samples, np.random.default_rng(0), lambda: rests.append(True))
    assert len(rests) > 90
