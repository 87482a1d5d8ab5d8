"""Networks, samples and learning rates drawn at random, of all sizes that a step is shown for."""

from typing import NamedTuple

import numpy as np

from engine.inspection.one_step.step import Step, take_step
from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES
from engine.nn.network import Network

COUNT = 200


class Drawn(NamedTuple):
    """A network, its theta, and samples with a learning rate."""

    network: Network
    theta: np.ndarray
    X: np.ndarray
    Y: np.ndarray
    alpha: float

    @property
    def step(self) -> Step:
        return take_step(*self)


def drawn(k: int) -> Drawn:
    """Return the k-th of the networks: outputs, activations and depths take turns."""
    rng = np.random.default_rng([7, k])
    output = list(LOSSES)[k % len(LOSSES)]
    hidden = tuple(int(n) for n in rng.integers(1, 5, k % 3))
    names = tuple(rng.choice(list(ACTIVATIONS), len(hidden)))
    n_y = int(rng.integers(2 if output == "softmax" else 1, 4))
    network = Network((int(rng.integers(1, 4)), *hidden, n_y), names, output)
    m = int(rng.integers(1, 9))
    labels = rng.integers(0, n_y, m)
    Y = {
        "sigmoid": rng.integers(0, 2, (n_y, m)).astype(float),
        "softmax": np.eye(n_y)[:, labels],
        "linear": rng.normal(size=(n_y, m)),
    }[output]
    theta = rng.normal(size=network.layout.size)
    return Drawn(
        network, theta, rng.normal(size=(network.sizes[0], m)), Y, float(rng.uniform(0, 3))
    )
