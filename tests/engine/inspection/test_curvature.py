import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.curvature import hessian_product, sharpness
from engine.nn.network import Network
from engine.optim.landscapes import LANDSCAPES, bowl
from engine.training.run import run

MOONS = Experiment(
    dataset="moons", samples=60, hidden=(4, 3), activation="tanh", epochs=40, learning_rate=0.5
)


def hessian(gradient, theta):
    """Return the whole Hessian (P, P), column by column."""
    columns = [hessian_product(gradient, theta, each) for each in np.eye(theta.size)]
    return np.stack(columns, axis=1)


def of_network(experiment):
    problem = load(experiment)
    network, (X, Y) = problem.network(experiment), (problem.train.X, problem.train.Y)
    return lambda theta: network.gradient(theta, X, Y)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_product_is_that_of_a_landscapes_own_hessian(name):
    landscape = LANDSCAPES[name]
    w, u = np.array(landscape.start), np.array([0.3, -2.0])
    found = hessian_product(landscape.gradient, w, u)
    assert found == pytest.approx(landscape.hessian(w) @ u, rel=1e-6, abs=1e-8)


def test_the_product_is_that_of_logistic_regressions_hessian():
    """Its Hessian is X diag(a (1 - a)) X^T / m, with a row of ones in X for the bias."""
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(3, 50)), (rng.random((1, 50)) < 0.5).astype(float)
    network, theta = Network((3, 1), output="sigmoid"), rng.normal(size=4)
    a = network.predict(theta, X)
    padded = np.vstack([X, np.ones((1, 50))])
    exact = (padded * (a * (1 - a))) @ padded.T / 50
    for u in rng.normal(size=(5, 4)):
        found = hessian_product(lambda theta: network.gradient(theta, X, y), theta, u)
        assert found == pytest.approx(exact @ u, rel=1e-7)


def test_many_networks_at_once_are_as_each_by_itself_and_nothing_times_h_is_nothing():
    rng = np.random.default_rng(2)
    gradient = of_network(MOONS)
    thetas = run(MOONS).snapshots.thetas[:3]
    directions = rng.normal(size=thetas.shape)
    together = hessian_product(gradient, thetas, directions)
    for theta, direction, product in zip(thetas, directions, together, strict=True):
        alone = hessian_product(gradient, theta, direction)
        assert product == pytest.approx(alone, rel=1e-6, abs=1e-9)
    assert not hessian_product(gradient, thetas, np.zeros_like(thetas)).any()


def test_the_sharpness_of_a_run_is_its_largest_eigenvalue_at_each_moment():
    gradient = of_network(MOONS)
    thetas = run(MOONS).snapshots.thetas[::10]
    rested = []
    found = sharpness(
        gradient, thetas, np.random.default_rng(3), tolerance=1e-9, rest=lambda: rested.append(1)
    )
    assert found.settled.all()
    assert rested
    for theta, largest, direction in zip(thetas, found.largest, found.direction, strict=True):
        whole = hessian(gradient, theta)
        values, vectors = np.linalg.eigh((whole + whole.T) / 2)
        assert largest == pytest.approx(values[-1], rel=1e-5)
        assert abs(direction @ vectors[:, -1]) == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize("values", [(1.0, -5.0), (-2.0, -7.0), (3.0, 3.0), (4.0, -4.0), (0.5, 40)])
def test_it_is_the_largest_and_not_the_largest_in_size(values):
    found = sharpness(
        lambda w: w * np.array(values), np.ones(2), np.random.default_rng(4), tolerance=1e-10
    )
    assert found.largest == pytest.approx(max(values), rel=1e-6)


def test_gradient_descent_settles_below_two_over_it_and_not_above():
    landscape = bowl(50, 30)
    start = np.array([1.0, 1.0])
    largest = float(sharpness(landscape.gradient, start, np.random.default_rng(5)).largest)
    assert largest == pytest.approx(50, rel=1e-4)
    for factor, is_settling in ((0.95, True), (1.05, False)):
        w = start
        for _ in range(200):
            w = w - factor * 2 / largest * landscape.gradient(w)
        assert (landscape.cost(w) < landscape.cost(start)) == is_settling


def test_what_has_not_settled_says_so():
    found = sharpness(
        lambda w: w * np.array([1.0, 0.99]), np.ones(2), np.random.default_rng(6), iterations=1
    )
    assert not found.settled.any()
