"""One step with its numbers: every matrix of it by its key, computed by the engine's own pass."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.inspection.one_step.lines import Line, listing
from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES
from engine.nn.network import Network, Pass
from engine.nn.types import Array


@dataclass(frozen=True, eq=False)
class Step:
    """One step of gradient descent on m samples.

    matrices  every matrix by its key, each with two axes: A0 = X, Y, W1, b1, Z1, ..., of the loss
              its parts, and g1, g2, ... for g'(Z[l]). With softmax the last of these is da_j/dz_i,
              one block of rows for each sample.
    """

    network: Network
    theta: Array
    alpha: float
    lines: tuple[Line, ...]
    matrices: Mapping[str, Array]

    @property
    def depth(self) -> int:
        """The number of layers, L."""
        return len(self.network.sizes) - 1

    @property
    def m(self) -> int:
        """The number of samples."""
        return int(self.matrices["A0"].shape[1])

    @property
    def gradient(self) -> Array:
        """dJ/dtheta, (P,), put together from dW and db."""
        parts = [
            self.matrices[f"d{name}{l}"].ravel()
            for l in range(1, self.depth + 1)
            for name in ("W", "b")
        ]
        return np.concatenate(parts)


@np.errstate(all="ignore")  # where a step is too long numbers overflow, and may be seen to
def take_step(network: Network, theta: Array, X: Array, Y: Array, alpha: float) -> Step:
    """Return the step from theta (P,) on samples X (n_0, m), Y (n_L, m) with learning rate alpha.

    As in the notes dZ is of each sample's own loss, and 1/m stands in dW and db.
    """
    X, Y = np.asfortranarray(X, np.float64), np.asarray(Y, np.float64)
    m, loss = X.shape[1], LOSSES[network.output]
    both_ways = Pass(network, theta, (m,))
    trace = both_ways.forward(X)
    gradient = both_ways.backward(Y, 1.0) / m
    found: dict[str, Array] = {"A0": X, "Y": Y}
    layers = network.layout.layers
    for l, (layer, of) in enumerate(zip(layers(theta), layers(gradient), strict=True), start=1):
        found |= {f"W{l}": layer.W, f"b{l}": layer.b, f"Z{l}": trace.Z[l], f"A{l}": trace.A[l]}
        found |= {f"dZ{l}": both_ways.dZ[l - 1], f"dW{l}": of.W, f"db{l}": of.b}
    after = theta - alpha * gradient
    for l, layer in enumerate(layers(after), start=1):
        found |= {f"W{l}+": layer.W, f"b{l}+": layer.b}
    for l, name in enumerate(network.activations, start=1):
        found[f"g{l}"] = ACTIVATIONS[name].derivative(trace.Z[l], trace.A[l])
        found[f"dA{l}"] = found[f"W{l + 1}"].T @ found[f"dZ{l + 1}"]
    last, derivation = len(network.sizes) - 1, loss.derivation
    found |= derivation.arrays(trace.Z[-1], Y)
    found[f"dA{last}"] = derivation.slope(trace.A[-1], Y)
    found[f"g{last}"] = _slopes(derivation.jacobian(trace.A[-1]), derivation.is_elementwise)
    found["losses"] = loss.loss(trace.Z[-1], Y)[np.newaxis]
    found["losses+"] = loss.loss(network.forward(after, X).Z[-1], Y)[np.newaxis]
    before, now = (found[name].sum() / m for name in ("losses", "losses+"))
    predicted = -alpha * float(gradient @ gradient)
    for name, value in (
        ("J", before), ("J+", now), ("fall", now - before), ("predicted", predicted)
    ):  # fmt: skip
        found[name] = np.array([[value]])
    copied = {name: np.array(matrix, np.float64) for name, matrix in found.items()}
    return Step(network, theta.copy(), alpha, listing(network), copied)


def _slopes(jacobian: Array, is_elementwise: bool) -> Array:
    """Return da_j/dz_j (n, m), or all of da_j/dz_i (m n, n), one block for each sample."""
    if is_elementwise:
        diagonal: Array = np.diagonal(jacobian, axis1=1, axis2=2).T
        return diagonal
    return jacobian.reshape(-1, jacobian.shape[-1])


@np.errstate(all="ignore")
def descend(network: Network, theta: Array, X: Array, Y: Array, alpha: float, steps: int) -> Array:
    """Return theta (P,) after so many steps of gradient descent on all samples."""
    theta, X = theta.copy(), np.asfortranarray(X, np.float64)
    both_ways = Pass(network, theta, (X.shape[1],))
    for _ in range(steps):
        both_ways.forward(X)
        theta -= alpha * both_ways.backward(Y, 1 / X.shape[1])
    return theta
