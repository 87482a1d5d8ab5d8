"""A fully connected network: forward propagation, cost, and backpropagation by hand."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np

from engine.nn.activations import ACTIVATIONS, Names, by_layer
from engine.nn.bands import banded, row_bands
from engine.nn.losses import LOSSES
from engine.nn.memory import aligned_empty, side_by_side
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
        return self._pass(theta, X, masks).forward(X)

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
        both_ways = self._pass(theta, X, masks)
        both_ways.forward(X)
        gradient = both_ways.backward(Y, 1 / max(columns, 1))
        penalty = Penalty(self.layout, l1, l2, columns if m is None else m)
        penalty.add_gradient(theta, gradient)
        return gradient

    def _pass(self, theta: Array, X: Array, masks: Masks) -> "Pass":
        lead = np.broadcast_shapes(theta.shape[:-1], X.shape[:-2])
        return Pass(self, theta, (*lead, X.shape[-1]), masks)


Apply = Callable[..., Array]
"""A function that writes its result into its last argument."""

Call = Callable[[], Array]
"""The same with all its arguments."""

_FEW = 2**10
"""So many logits take less time to be copied than NumPy takes to begin with a few calls."""


class Pass:
    """The arithmetic of one forward and one backward pass over one theta.

    shape = (lead axes ..., columns) is that of the activations without their units. All arrays are
    allocated here, once, and overwritten by every pass; theta and the masks are read where they
    lie, so that the next pass sees what has changed. What is done with which array is written down
    here as well, as a list of calls for each direction: in a small network it takes Python longer
    to find that out than NumPy to do it.
    """

    def __init__(
        self, network: Network, theta: Array, shape: tuple[int, ...], masks: Masks = None
    ) -> None:
        *lead, m = shape
        self._layers = network.layout.layers(theta)
        self._is_single = theta.ndim == 1 and not lead
        self._bands = [row_bands(layer.W, m) if self._is_single else 1 for layer in self._layers]

        *hidden, output = [(*lead, n, m) for n in network.sizes[1:]]
        self._hidden_Z, Z = side_by_side(hidden, theta.dtype)
        self._hidden_G, G = side_by_side(hidden, theta.dtype)
        self._hidden_slopes, self._slopes = side_by_side(hidden, theta.dtype)
        A = G if masks is None else [aligned_empty(units, theta.dtype) for units in hidden]
        last_Z, last_A = (aligned_empty(output, theta.dtype) for _ in range(2))
        self._ones = np.ones((m, 1), theta.dtype)
        X = self._ones  # until a pass brings one
        self._trace = Trace([X, *Z, last_Z], [X, *G, last_A], [X, *A, last_A])
        self._dZ = [aligned_empty(units, theta.dtype) for units in (*hidden, output)]
        self._weight = np.empty((), theta.dtype)
        self._gradient = aligned_empty(theta.shape, theta.dtype)
        self._gradients = network.layout.layers(self._gradient)

        biases, copying = self._biases(theta, network.layout)
        self._forwards = [*copying, *self._written_forwards(network.activations, biases, masks)]
        self._output = partial(LOSSES[network.output].activation, last_Z, last_A)
        self.go_back_through(network.activations, masks)

    @property
    def dZ(self) -> list[Array]:  # noqa: N802
        """What the last backward pass carried from layer to layer: dZ[1], ..., dZ[L]."""
        return self._dZ

    def logits(self, X: Array) -> Array:
        """Return Z[L] and leave it at that: all that cost and accuracy need."""
        self._multiply_X(X)
        for call in self._forwards:
            call()
        return self._trace.Z[-1]

    def forward(self, X: Array) -> Trace:
        """Return every layer's Z, G and A; see `Network.forward`."""
        trace = self._trace
        trace.Z[0] = trace.G[0] = trace.A[0] = X
        self.logits(X)
        self._output()
        return trace

    def backward(self, Y: Array, weight: float) -> Array:
        """Return the gradient of weight times the summed loss, after `forward` and at its X.

        dZ[L] = (A[L] - Y) weight, dZ[l] = W[l+1]^T dZ[l+1] * g'(Z[l]), dW[l] = dZ[l] A[l-1]^T and
        db[l] = the sum of dZ[l] over the samples. The weight, 1/m for the mean, stands in dZ[L]
        already, the smallest array it can be put into. The next call overwrites what is returned.
        """
        A, dZ = self._trace.A, self._dZ[-1]
        self._weight[...] = weight  # an array, which takes NumPy half as long as a number
        np.subtract(A[-1], Y, dZ)
        np.multiply(dZ, self._weight, dZ)
        for call in self._backwards:
            call()
        self._multiply_X_T(A[0].swapaxes(-1, -2))
        return self._gradient

    def go_back_through(self, activations: Sequence[str], masks: Masks) -> None:
        """Let what follows go back with the g' of these activations and with these masks.

        They are those of the way forward, unless somebody wants to see what comes of a mistake.
        """
        self._backwards = [*self._written_slopes(activations), *self._written_backwards(masks)]

    def _biases(self, theta: Array, layout: Layout) -> tuple[list[Array], list[Call]]:
        """Return what is added to each W[l] A[l-1], and what has to be called before.

        That is b[l], or, where there are few samples, a copy of it for each of them: NumPy adds
        arrays of one shape at once, but first thinks about how to stretch one along the other.
        """
        shapes = [Z.shape for Z in self._trace.Z[1:]]
        if not self._is_single or sum(map(math.prod, shapes)) > _FEW:
            return [layer.b for layer in self._layers], []
        places = [layer.b for layer in layout.layers(np.arange(theta.size))]
        columns = [np.broadcast_to(*each).ravel() for each in zip(places, shapes, strict=True)]
        whole, biases = side_by_side(shapes, theta.dtype)
        return biases, [partial(theta.take, np.concatenate(columns), None, whole, "clip")]

    def _written_forwards(
        self, activations: Sequence[str], biases: Sequence[Array], masks: Masks
    ) -> list[Call]:
        """Return the calls from W[1] X to Z[L]."""
        Z, G, A = self._trace
        calls: list[Call] = []
        for l, layer in enumerate(self._layers, start=1):
            bands = self._bands[l - 1]
            multiply, product = self._times(banded(layer.W, bands)), banded(Z[l], bands)
            if l == 1:
                self._multiply_X = partial(multiply, out=product)
            else:
                g = ACTIVATIONS[activations[l - 2]].function
                calls.append(partial(g, Z[l - 1], G[l - 1]))
                if masks is not None:
                    calls.append(partial(np.multiply, G[l - 1], masks[l - 2], A[l - 1]))
                calls.append(partial(multiply, A[l - 1], product))
            calls.append(partial(np.add, Z[l], biases[l - 1], Z[l]))
        return calls

    def _written_slopes(self, activations: Sequence[str]) -> list[Call]:
        """Return the calls to g'(Z) of the hidden layers: one for all that follow with one g."""
        ends = [0, *accumulate(slope.size for slope in self._slopes)]
        calls: list[Call] = []
        for name, run in groupby(range(len(ends) - 1), lambda layer: activations[layer]):
            first, *others = run
            part = slice(ends[first], ends[first + len(others) + 1])
            arrays = (self._hidden_Z, self._hidden_G, self._hidden_slopes)
            calls.append(partial(ACTIVATIONS[name].derivative, *(array[part] for array in arrays)))
        return calls

    def _written_backwards(self, masks: Masks) -> list[Call]:
        """Return the calls from dZ[L] to all of the gradient but dW[1] = dZ[1] X^T."""
        A, dZ = self._trace.A, [self._ones, *self._dZ]
        calls: list[Call] = []
        for l in range(len(self._layers), 0, -1):
            bands, (dW, db) = self._bands[l - 1], self._gradients[l - 1]
            multiply, product = self._times(banded(dZ[l], bands)), banded(dW, bands)
            calls.append(partial(self._times(dZ[l]), self._ones, db))  # faster than reduce
            if l == 1:
                self._multiply_X_T = partial(multiply, out=product)
                break
            calls.append(partial(multiply, A[l - 1].swapaxes(-1, -2), product))
            W_T = self._layers[l - 1].W.swapaxes(-1, -2)
            calls.append(partial(self._times(W_T), dZ[l], dZ[l - 1]))
            calls.append(partial(np.multiply, dZ[l - 1], self._slopes[l - 2], dZ[l - 1]))
            if masks is not None:
                calls.append(partial(np.multiply, dZ[l - 1], masks[l - 2], dZ[l - 1]))
        return calls

    def _times(self, matrix: Array) -> Apply:
        """Return the product of this matrix with another, as a function of that one."""
        # Of a single network `dot` makes the same products, with a third of np.matmul's overhead.
        is_plain = self._is_single and matrix.ndim == 2
        return matrix.dot if is_plain else partial(np.matmul, matrix)
