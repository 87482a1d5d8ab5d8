"""Training, losses, scaling, data sets and counts against scikit-learn's, and SciPy's sigmoid."""

import numpy as np
import pytest
from scipy import special
from sklearn import datasets, metrics, preprocessing
from sklearn.neural_network import MLPClassifier

from engine.data import normalization
from engine.data.planar import on_circles, on_moons
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.confusion import confusion
from engine.nn.activations import sigmoid
from engine.nn.losses import LOSSES
from engine.training.run import run

THEIR_NAMES = {"linear": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
RATE, L2, EPOCHS = 0.2, 0.7, 20


def trained_by_scikit_learn(experiment, theta):
    """Return theta (P,) after full-batch gradient descent, and the cost before its last step."""
    problem = load(experiment)
    X, y = problem.train.X.T, problem.train.y
    network = MLPClassifier(
        experiment.hidden,
        activation=THEIR_NAMES[experiment.activation],
        solver="sgd",
        learning_rate_init=experiment.learning_rate,
        momentum=0,
        alpha=experiment.l2,
        batch_size=len(X),
        shuffle=False,
    )
    network.partial_fit(X, y, classes=np.unique(y))  # which lays out what is now set
    layers = problem.network(experiment).layout.layers(theta)
    for (W, b), coefs, intercepts in zip(layers, network.coefs_, network.intercepts_, strict=True):
        coefs[...], intercepts[...] = W.T, b[:, 0]
    for _ in range(experiment.epochs):
        network.partial_fit(X, y)
    parts = zip(network.coefs_, network.intercepts_, strict=True)
    found = np.concatenate([part for W, b in parts for part in (W.T.ravel(), b)])
    return found, network.loss_


@pytest.mark.parametrize("activation", THEIR_NAMES)
@pytest.mark.parametrize(
    ("dataset", "tolerance"),
    [("circles", 1e-12), ("mnist", 1e-5)],  # digits are trained in single precision
)
def test_gradient_descent_goes_where_scikit_learns_goes(rng, dataset, tolerance, activation):
    experiment = Experiment(
        dataset=dataset, samples=150, hidden=(6, 5), activation=activation, l2=L2,
        optimizer="gradient_descent", learning_rate=RATE, batch_size=0, epochs=EPOCHS,
    )  # fmt: skip
    problem = load(experiment)
    theta = rng.normal(scale=0.3, size=problem.network(experiment).layout.size)
    theta = theta.astype(problem.train.dtype)
    expected, cost = trained_by_scikit_learn(experiment, theta)
    ours = run(experiment, theta)
    assert np.abs(expected - theta).max() > 0.05  # it went somewhere
    np.testing.assert_allclose(ours.theta, expected, rtol=tolerance, atol=tolerance)
    before = ours.history["train_cost"][-2] + ours.history["penalty"][-2]
    assert before == pytest.approx(cost, rel=tolerance)


@pytest.mark.parametrize(("output", "classes"), [("sigmoid", 1), ("softmax", 4)])
def test_cross_entropies_are_log_losses(rng, output, classes):
    Z, labels = rng.normal(scale=3, size=(classes, 60)), np.arange(60) % max(classes, 2)
    Y = labels[np.newaxis] if output == "sigmoid" else np.eye(classes)[:, labels]
    loss = LOSSES[output]
    expected = metrics.log_loss(labels, loss.activation(Z).T)
    assert loss.loss(Z, Y).mean() == pytest.approx(expected, rel=1e-12)


def test_the_sigmoid_is_scipys(rng):
    z = rng.normal(scale=10, size=1000)
    np.testing.assert_allclose(sigmoid(z), special.expit(z), rtol=0, atol=1e-15)


def test_standardising_is_scikit_learns(rng):
    rows = rng.normal([5, -100, 0], [0.1, 30, 1e-6], size=(80, 3))
    rows = np.column_stack([rows, np.full(80, 0.1)])  # one that never varies
    others = rng.normal(size=(7, 4))
    theirs = preprocessing.StandardScaler().fit(rows)
    ours = normalization.fit(rows)
    np.testing.assert_allclose(ours.mu, theirs.mean_, rtol=1e-12)
    np.testing.assert_allclose(ours.sigma, theirs.scale_, rtol=1e-12)
    np.testing.assert_allclose(ours.apply(others), theirs.transform(others), rtol=1e-12)


def test_circles_are_scikit_learns():
    theirs, labels = datasets.make_circles(100, shuffle=False, factor=0.5)
    ours = on_circles(labels, np.tile(np.arange(50) / 50, 2))  # their circles are not closed
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_moons_are_scikit_learns_moved_and_shrunk():
    theirs, labels = datasets.make_moons(100, shuffle=False)
    ours = on_moons(labels, np.tile(np.linspace(0, 1, 50), 2))
    np.testing.assert_allclose(ours * 1.5 + [0.5, 0.25], theirs, atol=1e-12)


def test_a_confusion_is_scikit_learns(rng):
    labels, predictions = rng.integers(0, 5, (2, 200))
    theirs = metrics.confusion_matrix(labels, predictions, labels=range(6))  # of one class none
    np.testing.assert_array_equal(confusion(labels, predictions, 6).counts, theirs)
