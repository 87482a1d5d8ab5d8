"""What a small network does at single points, number by number."""

from typing import NamedTuple

import numpy as np

from engine.data.planar import xor
from engine.nn.decision import ZERO
from engine.nn.network import Network
from engine.nn.types import Array


class Condition(NamedTuple):
    """One of the four conditions that XOR puts on a single neuron, at its present weights.

    The neuron must have z = b + w1 x1 + w2 x2 above 0 where the label is 1 and below where it is 0.
    `formula` is the condition in LaTeX, `z` the number on its left side now. A z that is 0 but for
    rounding is neither.
    """

    x1: int
    x2: int
    label: int
    formula: str
    z: float

    @property
    def holds(self) -> bool:
        return self.z > ZERO if self.label else self.z < -ZERO


class Contradiction(NamedTuple):
    """The number 2b + w1 + w2, which two of the conditions want negative and two positive."""

    value: float

    @property
    def broken(self) -> str:
        """Return which pair of conditions it contradicts now."""
        if self.value > ZERO:
            return "below"
        return "above" if self.value < -ZERO else "both"


def xor_conditions(theta: Array) -> tuple[list[Condition], Contradiction]:
    """Return XOR's four conditions for a perceptron 2-1 with theta = (w1, w2, b).

    The first and the last add up to 2b + w1 + w2 < 0, the two others to 2b + w1 + w2 > 0: no
    weights can meet all four.

    >>> conditions, contradiction = xor_conditions(np.array([1.0, 1.0, -0.5]))  # OR
    >>> [condition.holds for condition in conditions], contradiction.value
    ([True, True, True, False], 1.0)
    """
    w1, w2, b = map(float, theta)
    points, labels = xor(np.random.default_rng(0), 4, 0.0, 2, 2)
    conditions = []
    for (x1, x2), label in zip(points.astype(int).tolist(), labels.tolist(), strict=True):
        terms = ["b", *(["w_1"] if x1 else []), *(["w_2"] if x2 else [])]
        formula = f"{' + '.join(terms)} {'>' if label else '<'} 0"
        conditions.append(Condition(x1, x2, label, formula, b + w1 * x1 + w2 * x2))
    return conditions, Contradiction(2 * b + w1 + w2)


class Contributions(NamedTuple):
    """How the last hidden layer makes up the output neuron's sum, for m samples.

    activations  A[L-1], (n, m)
    parts        w_i a_i for each unit of that layer, (n, m)
    bias         the output neuron's b
    z            sum of the parts + b, (m,)
    output       the output neuron's activation, (m,)
    """

    activations: Array
    parts: Array
    bias: float
    z: Array
    output: Array


def contributions(network: Network, theta: Array, X: Array) -> Contributions:
    """Take the sum of a network's single output neuron apart; theta (P,), X (n_0, m)."""
    trace = network.forward(theta, X)
    last = network.layout.layers(theta)[-1]
    activations = trace.A[-2]
    parts = last.W[0][:, None] * activations
    return Contributions(activations, parts, float(last.b[0, 0]), trace.Z[-1][0], trace.A[-1][0])


class Product(NamedTuple):
    """The shapes of one layer's step Z[l] = W[l] A[l-1] + b[l], for m samples at once."""

    l: int
    W: tuple[int, int]
    A: tuple[int, int]
    b: tuple[int, int]
    Z: tuple[int, int]


def products(network: Network, m: int) -> list[Product]:
    """Return the shapes that m samples meet on their way forward, layer by layer.

    >>> [first, last] = products(Network((784, 64, 10)), 1)
    >>> first.W, first.A, first.b, first.Z
    ((64, 784), (784, 1), (64, 1), (64, 1))
    """
    return [
        Product(l, (n, below), (below, m), (n, 1), (n, m))
        for l, (n, below) in enumerate(network.layout.shapes, start=1)
    ]


class Weighing(NamedTuple):
    """How one unit sums up one sample: z = sum of the parts + bias, and a = g(z).

    parts (n_{l-1},) are w_i a_i, one for each unit of the layer below.
    """

    parts: Array
    bias: float
    z: float
    a: float


def weighing(network: Network, theta: Array, x: Array, l: int, unit: int) -> Weighing:
    """Take apart what a unit (0, 1, ...) of layer l makes of one sample x (n_0,); theta (P,)."""
    trace = network.forward(theta, x[:, None])
    layer = network.layout.layers(theta)[l - 1]
    return Weighing(
        layer.W[unit] * trace.A[l - 1][:, 0],
        float(layer.b[unit, 0]),
        float(trace.Z[l][unit, 0]),
        float(trace.A[l][unit, 0]),
    )
