"""One task for all, 784-64-10 on MNIST in mini-batches of 64, and those who can do it."""

import warnings
from collections.abc import Callable

import numpy as np

from engine.data import mnist
from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from engine.training.run import train
from tests.benchmarks.timing import Contender

HIDDEN, CLASSES, BATCH, RATE = 64, 10, 64, 0.1


def engine(epochs: int) -> Contender:
    """Return the public training loop, with its history and the test accuracy of every epoch."""
    experiment = Experiment(
        dataset="mnist",
        samples=0,
        dev_fraction=0.0,
        hidden=(HIDDEN,),
        activation="relu",
        initializer="he",
        learning_rate=RATE,
        batch_size=BATCH,
        epochs=epochs,
    )

    def contender() -> None:
        for _ in train(experiment):
            pass

    return contender


def products(epochs: int, in_cache: bool) -> Contender:
    """Return the five matrix products of every training step and nothing else.

    Each step multiplies its own mini-batch, read in order from one shuffled float32 copy of the
    training set that is made here, outside the clock; or, in the cache, the first one again and
    again.
    """
    rng = np.random.default_rng(0)
    images = mnist.load().train_images
    rows = _floats(images[rng.permutation(len(images))])
    W1, W2 = (
        rng.normal(0, n_in**-0.5, (n_out, n_in)).astype(np.float32)
        for n_out, n_in in ((HIDDEN, rows.shape[1]), (CLASSES, HIDDEN))
    )
    dW1, dW2 = np.empty_like(W1), np.empty_like(W2)
    widths = [min(BATCH, len(rows) - start) for start in range(0, len(rows), BATCH)]
    arrays = {
        m: [np.empty((n, m), np.float32) for n in (HIDDEN, CLASSES, HIDDEN)] for m in set(widths)
    }

    def contender() -> None:
        for _ in range(epochs):
            start = 0
            for m in widths:
                Z1, Z2, dZ1 = arrays[m]
                X = rows[start : start + m].T
                np.matmul(W1, X, out=Z1)
                np.matmul(W2, Z1, out=Z2)
                np.matmul(Z2, Z1.T, out=dW2)
                np.matmul(W2.T, Z2, out=dZ1)
                np.matmul(dZ1, X.T, out=dW1)
                start += 0 if in_cache else m

    return contender


def pytorch(epochs: int) -> Contender:
    """Return PyTorch's eager training loop; ImportError where it is not installed."""
    import torch

    torch.set_num_threads(1)
    data = mnist.load()
    X, X_test = (torch.from_numpy(_floats(i)) for i in (data.train_images, data.test_images))
    y, y_test = (
        torch.from_numpy(i.astype(np.int64)) for i in (data.train_labels, data.test_labels)
    )
    cross_entropy = torch.nn.CrossEntropyLoss()

    def contender() -> None:
        network = torch.nn.Sequential(
            torch.nn.Linear(X.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES)
        )
        optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
        for _ in range(epochs):
            for batch in torch.randperm(len(X)).split(BATCH):
                optimizer.zero_grad()
                cross_entropy(network(X[batch]), y[batch]).backward()
                optimizer.step()
            with torch.no_grad():
                (network(X_test).argmax(1) == y_test).float().mean()

    return contender


def scikit_learn(epochs: int) -> Contender:
    """Return scikit-learn's MLPClassifier, tested once; ImportError where it is not installed."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    data = mnist.load()
    X, X_test = _floats(data.train_images), _floats(data.test_images)

    def contender() -> None:
        network = MLPClassifier(
            (HIDDEN,),
            solver="sgd",
            learning_rate_init=RATE,
            momentum=0,
            batch_size=BATCH,
            alpha=0,
            max_iter=epochs,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            network.fit(X, data.train_labels)
        network.score(X_test, data.test_labels)

    return contender


OTHERS: dict[str, Callable[[int], Contender]] = {
    "PyTorch eager": pytorch,
    "scikit-learn": scikit_learn,
}
BOUNDS = {"PyTorch eager": 0.33, "scikit-learn": 0.6}
"""How much of their time the engine may take."""


def _floats(images: Array) -> Array:
    """Return pixels 0..255 as float32 from 0 to 1."""
    return np.multiply(images, np.float32(1 / 255))
