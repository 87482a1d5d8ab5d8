"""A neuron's cost and gradient, with Python's loops and with NumPy, and how long each takes.

Both are logistic regression as the course notes write it: `loop` is their loop over the samples
and, within it, over the inputs; `vector` the same without a loop.
"""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Gradient(NamedTuple):
    """What a step needs: the cost J, dw (n,), and db."""

    J: float
    dw: Array
    db: float


def loop(w: Array, b: float, X: Array, y: Array) -> Gradient:
    """Return the gradient of one neuron, sample by sample: w (n,), X (n, m), y (m,)."""
    n, m = X.shape
    rows, labels, weights = X.tolist(), y.tolist(), w.tolist()
    J, db = 0.0, 0.0
    dw = [0.0] * n
    for i in range(m):
        z = b
        for j in range(n):
            z += weights[j] * rows[j][i]
        # log(1 + e^z) - yz is the loss of a = sigmoid(z), and stays finite where a rounds to 0 or 1
        a = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
        J += max(z, 0.0) + math.log1p(math.exp(-abs(z))) - labels[i] * z
        dz = a - labels[i]
        for j in range(n):
            dw[j] += rows[j][i] * dz
        db += dz
    return Gradient(J / m, np.array(dw) / m, db / m)


def vector(w: Array, b: float, X: Array, y: Array) -> Gradient:
    """Return the same without a loop."""
    m = X.shape[1]
    z = w @ X + b
    J = float(np.logaddexp(0, z).sum() - y @ z) / m
    dz = np.exp(-np.logaddexp(0, -z)) - y
    return Gradient(J, X @ dz / m, float(dz.sum()) / m)


class Lap(NamedTuple):
    """How long both take for m samples, in seconds; `is_estimated` if the loop was too long to run.

    Then its time is that of fewer samples, times as many.
    """

    m: int
    loop: float
    vector: float
    is_estimated: bool

    @property
    def ratio(self) -> float:
        """How many times as long the loop takes."""
        return self.loop / self.vector


LONGEST_LOOP = 20_000
"""So many numbers a loop goes through in earnest, some hundredths of a second; of more it is
estimated, as the time of a loop grows with their number."""

REPEATS = 3


def lap(
    n: int, m: int, rng: np.random.Generator, clock: Callable[[], float] = time.perf_counter
) -> Lap:
    """Time both for m samples of n inputs: the shortest of a few times each.

    A first call of each, which is not timed, brings what they need into memory.
    """
    X, y = rng.standard_normal((n, m)), (rng.random(m) < 0.5).astype(float)
    w, b = rng.standard_normal(n), 0.0
    few = max(1, min(m, LONGEST_LOOP // n))
    of_loop = _shortest(lambda: loop(w, b, X[:, :few], y[:few]), clock)
    of_vector = _shortest(lambda: vector(w, b, X, y), clock)
    return Lap(m, of_loop * m / few, of_vector, few < m)


def _shortest(work: Callable[[], object], clock: Callable[[], float]) -> float:
    work()
    times = []
    for _ in range(REPEATS):
        start = clock()
        work()
        times.append(clock() - start)
    return max(min(times), 1e-9)
