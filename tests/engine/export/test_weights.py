import io
import json

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.export.weights import archive
from engine.nn.network import Network
from engine.training.run import run

MOONS = Experiment(dataset="moons", samples=60, hidden=(4, 3), epochs=5, standardize=True)
MNIST = Experiment(dataset="mnist", samples=100, hidden=(8,), epochs=1, standardize=True)


@pytest.mark.parametrize(
    "experiment", [Experiment(epochs=5), MOONS, MNIST], ids=lambda e: e.dataset
)
def test_what_was_archived_is_read_back_and_predicts_the_same(experiment):
    theta = run(experiment).theta
    stored = np.load(io.BytesIO(archive(experiment, theta, 5)))
    again = Experiment(**json.loads(stored["experiment"].item()))
    assert again == experiment
    assert stored["epoch"] == 5
    arrays = [stored[f"{letter}{l}"] for l in range(1, len(again.hidden) + 2) for letter in "Wb"]
    np.testing.assert_array_equal(np.concatenate([array.ravel() for array in arrays]), theta)
    assert arrays[0].dtype == theta.dtype


def test_the_arrays_have_the_shapes_of_the_notes():
    stored = np.load(io.BytesIO(archive(MOONS, run(MOONS).theta, 5)))
    shapes = {name: stored[name].shape for name in ("W1", "b1", "W2", "b2", "W3", "b3")}
    assert shapes == {
        "W1": (4, 2), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1),
    }  # fmt: skip


def test_mu_and_sigma_make_raw_inputs_what_the_network_saw():
    finished, problem = run(MOONS), load(MOONS)
    stored = np.load(io.BytesIO(archive(MOONS, finished.theta, 5)))
    X = ((problem.points - stored["mu"]) / stored["sigma"]).T
    A = np.tanh if MOONS.activation == "tanh" else lambda Z: 1 / (1 + np.exp(-Z))
    A1 = A(stored["W1"] @ X + stored["b1"])
    A2 = A(stored["W2"] @ A1 + stored["b2"])
    A3 = 1 / (1 + np.exp(-(stored["W3"] @ A2 + stored["b3"])))
    network = Network((2, 4, 3, 1), MOONS.activation, "sigmoid")
    train = problem.train
    np.testing.assert_allclose(
        A3[:, train.index], network.predict(finished.theta, train.X), rtol=1e-12
    )


def test_without_standardising_there_is_no_mu():
    stored = np.load(io.BytesIO(archive(Experiment(), np.zeros(13), 0)))
    assert {"mu", "sigma"} & set(stored.files) == set()
