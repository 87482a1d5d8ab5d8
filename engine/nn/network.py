"""A fully connected network: forward propagation, cost, and backpropagation by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.nn.activations import ACTIVATIONS, Names, by_layer
from engine.nn.bands import banded, row_bands
from engine.nn.losses import LOSSES
from engine.nn.memory import aligned_empty
from engine.nn.parameters import Layout
from engine.nn.regularization import Penalty
from engine.nn.types import Array

Masks = Sequence[Array] | None


class Trace(NamedTuple):
    """All layers of one forward pass; index l is the notes' layer, and index 0 holds X itself.

    Z[l] (..., n_l, m) are the logits, G[l] = g(Z[l]), and A[l] = G[l] times the dropout mask where
    there is one.
    """

    Z: list[Array]
    G: list[Array]
    A: list[Array]


@dataclass(frozen=True)
class Network:
    """Layer sizes (n_0, ..., n_L), the hidden layers' activations, and the output with its cost.

    `hidden` is one name for all hidden layers, or one for each of them, g[1] to g[L-1]; ValueError
    if their number does not fit.

    theta may carry leading replica axes (..., P): every method then works on all of them at once
    and the results carry the same axes. X is (n_0, m) and Y (n_L, m), or (..., n_0, m) and
    (..., n_L, m) where each replica sees samples of its own.

    >>> network = Network((2, 3, 1), hidden="sigmoid", output="sigmoid")
    >>> theta = np.zeros(network.layout.size)
    >>> X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    >>> round(float(network.cost(theta, X, Y)), 6)  # log 2: a guess of one half everywhere
    0.693147
    """

    sizes: tuple[int, ...]
    hidden: Names = "relu"
    output: str = "softmax"

    def __post_init__(self) -> None:
        by_layer(self.hidden, len(self.sizes[1:-1]))

    @cached_property
    def activations(self) -> tuple[str, ...]:
        """The name of each hidden layer's activation, g[1] to g[L-1]."""
        return by_layer(self.hidden, len(self.sizes[1:-1]))

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.sizes)

    def forward(self, theta: Array, X: Array, masks: Masks = None) -> Trace:
        """Return Z[l] = W[l] A[l-1] + b[l] and A[l] = g(Z[l]) for every layer.

        masks holds one dropout mask (..., n_l, m) per hidden layer.
        """
        return self._pass(theta, X).forward(X, masks)

    def predict(self, theta: Array, X: Array) -> Array:
        """Return A[L]: probabilities (..., n_L, m), or plain numbers for a linear output."""
        return self.forward(theta, X).A[-1]

    def cost(
        self,
        theta: Array,
        X: Array,
        Y: Array,
        l1: float | Array = 0.0,
        l2: float | Array = 0.0,
        m: int | None = None,
        masks: Masks = None,
    ) -> Array:
        """Return J = mean loss over the columns of X + penalty, one number per replica.

        m is what the penalty lambda/(2m) ||W||^2 divides by; by default the columns of X. An empty
        X has the penalty as its cost.
        """
        columns = X.shape[-1]
        losses = LOSSES[self.output].loss(self.forward(theta, X, masks).Z[-1], Y)
        cost: Array = losses.sum(axis=-1) / max(columns, 1)
        return cost + Penalty(self.layout, l1, l2, columns if m is None else m).cost(theta)

    def gradient(
        self,
        theta: Array,
        X: Array,
        Y: Array,
        l1: float | Array = 0.0,
        l2: float | Array = 0.0,
        m: int | None = None,
        masks: Masks = None,
    ) -> Array:
        """Return dJ/dtheta of the same J, with theta's shape, by backpropagation."""
        columns = X.shape[-1]
        both_ways = self._pass(theta, X)
        gradient = both_ways.backward(both_ways.forward(X, masks), Y, 1 / max(columns, 1), masks)
        penalty = Penalty(self.layout, l1, l2, columns if m is None else m)
        penalty.add_gradient(theta, gradient)
        return gradient

    def _pass(self, theta: Array, X: Array) -> "Pass":
        lead = np.broadcast_shapes(theta.shape[:-1], X.shape[:-2])
        return Pass(self, theta, (*lead, X.shape[-1]))


Apply = Callable[..., Array]
"""A function that writes its result into `out`: a product, an activation, a derivative."""


class _Forwards(NamedTuple):
    """What takes layer l - 1 to Z[l]: A = g(Z[l-1]), then Z[l] = W A + b.

    `product` is Z[l]'s memory, cut into bands of rows as W is.
    """

    g: Apply | None
    multiply: Apply
    W: Array
    product: Array
    Z: Array
    b: Array


class _Backwards(NamedTuple):
    """What takes dZ[l] to dW[l], db[l], and g'(Z[l-1]) on the way to dZ[l-1].

    `product` is dW[l]'s memory, cut into bands of rows as dZ[l] is.
    """

    multiply: Apply
    dZ: Array
    product: Array
    db: Array
    derivative: Apply | None


class Pass:
    """The arithmetic of one forward and one backward pass over one theta.

    shape = (lead axes ..., columns) is that of the activations without their units. All arrays are
    allocated here, once, and overwritten by every pass, so a training loop allocates nothing.
    theta is read through views: when it changes, the next pass sees it.
    """

    def __init__(self, network: Network, theta: Array, shape: tuple[int, ...]) -> None:
        *lead, m = shape

        def arrays() -> list[Array]:
            return [aligned_empty((*lead, n, m), theta.dtype) for n in network.sizes[1:]]

        Z, G, self._dZ, self._slopes = (arrays() for _ in range(4))
        A = [*arrays()[:-1], G[-1]]  # no mask on the output layer
        self._ones = np.ones((m, 1), theta.dtype)
        self._plain = Trace([self._ones, *Z], [self._ones, *G], [self._ones, *G])
        self._masked = Trace([self._ones, *Z], [self._ones, *G], [self._ones, *A])
        self._gradient = aligned_empty(theta.shape, theta.dtype)

        self._output = LOSSES[network.output].activation
        # Of a single network np.dot makes the same products, with half of np.matmul's overhead.
        is_single = theta.ndim == 1 and not lead
        self._multiply: Apply = np.dot if is_single else np.matmul
        layers = network.layout.layers(theta)
        gradients = network.layout.layers(self._gradient)
        self._transposed = [layer.W.swapaxes(-1, -2) for layer in layers]
        self._forward: list[_Forwards] = []
        self._backward: list[_Backwards] = []
        for l, (layer, gradient) in enumerate(zip(layers, gradients, strict=True)):
            # What a layer is given has come through the g of the layer below it, X through none.
            g = ACTIVATIONS[network.activations[l - 1]] if l else None
            bands = row_bands(layer.W, m) if is_single else 1
            multiply = np.matmul if bands > 1 else self._multiply
            function, derivative = (g.function, g.derivative) if g else (None, None)
            W, product = banded(layer.W, bands), banded(Z[l], bands)
            self._forward.append(_Forwards(function, multiply, W, product, Z[l], layer.b))
            dZ, product = banded(self._dZ[l], bands), banded(gradient.W, bands)
            self._backward.append(_Backwards(multiply, dZ, product, gradient.b, derivative))

    @property
    def dZ(self) -> list[Array]:  # noqa: N802
        """What the last backward pass carried from layer to layer: dZ[1], ..., dZ[L]."""
        return self._dZ

    def logits(self, X: Array, masks: Masks = None) -> Array:
        """Return Z[L] and leave it at that: all that cost and accuracy need."""
        G, outputs = self._plain.G, self._masked.A
        Z = A = X
        for l, (g, multiply, W, product, sums, b) in enumerate(self._forward):
            if g is not None:
                A = g(Z, out=G[l])
                if masks is not None:
                    A = np.multiply(A, masks[l - 1], out=outputs[l])
            multiply(W, A, out=product)
            Z = np.add(sums, b, out=sums)
        return Z

    def forward(self, X: Array, masks: Masks = None) -> Trace:
        """Return every layer's Z, G and A; see `Network.forward`."""
        trace = self._plain if masks is None else self._masked
        self._output(self.logits(X, masks), out=trace.G[-1])
        trace.Z[0] = trace.G[0] = trace.A[0] = X
        return trace

    def backward(self, trace: Trace, Y: Array, weight: float, masks: Masks = None) -> Array:
        """Return the gradient of weight times the summed loss; it is overwritten by the next call.

        dZ[L] = (A[L] - Y) weight, dZ[l] = W[l+1]^T dZ[l+1] * g'(Z[l]), dW[l] = dZ[l] A[l-1]^T and
        db[l] = the sum of dZ[l] over the samples. The weight, 1/m for the mean, stands in dZ[L]
        already, the smallest array it can be put into.
        """
        Z, G, A = trace
        last = len(self._dZ)
        dZ = np.subtract(A[last], Y, out=self._dZ[last - 1])
        np.multiply(dZ, weight, out=dZ)
        for l in range(last, 0, -1):
            multiply, banded_dZ, dW, db, derivative = self._backward[l - 1]
            multiply(banded_dZ, A[l - 1].swapaxes(-1, -2), out=dW)
            self._multiply(dZ, self._ones, out=db)  # row sums, faster than reduce
            if derivative is not None:
                slope = derivative(Z[l - 1], G[l - 1], out=self._slopes[l - 2])
                dZ = self._multiply(self._transposed[l - 1], dZ, out=self._dZ[l - 2])
                np.multiply(dZ, slope, out=dZ)
                if masks is not None:
                    np.multiply(dZ, masks[l - 2], out=dZ)
        return self._gradient
