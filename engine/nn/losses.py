"""Output activations paired with their costs, from the logits Z[L] so that nothing overflows.

In all three pairs the derivative of one sample's loss with respect to its logits is A - Y.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.activations import WRITTEN_SIGMOID, sigmoid
from engine.nn.decision import ZERO, names_one
from engine.nn.derivation import BINARY, CATEGORICAL, SQUARED, Derivation
from engine.nn.types import Array


class Written(NamedTuple):
    """A loss as functions for a script of its own, each as its source.

    activation   the output's function of Z
    cost         cost(Z, Y) -> the mean loss
    accuracy     accuracy(Z, Y) -> the share classified rightly; {samples} is what they are called
    words        how the loss is computed and a class named, in Markdown; {label} is what a class is
                 called
    """

    activation: str
    cost: str
    accuracy: str
    words: str


class Loss(NamedTuple):
    """An output activation and the loss that belongs to it.

    activation(Z, out=None) -> A, the prediction, shape (..., n_y, m)
    loss(Z, Y) -> the loss of each sample, shape (..., m), in nats for the two cross-entropies
    correct(Z, labels) -> whether each sample is classified rightly, shape (..., m), booleans;
        labels (m,) are class numbers
    `title` is its name, `formula` LaTeX for one sample's loss, `written` the same in NumPy code,
    `derivation` takes it apart by way of A.
    """

    title: str
    activation: Callable[..., Array]
    loss: Callable[[Array, Array], Array]
    correct: Callable[[Array, Array], Array]
    formula: str
    written: Written
    derivation: Derivation


def softmax(Z: Array, out: Array | None = None) -> Array:
    """Return exp(z_k) / sum_j exp(z_j) down each column of Z (..., n_y, m).

    The largest logit of each column is subtracted first, which changes nothing but the overflow.

    >>> softmax(np.array([[1000.0], [1000.0]])).ravel()
    array([0.5, 0.5])
    """
    A: Array = np.subtract(Z, np.maximum.reduce(Z, axis=-2, keepdims=True), out=out)
    np.exp(A, out=A)
    return np.divide(A, np.add.reduce(A, axis=-2, keepdims=True), out=A)


def log_sum_exp(Z: Array) -> Array:
    """Return log sum_j e^(z_j) down each column of Z (..., n_y, m), shape (..., 1, m).

    So log a_k = z_k - log_sum_exp(z) for a = softmax(z), also where a_k itself underflows.

    >>> Z = np.array([[1000.0], [0.0]])
    >>> (Z - log_sum_exp(Z)).ravel()
    array([    0., -1000.])
    """
    top = np.maximum.reduce(Z, axis=-2, keepdims=True)
    total: Array = top + np.log(np.add.reduce(np.exp(Z - top), axis=-2, keepdims=True))
    return total


def binary_cross_entropy(Z: Array, Y: Array) -> Array:
    """Return -y log a - (1 - y) log(1 - a) with a = sigmoid(z), as log(1 + e^z) - y z.

    >>> binary_cross_entropy(np.array([[0.0, 1000.0, -1000.0]]), np.array([[1.0, 1.0, 1.0]]))
    array([6.93147181e-01, 0.00000000e+00, 1.00000000e+03])
    """
    losses: Array = np.add.reduce(np.logaddexp(0, Z) - Y * Z, axis=-2)
    return losses


def categorical_cross_entropy(Z: Array, Y: Array) -> Array:
    """Return -sum_k y_k log a_k with a = softmax(z), as log sum_k e^(z_k) - sum_k y_k z_k."""
    top = np.maximum.reduce(Z, axis=-2, keepdims=True)
    shifted = Z - top
    picked = np.add.reduce(Y * shifted, axis=-2)
    np.exp(shifted, out=shifted)
    losses: Array = np.log(np.add.reduce(shifted, axis=-2)) - picked
    return losses


def squared_error(Z: Array, Y: Array) -> Array:
    """Return sum_k (a_k - y_k)^2 / 2 with a = z; the half makes the derivative a - y."""
    losses: Array = 0.5 * np.add.reduce((Z - Y) ** 2, axis=-2)
    return losses


def _correct_binary(Z: Array, labels: Array) -> Array:
    correct: Array = names_one(Z[..., 0, :]) == (labels > 0)
    return correct


def _correct_class(Z: Array, labels: Array) -> Array:
    # A product finds the largest logit's row faster than argmax, where no two are the largest.
    top = np.maximum.reduce(Z, axis=-2, keepdims=True)
    is_top = top == Z
    is_clear = np.count_nonzero(is_top) == top.size
    classes = np.arange(Z.shape[-2], dtype=Z.dtype) @ is_top if is_clear else Z.argmax(axis=-2)
    correct: Array = classes == labels
    return correct


def _correct_rounded(Z: Array, labels: Array) -> Array:
    correct: Array = np.rint(Z[..., 0, :]) == labels
    return correct


LOSSES: dict[str, Loss] = {
    "sigmoid": Loss(
        "Cross-entropy",
        sigmoid,
        binary_cross_entropy,
        _correct_binary,
        r"\mathcal{L} = -y \log a - (1 - y) \log(1 - a)",
        Written(
            WRITTEN_SIGMOID,
            '''\
def cost(Z, Y):
    """Return the mean loss, -y log a - (1 - y) log(1 - a), given the last layer's Z."""
    return np.mean(np.logaddexp(0, Z) - Y * Z)''',
            f'''\
def accuracy(Z, Y):
    """Return the share of the {{samples}} on the right side of a = 0.5."""
    return np.mean((Z > {ZERO:g}) == (Y > 0))''',
            r"written in the logit as $\log(1 + e^z) - y z$, which cannot overflow. A sample "
            "counts as class 1 where $z > 0$, which is $a > 0.5$. Where $z$ is zero but for "
            "rounding it is a tie, and counts as class 0.",
        ),
        BINARY,
    ),
    "softmax": Loss(
        "Cross-entropy",
        softmax,
        categorical_cross_entropy,
        _correct_class,
        r"\mathcal{L} = -\sum_k y_k \log a_k",
        Written(
            '''\
def softmax(Z):
    """Return exp(z_k) / sum_j exp(z_j) down each column; the largest z is subtracted first."""
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)''',
            '''\
def cost(Z, Y):
    """Return the mean loss, -sum_k y_k log a_k, given the last layer's Z."""
    Z = Z - Z.max(axis=0)
    losses = np.log(np.exp(Z).sum(axis=0)) - (Y * Z).sum(axis=0)
    return np.mean(losses, dtype=np.float64)''',
            '''\
def accuracy(Z, Y):
    """Return the share of the {samples} whose largest output is the right one."""
    return np.mean(Z.argmax(axis=0) == Y.argmax(axis=0))''',
            r"written in the logits as $\log \sum_k e^{{z_k}} - \sum_k y_k z_k$. The {label} that "
            "is read is the largest output.",
        ),
        CATEGORICAL,
    ),
    "linear": Loss(
        "Squared error",
        np.positive,
        squared_error,
        _correct_rounded,
        r"\mathcal{L} = \tfrac{1}{2} \sum_k (a_k - y_k)^2",
        Written(
            '''\
def linear(Z):
    """Return Z."""
    return Z''',
            '''\
def cost(Z, Y):
    """Return the mean loss, sum_k (a_k - y_k)^2 / 2."""
    return np.mean(0.5 * ((Z - Y) ** 2).sum(axis=0))''',
            '''\
def accuracy(Z, Y):
    """Return the share of the {samples} whose first output rounds to the right number."""
    return np.mean(np.rint(Z[0]) == Y[0])''',
            "whose half makes the derivative $a - y$. What is read is rounded.",
        ),
        SQUARED,
    ),
}
