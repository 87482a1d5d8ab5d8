"""What depth does: how large activations and gradients are, layer by layer, and where they go."""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.probes import rms
from engine.nn.memory import aligned_copy
from engine.nn.network import Network, Pass
from engine.nn.types import Array

VANISHED = 1e-7
"""A layer's gradient has vanished below this share of the last layer's, or of the error at the
output. What is this small beside 1 is lost when float32 adds it to 1; a layer that learns 10^7
times as slowly learns nothing."""

EXPLODED = 10.0
"""A gradient has exploded above this, per weight: no sample's dJ/dz is over 1 at the output, so in
a network of sound scale no weight's gradient is, and α = 0.1 would move every weight by 1."""

SAMPLES = 256
"""So many training samples are looked at, evenly spaced, or all if there are no more."""

_ELEMENTS = 2**20
"""Activations held at once while many thetas are looked at."""


class Profile(NamedTuple):
    """Root mean squares of the layers l = 1 .. L, each (..., L); inf or NaN where they overflow.

    activation  of A[l], over units and samples
    passed      of dZ[l], the derivative of a sample's own loss, over units and samples
    gradient    of dW[l], the derivative of J, over weights
    """

    activation: Array
    passed: Array
    gradient: Array


@dataclass(frozen=True, eq=False)
class View:
    """A network and the samples X (n_0, m), Y (n_L, m) that it is looked at with."""

    network: Network
    X: Array
    Y: Array

    @classmethod
    def of(cls, experiment: Experiment) -> "View":
        """Return the network of an experiment and some of its training samples."""
        problem = load(experiment)
        samples = problem.train.thinned(SAMPLES)
        return cls(problem.network(experiment), samples.X, samples.Y)

    def profiles(self, thetas: Array, rest: Callable[[], None] = lambda: None) -> Profile:
        """Return the profile of each theta (K, P), arrays (K, L); `rest` is called on the way."""
        m = self.X.shape[-1]
        block = max(1, _ELEMENTS // (m * sum(self.network.sizes)))
        parts = []
        for k in range(0, len(thetas), block):
            rest()
            parts.append(self._profile(thetas[k : k + block]))
        return Profile(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _profile(self, thetas: Array) -> Profile:
        m = self.X.shape[-1]
        thetas = aligned_copy(thetas, self.X.dtype)
        way = Pass(self.network, thetas, (len(thetas), m))
        with np.errstate(all="ignore"):
            trace = way.forward(self.X)
            gradient = way.backward(self.Y, 1 / m)
            weights = [layer.W for layer in self.network.layout.layers(gradient)]
            return Profile(_per_layer(trace.A[1:]), m * _per_layer(way.dZ), _per_layer(weights))


def _per_layer(arrays: Sequence[Array]) -> Array:
    return np.stack([rms(array) for array in arrays], axis=-1)


class State(enum.Enum):
    """What has become of a layer's gradient."""

    SOUND = "sound"
    VANISHED = "vanished"
    NOTHING = "exactly 0"
    EXPLODED = "exploded"
    OVERFLOW = "overflow"


def states(gradient: Array, error: float = 0.0) -> list[State]:
    """Judge the gradients (L,) of W[1] to W[L]; `error` is the size of dZ[L] at the output.

    >>> [state.value for state in states(np.array([0.0, 1e-10, 1e-3, 1e-2]))]
    ['exactly 0', 'vanished', 'sound', 'sound']
    >>> [state.value for state in states(np.array([1e-20, 1e-20]), error=0.5)]
    ['vanished', 'vanished']
    """
    references = [value for value in (float(gradient[-1]), error) if np.isfinite(value)]
    bound = VANISHED * max(references, default=0.0)
    return [_state(float(value), bound) for value in gradient]


def _state(value: float, bound: float) -> State:
    if not np.isfinite(value):
        return State.OVERFLOW
    if value == 0:
        return State.NOTHING
    if value > EXPLODED:
        return State.EXPLODED
    return State.VANISHED if value < bound else State.SOUND


class Linear(NamedTuple):
    """The notes' network of W[l] = w I without biases and activations, on an input of ones.

    activation  a[l] for l = 0 .. L, (L + 1,): w^l
    passed      dJ/da[l] as a share of dJ/da[L], for l = 1 .. L, (L,): w^(L - l)
    gradient    dJ/dw[l] where dJ/da[L] is 1, for l = 1 .. L, (L,): w^(L - 1), the same for all
    """

    activation: Array
    passed: Array
    gradient: Array


def linear(w: float, depth: int, units: int = 2) -> Linear:
    """Send a sample forwards and backwards through `depth` layers W = w I of `units` units."""
    network = Network((units,) * (depth + 1), hidden="linear", output="linear")
    theta = np.zeros(network.layout.size)
    for layer in network.layout.layers(theta):
        layer.W[...] = w * np.eye(units)
    X = np.ones((units, 1))
    # Squared error against 0 starts the way back at dZ[L] = A[L]; that factor is divided out.
    way = Pass(network, theta, (1,))
    trace = way.forward(X)
    layers = network.layout.layers(way.backward(np.zeros((units, 1)), 1.0))
    start = way.dZ[-1][0, 0]
    return Linear(
        np.array([A[0, 0] for A in trace.A]),
        np.array([dZ[0, 0] for dZ in way.dZ]) / start,
        np.array([layer.W[0, 0] for layer in layers]) / start,
    )


@dataclass(frozen=True, kw_only=True)
class PublishedStudy:
    """One of the published starts of ten layers of 500 units, and the deviations found there.

    `is_printed` says that the lecture prints these numbers; the others were recomputed elsewhere.
    """

    title: str
    activation: str
    initializer: str
    published: tuple[float, ...]
    is_printed: bool = False


STUDIES = {
    "tanh_small": PublishedStudy(
        title="tanh, N(0, 0.01²)",
        activation="tanh",
        initializer="small",
        published=(
            *(0.213081, 0.047551, 0.010630, 0.002378, 0.000532),
            *(0.000119, 0.000026, 0.000006, 0.000001, 0.000000),
        ),
        is_printed=True,
    ),
    "tanh_large": PublishedStudy(
        title="tanh, N(0, 1)",
        activation="tanh",
        initializer="large",
        published=(0.982,) * 10,
    ),
    "tanh_xavier": PublishedStudy(
        title="tanh, Xavier",
        activation="tanh",
        initializer="xavier",
        published=(0.627, 0.486, 0.408, 0.357, 0.321, 0.294, 0.272, 0.255, 0.241, 0.228),
    ),
    "relu_xavier": PublishedStudy(
        title="ReLU, Xavier",
        activation="relu",
        initializer="xavier",
        published=(0.583, 0.410, 0.283, 0.197, 0.138, 0.098, 0.069, 0.048, 0.034, 0.024),
    ),
    "relu_he": PublishedStudy(
        title="ReLU, He",
        activation="relu",
        initializer="he",
        published=(
            *(0.825232, 0.827835, 0.813855, 0.826902, 0.834092),
            *(0.860035, 0.870610, 0.889348, 0.845357, 0.844523),
        ),
        is_printed=True,
    ),
}
"""Stanford CS231n, 2017, lecture 6: ten layers of 500 units on 1,000 inputs N(0, 1)."""


_COLUMNS = 100
"""So many samples go through the network at once."""


def deviations(
    study: PublishedStudy,
    rng: np.random.Generator,
    layers: int = 10,
    units: int = 500,
    samples: int = 1000,
    rest: Callable[[], None] = lambda: None,
) -> Array:
    """Return the standard deviation of the activations A[1] .. A[layers], shape (layers,).

    `rest` is called now and then on the way.
    """
    X = rng.standard_normal((units, samples))
    network = Network((units,) * (layers + 1) + (1,), hidden=study.activation, output="linear")
    theta = network.layout.initialize(rng, study.initializer)
    activations: list[list[Array]] = []
    for part in np.split(X, range(_COLUMNS, samples, _COLUMNS), axis=1):
        rest()
        activations.append(network.forward(theta, part).A[1:-1])
    return np.array([np.hstack(A).std() for A in zip(*activations, strict=True)])


PUBLISHED_DEPTHS = (5, 10, 20, 30)
"""How many hidden layers the depth study has been run with."""

DEPTH_TABLE = {
    "he": ((0.893, 0.908), (0.888, 0.907), (0.856, 0.864), (0.853, 0.849)),
    "xavier": ((0.815, 0.859), (0.321, 0.293), (0.1135, 0.1135), (0.1135, 0.1135)),
}
"""Test accuracies of two seeds at those depths, found with another program on the same digits."""

GUESSING = 0.1135
"""The share of test digits that are a 1: what a network gets right that always says so."""


def depth_study(layers: int, initializer: str, seed: int = 0) -> Experiment:
    """Return the run that stands in for He et al. (2015): can it learn through so many layers?"""
    return Experiment(
        dataset="mnist", samples=20_000, dev_fraction=0.0, hidden=(64,) * layers,
        activation="relu", initializer=initializer, learning_rate=0.01, batch_size=64, epochs=3,
        seed=seed,
    )  # fmt: skip
