"""The written network against the engine's, at weights where nothing is special."""

import math
from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.export.writing.network_code import network_pieces
from engine.export.writing.plan import plan
from engine.nn.activations import ACTIVATIONS
from engine.nn.network import Network
from engine.nn.regularization import dropout_masks


def written(experiment: Experiment) -> dict:
    """Return the functions of a script's network."""
    planned = plan(experiment)
    namespace = {"np": np, "math": math, "pairwise": pairwise, "cache": cache, "n": planned.n}
    namespace["g"] = planned.activations
    for piece in network_pieces(planned):
        exec(piece.code, namespace)
    return namespace


def parts(network: Network, theta):
    return [array for layer in network.layout.layers(theta) for array in layer]


MIXED = [
    *(((4, 3), (name, other)) for name, other in pairwise((*ACTIVATIONS, *ACTIVATIONS))),
    *(((4, 3), pair) for pair in product(("relu", "tanh", "elu"), repeat=2)),
    ((3,) * len(ACTIVATIONS), tuple(ACTIVATIONS)),
    ((3,) * 5, ("relu", "leaky_relu", "relu", "linear", "linear")),
    ((3,) * 5, ("tanh", "tanh", "sigmoid", "tanh", "linear")),
]


@pytest.mark.parametrize(
    ("hidden", "activation"),
    [
        *product([(), (3,), (4, 3, 2), (3,) * 5], ACTIVATIONS),
        *MIXED,
    ],
    ids=str,
)
@pytest.mark.parametrize("keep_prob", [1.0, 0.6])
def test_cost_and_gradient_are_the_engines(activation, hidden, keep_prob, rng):
    experiment = Experiment(hidden=hidden, activation=activation, keep_prob=keep_prob)
    network = Network((2, *hidden, 1), activation, "sigmoid")
    theta = rng.normal(size=network.layout.size)
    X, Y = rng.normal(size=(2, 9)), rng.integers(0, 2, (1, 9)).astype(float)
    masks = dropout_masks(hidden, 9, keep_prob, rng) if plan(experiment).has_dropout else None
    code, given = written(experiment), () if masks is None else (masks,)

    trace = code["forward"](parts(network, theta), X, *given)
    gradients = code["backward"](parts(network, theta), Y, *trace, *given, 1 / 9)

    cost = network.cost(theta, X, Y, masks=masks)
    np.testing.assert_allclose(code["cost"](trace[0][-1], Y), cost, rtol=1e-13)
    gradient = network.gradient(theta, X, Y, masks=masks)
    flat = np.concatenate([array.ravel() for array in gradients])
    np.testing.assert_allclose(flat, gradient, rtol=1e-12, atol=1e-15)
