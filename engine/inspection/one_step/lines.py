"""The lines of one step in the notes' order: what each computes, from what, and how it is written.

A line is known before there are any numbers: by the sizes of the layers alone.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES
from engine.nn.network import Network

FORWARD, BACKWARD, UPDATE, AFTER = "forward", "backward", "update", "after"
"""The parts of a step, in order."""


class Line(NamedTuple):
    """A line of the step.

    result    the key of the matrix that it makes
    part, layer   where in the step it stands; layer 0 for what is of none
    notes     in the notes' notation
    code      in NumPy
    operands  the keys of the matrices that it is made of, in the order of writing
    meaning   what it is, in a few words
    """

    result: str
    part: str
    layer: int
    notes: str
    code: str
    operands: tuple[str, ...]
    meaning: str


def listing(network: Network) -> tuple[Line, ...]:
    """Return all lines of a step, from Z[1] to how far J has fallen.

    >>> [line.result for line in listing(Network((2, 1), output="sigmoid"))]
    ['Z1', 'A1', 'losses', 'J', 'dA1', 'dZ1', 'dW1', 'db1', 'W1+', 'b1+', 'J+', 'fall', 'predicted']
    """
    return (*_forward(network), *_backward(network), *_update(network), *_after())


def _forward(network: Network) -> Iterator[Line]:
    last = len(network.sizes) - 1
    for l in range(1, last + 1):
        yield Line(
            f"Z{l}",
            FORWARD,
            l,
            f"Z[{l}] = W[{l}] A[{l - 1}] + b[{l}]",
            f"Z{l} = W{l} @ A{l - 1} + b{l}",
            (f"W{l}", f"A{l - 1}", f"b{l}"),
            f"The weighted sums of layer {l}",
        )
        name, code = activation(network, l)
        yield Line(
            f"A{l}",
            FORWARD,
            l,
            f"A[{l}] = {name}(Z[{l}])" if name else f"A[{l}] = Z[{l}]",
            f"A{l} = {code}",
            (f"Z{l}",),
            f"What layer {l} passes on" if l < last else "The prediction",
        )
    derivation = LOSSES[network.output].derivation
    yield Line(
        "losses",
        FORWARD,
        0,
        derivation.loss_notes.format(l=last),
        f"losses = {derivation.loss_code.format(a=f'A{last}')}",
        tuple(dict.fromkeys(name for part in derivation.parts for name in (part.left, part.right))),
        "The loss of each sample",
    )
    yield Line("J", FORWARD, 0, "J = (1/m) Σ ℒ", "J = losses.mean()", ("losses",), "The cost")


def activation(network: Network, l: int) -> tuple[str, str]:
    """Return how the activation of layer l is written, in the notes and as NumPy code of Z[l]."""
    if l == len(network.sizes) - 1:
        derivation = LOSSES[network.output].derivation
        return derivation.activation_notes, derivation.activation_code.format(z=f"Z{l}")
    g = ACTIVATIONS[network.activations[l - 1]]
    code = g.written.value.format(z=f"Z{l}")
    return "" if code == f"Z{l}" else g.symbol or g.word, code


def _backward(network: Network) -> Iterator[Line]:
    last = len(network.sizes) - 1
    derivation = LOSSES[network.output].derivation
    yield Line(
        f"dA{last}",
        BACKWARD,
        last,
        f"dA[{last}] = {derivation.slope_notes.format(l=last)}",
        f"dA{last} = {derivation.slope_code.format(a=f'A{last}')}",
        (f"A{last}", "Y"),
        "How each loss changes with the prediction",
    )
    yield Line(
        f"dZ{last}",
        BACKWARD,
        last,
        f"dZ[{last}] = dA[{last}] · g′(Z[{last}]) = A[{last}] − Y"
        if derivation.is_elementwise
        else f"dZ[{last}] = (∂A[{last}]/∂Z[{last}])ᵀ dA[{last}] = A[{last}] − Y",
        f"dZ{last} = A{last} - Y",
        (f"dA{last}", f"g{last}"),
        "How each loss changes with the output's sum",
    )
    for l in range(last, 0, -1):
        yield Line(
            f"dW{l}",
            BACKWARD,
            l,
            f"dW[{l}] = (1/m) dZ[{l}] A[{l - 1}]ᵀ",
            f"dW{l} = dZ{l} @ A{l - 1}.T / m",
            (f"dZ{l}", f"A{l - 1}"),
            f"How J changes with the weights of layer {l}",
        )
        yield Line(
            f"db{l}",
            BACKWARD,
            l,
            f"db[{l}] = (1/m) Σ dZ[{l}]",
            f"db{l} = dZ{l}.sum(axis=1, keepdims=True) / m",
            (f"dZ{l}",),
            f"How J changes with the biases of layer {l}",
        )
        if l > 1:
            yield from _through(network, l - 1)


def _through(network: Network, l: int) -> Iterator[Line]:
    """Yield how dZ of the layer above comes back to a hidden layer."""
    yield Line(
        f"dA{l}",
        BACKWARD,
        l,
        f"dA[{l}] = W[{l + 1}]ᵀ dZ[{l + 1}]",
        f"dA{l} = W{l + 1}.T @ dZ{l + 1}",
        (f"W{l + 1}", f"dZ{l + 1}"),
        f"How each loss changes with what layer {l} passes on",
    )
    slope = ACTIVATIONS[network.activations[l - 1]].written.slope
    times = "" if slope is None else f" * {slope.format(z=f'Z{l}', a=f'A{l}')}"
    yield Line(
        f"dZ{l}",
        BACKWARD,
        l,
        f"dZ[{l}] = dA[{l}] · g′(Z[{l}])",
        f"dZ{l} = dA{l}{times}",
        (f"dA{l}", f"g{l}"),
        f"How each loss changes with the sums of layer {l}",
    )


def _update(network: Network) -> Iterator[Line]:
    for l in range(len(network.sizes) - 1, 0, -1):
        for name, what in (("W", "weights"), ("b", "biases")):
            yield Line(
                f"{name}{l}+",
                UPDATE,
                l,
                f"{name}[{l}] := {name}[{l}] − α d{name}[{l}]",
                f"{name}{l} = {name}{l} - alpha * d{name}{l}",
                (f"{name}{l}", f"d{name}{l}"),
                f"The {what} of layer {l} after the step",
            )


def _after() -> Iterator[Line]:
    yield Line(
        "J+", AFTER, 0, "J after = J(θ − α dθ)", "J_after = cost(X, Y)", ("losses+",),
        "The cost after the step",
    )  # fmt: skip
    yield Line(
        "fall", AFTER, 0, "ΔJ = J after − J", "J_after - J", ("J+", "J"), "How far J has fallen"
    )
    yield Line(
        "predicted", AFTER, 0, "ΔJ ≈ −α ‖dθ‖²", "-alpha * np.sum(gradient ** 2)", (),
        "How far the slope alone would have it fall",
    )  # fmt: skip
