"""What excites a unit most: by hand, and against sorting everything at once."""

import numpy as np
import pytest

import engine.training.evaluation
from engine.data.samples import Samples
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.excitation import excited
from engine.nn.network import Network

POINTS = load(Experiment(dataset="moons", samples=200, noise=0.3)).train


def one_number(*values):
    rows = np.array(values)[:, None]
    return Samples(rows, np.zeros(len(rows), np.uint8), np.arange(len(rows)), np.eye(1))


def test_two_units_by_hand():
    # z = 2x + 1 and z = -x: the largest of 0.5, 3, -1 excites one, the smallest the other.
    network = Network((1, 2, 1))
    theta = np.array([2.0, -1.0, 1.0, 0.0, 1.0, 1.0, 0.0])
    hidden, output = excited(network, theta, one_number(0.5, 3.0, -1.0), 2)
    assert hidden.positions.tolist() == [[1, 0], [2, 0]]
    assert hidden.Z.tolist() == [[7, 2], [1, -0.5]]
    # relu(2x + 1) + relu(-x) is 2, 7 and 1.
    assert (output.positions.tolist(), output.Z.tolist()) == ([[1, 0]], [[7, 2]])


@pytest.mark.parametrize("elements", [1, 2**17], ids=["blocks of 32", "one block"])
@pytest.mark.parametrize("k", [1, 9, 40, 1000])
def test_blocks_give_what_sorting_all_at_once_gives(rng, monkeypatch, elements, k):
    monkeypatch.setattr(engine.training.evaluation, "_ELEMENTS", elements)
    network = Network((2, 5, 3, 1), "tanh", "sigmoid")
    theta = rng.normal(size=network.layout.size)
    found = excited(network, theta, POINTS, k)
    Z = network.forward(theta, POINTS.X).Z[1:]
    assert len(found) == len(Z) == 3
    for layer, z in zip(found, Z, strict=True):
        order = np.argsort(-z, axis=1)[:, :k]
        np.testing.assert_array_equal(layer.positions, order)
        np.testing.assert_allclose(layer.Z, np.take_along_axis(z, order, axis=1), rtol=1e-12)


@pytest.mark.parametrize("elements", [1, 2**17])
def test_of_equals_the_first_come_first(monkeypatch, elements):
    monkeypatch.setattr(engine.training.evaluation, "_ELEMENTS", elements)
    network = Network((2, 3, 1))
    found = excited(network, np.zeros(network.layout.size), POINTS, 4)
    for layer in found:
        assert (layer.positions < POINTS.m).all()
        assert (layer.positions == np.sort(layer.positions, axis=1)).all()


def test_what_is_no_number_excites_nobody():
    network = Network((1, 1), output="linear")
    with np.errstate(all="ignore"):
        (layer,) = excited(network, np.array([1.0, 0.0]), one_number(np.nan, 1.0, 2.0), 2)
    assert layer.positions.tolist() == [[2, 1]]
