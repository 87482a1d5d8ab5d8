import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.loss_plane import (
    Plane,
    Slice,
    of_path,
    of_random_directions,
    of_two_weights,
)
from engine.nn.parameters import Layout
from engine.training.run import run

CIRCLES = Experiment(
    dataset="circles", samples=60, hidden=(4, 3), activation="tanh", epochs=30, l2=0.1
)
DONE = run(CIRCLES)
PROBLEM = load(CIRCLES)
NETWORK = PROBLEM.network(CIRCLES)
X, Y = PROBLEM.train.X, PROBLEM.train.Y


def planes(rng):
    yield of_two_weights(DONE.theta, 3, 7)
    yield of_random_directions(DONE.theta, NETWORK.layout, rng)
    yield of_path(DONE.snapshots.thetas)[0]
    yield Plane(DONE.theta, rng.normal(size=(2, DONE.theta.size)) * [[1], [5]])


def test_coordinates_lead_back_to_the_theta_they_are_of():
    rng = np.random.default_rng(1)
    for plane in planes(rng):
        w = rng.normal(size=(5, 3, 2))
        thetas = plane.thetas(w)
        assert thetas.shape == (5, 3, DONE.theta.size)
        assert plane.coordinates(thetas) == pytest.approx(w)
        assert plane.distances(thetas) == pytest.approx(0, abs=1e-10)


def test_the_nearest_point_of_a_plane_is_at_a_right_angle_to_it():
    plane = Plane(np.zeros(3), np.array([[2.0, 0, 0], [1.0, 1, 0]]))
    assert plane.coordinates(np.array([3.0, 1.0, 4.0])).tolist() == pytest.approx([1.0, 1.0])
    assert plane.distances(np.array([3.0, 1.0, 4.0])) == pytest.approx(4.0)


def test_of_two_weights_changes_these_alone_and_stands_where_they_are():
    plane = of_two_weights(DONE.theta, 3, 7)
    assert plane.coordinates(DONE.theta) == pytest.approx(DONE.theta[[3, 7]])
    assert plane.distances(DONE.theta) == pytest.approx(0, abs=1e-12)
    moved = plane.thetas(np.array([10.0, 20.0]))
    assert np.flatnonzero(moved != DONE.theta).tolist() == [3, 7]


@pytest.mark.parametrize("sizes", [(2, 4, 3, 1), (3, 1), (2, 5, 3)])
def test_random_directions_are_as_long_in_each_unit_as_theta_and_spare_the_biases(sizes):
    layout = Layout(sizes)
    rng = np.random.default_rng(2)
    theta = rng.normal(size=layout.size)
    plane = of_random_directions(theta, layout, rng)
    for axis in plane.axes:
        for of_axis, of_theta in zip(layout.layers(axis), layout.layers(theta), strict=True):
            lengths = np.linalg.norm(of_axis.W, axis=1)
            assert lengths == pytest.approx(np.linalg.norm(of_theta.W, axis=1))
            assert not of_axis.b.any()
    assert not np.allclose(*plane.axes)


def test_the_plane_of_a_path_is_that_of_its_covariance_and_passes_through_its_end():
    thetas = DONE.snapshots.thetas
    plane, share = of_path(thetas)
    moved = thetas - thetas[-1]
    values, vectors = np.linalg.eigh(moved.T @ moved)
    assert share == pytest.approx(values[-2:].sum() / values.sum())
    assert np.abs(plane.axes @ vectors[:, [-1, -2]]) == pytest.approx(np.eye(2), abs=1e-6)
    assert plane.coordinates(thetas[-1]) == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_a_straight_path_and_one_that_stays_have_a_plane_as_well(steps):
    way = np.array([3.0, 0, 4.0])
    plane, share = of_path(np.arange(steps + 1.0)[:, None] * way)
    assert share == pytest.approx(1)
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2))


def test_a_slice_has_the_costs_of_the_networks_on_it():
    plane = of_path(DONE.snapshots.thetas)[0]
    rested = []
    part = Slice(NETWORK, plane, X, Y, l2=0.1, m=77, rest=lambda: rested.append(1))
    w = np.random.default_rng(3).normal(size=(40, 30, 2))
    costs = part.cost(w)
    assert costs.shape == (40, 30)
    assert len(rested) > 1
    for at in ((0, 0), (39, 29), (20, 7)):
        theta = plane.thetas(w[at])
        assert costs[at] == pytest.approx(NETWORK.cost(theta, X, Y, 0.0, 0.1, 77), rel=1e-12)


def test_the_gradient_of_a_slice_is_that_of_its_cost():
    rng = np.random.default_rng(4)
    for plane in planes(rng):
        part = Slice(NETWORK, plane, X, Y, l1=0.01, l2=0.1)
        for w in plane.coordinates(DONE.theta) + rng.normal(size=(4, 2)) * 0.1:
            steps = 1e-6 * np.eye(2)
            central = (part.cost(w + steps) - part.cost(w - steps)) / 2e-6
            assert part.gradient(w) == pytest.approx(central, rel=1e-5, abs=1e-8)


def test_no_places_have_no_costs():
    part = Slice(NETWORK, of_two_weights(DONE.theta, 0, 1), X, Y)
    assert part.cost(np.empty((0, 2))).shape == (0,)
    assert part.gradient(np.empty((3, 0, 2))).shape == (3, 0, 2)


def test_a_slice_far_away_overflows_in_silence():
    part = Slice(NETWORK, of_two_weights(DONE.theta, 0, 1), X, Y, l2=1.0)
    assert not np.isfinite(part.cost(np.array([[1e200, 1e200]]))).all()
