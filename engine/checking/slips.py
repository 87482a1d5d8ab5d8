"""The slips of the course notes about one step, each run literally: what comes of it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.inspection.one_step.step import Step
from engine.nn.gradient_check import central_differences, relative_difference
from engine.nn.types import Array

PASSES = 1e-7
"""A gradient is right when it is this close to differences, relatively: the notes' mark."""

EPSILON = 1e-6

Gradients = dict[str, Array]


class Outcome(NamedTuple):
    """What comes of a line as the notes write it.

    shapes  the two shapes that do not fit, of which the inner numbers differ; None if they do
    ratio   how far the gradient is from differences then, as the notes measure it
    right   how far the right one is
    wrong   the matrix that the line makes, where it makes any, by its key
    """

    shapes: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    ratio: float = 0.0
    right: float = 0.0
    wrong: tuple[str, Array] | None = None

    @property
    def passes(self) -> bool:
        """Whether nothing is seen of the slip on this network and these samples."""
        return self.shapes is None and self.ratio <= PASSES


@dataclass(frozen=True, kw_only=True, eq=False)
class Slip:
    """A slip of the notes.

    notes, right  the line as the notes write it, and as it should be
    line      the key of the line it is about, with {L} for the last layer
    reason    why the right one is right
    run       (step) -> gradients dW1, db1, ... with the line as written; what NumPy refuses raises
              _DoesNotFitError
    unseen    when the slip changes nothing
    needs     the least number of layers
    """

    title: str
    notes: str
    right: str
    line: str
    reason: str
    run: Callable[[Step], Gradients]
    unseen: str = ""
    needs: int = 1

    def is_possible(self, step: Step) -> bool:
        """Return whether a step's network has the line."""
        return step.depth >= self.needs


class _DoesNotFitError(Exception):
    """Two shapes that NumPy refuses to put together."""

    def __init__(self, left: tuple[int, ...], right: tuple[int, ...]) -> None:
        super().__init__(left, right)
        self.shapes = left, right


def outcome(slip: Slip, step: Step) -> Outcome:
    """Run a slip on a step, and hold the gradient that comes of it against differences."""
    try:
        found = slip.run(step)
    except _DoesNotFitError as refused:
        return Outcome(shapes=refused.shapes)
    true = _right(step)
    for key, value in found.items():
        if value.shape != true[key].shape:
            return Outcome(shapes=(value.shape, true[key].shape), wrong=(key, value))
    flat = np.concatenate([found[key].ravel() for key in true])
    network, X, Y = step.network, step.matrices["A0"], step.matrices["Y"]
    numeric = central_differences(
        lambda theta: network.cost(theta, X, Y), step.theta, EPSILON, np.arange(step.theta.size)
    )
    changed = [key for key in true if not np.array_equal(found[key], true[key])]
    wrong = (changed[0], found[changed[0]]) if changed else None
    ratio, right = (relative_difference(numeric, each) for each in (flat, step.gradient))
    return Outcome(ratio=ratio, right=right, wrong=wrong)


def _right(step: Step) -> Gradients:
    """Return dW1, db1, dW2, ... as they should be, in theta's order."""
    layers = range(1, step.depth + 1)
    return {f"d{name}{l}": step.matrices[f"d{name}{l}"] for l in layers for name in ("W", "b")}


def times(left: Array, right: Array) -> Array:
    """Return left @ right, or say which shapes do not fit."""
    if left.shape[1] != right.shape[0]:
        raise _DoesNotFitError(left.shape, right.shape)
    product: Array = left @ right
    return product


def _backwards(step: Step, dZ: Array | None = None, W: Array | None = None) -> Gradients:
    """Return the gradients from another dZ[L], or with another W[L] on the way back."""
    m, found = step.matrices, Gradients()
    now = m[f"dZ{step.depth}"] if dZ is None else dZ
    for l in range(step.depth, 0, -1):
        found[f"dW{l}"] = now @ m[f"A{l - 1}"].T / step.m
        found[f"db{l}"] = now.sum(axis=1, keepdims=True) / step.m
        if l > 1:
            above = W if W is not None and l == step.depth else m[f"W{l}"]
            now = above.T @ now * m[f"g{l - 1}"]
    return {key: found[key] for key in _right(step)}


def _a1_for_a0(step: Step) -> Gradients:
    dW = times(step.matrices["dZ1"], step.matrices["A1"].T) / step.m
    return _right(step) | {"dW1": dW}


def _mean_twice(step: Step) -> Gradients:
    dZ = step.matrices[f"dZ{step.depth}"] / step.m
    return _backwards(step, dZ)


def _not_summed(step: Step) -> Gradients:
    return _right(step) | {
        f"db{l}": step.matrices[f"dZ{l}"] / step.m for l in range(1, step.depth + 1)
    }


def _square(step: Step) -> Gradients:
    """Return dW1 with as many columns as there are units: 10 x 10 in the notes."""
    n, columns = step.network.sizes[1], step.matrices["A0"].shape[0]
    if n == columns:
        return _right(step)
    raise _DoesNotFitError((n, n), step.matrices["W1"].shape)


def _no_mean(step: Step) -> Gradients:
    """Return what comes of a cost without 1/m, whose dW keeps it, and db does not."""
    right = _right(step)
    return {key: value * step.m if key[1] == "b" else value for key, value in right.items()}


def _wrong_layer(step: Step) -> Gradients:
    last = step.depth
    back = times(step.matrices[f"W{last}"].T, step.matrices[f"dZ{last - 1}"])
    dZ = back * step.matrices[f"g{last - 1}"]
    return _right(step) | {f"dW{last - 1}": dZ @ step.matrices[f"A{last - 2}"].T / step.m}


def _too_early(step: Step) -> Gradients:
    return _backwards(step, W=step.matrices[f"W{step.depth}+"])


def _as_matrix_product(step: Step) -> Gradients:
    m, l = step.matrices, step.depth - 1
    dZ = times(m[f"g{l}"], m[f"dA{l}"])
    return _right(step) | {
        f"dW{l}": dZ @ m[f"A{l - 1}"].T / step.m,
        f"db{l}": dZ.sum(axis=1, keepdims=True) / step.m,
    }


def _slope_at_zero(step: Step) -> Gradients:
    """Return the gradients with ReLU'(0) = 1."""
    m, found = step.matrices, Gradients()
    now = m[f"dZ{step.depth}"]
    for l in range(step.depth, 0, -1):
        found[f"dW{l}"] = now @ m[f"A{l - 1}"].T / step.m
        found[f"db{l}"] = now.sum(axis=1, keepdims=True) / step.m
        if l > 1:
            is_relu = step.network.activations[l - 2] == "relu"
            slope = (m[f"Z{l - 1}"] >= 0) * 1.0 if is_relu else m[f"g{l - 1}"]
            now = m[f"W{l}"].T @ now * slope
    return {key: found[key] for key in _right(step)}


SLIPS: dict[str, Slip] = {
    "a1": Slip(
        title="A[1] for A[0]",
        notes="dW[1] = (1/m) dZ[1] A[1]ᵀ",
        right="dW[1] = (1/m) dZ[1] A[0]ᵀ",
        line="dW1",
        reason="W[1] multiplies A[0] on the way there, so A[0] is its slope on the way back.",
        run=_a1_for_a0,
    ),
    "twice": Slip(
        title="1/m twice",
        notes="dA[2] = (1/m) (A[2] − Y) / (A[2] (1 − A[2])) and dW[2] = (1/m) dZ[2] A[1]ᵀ",
        right="1/m in dA[2] or in dW[2], not in both",
        line="dA{L}",
        reason="J is a mean over the samples once.",
        run=_mean_twice,
        unseen="there is only a single sample",
    ),
    "summed": Slip(
        title="db not summed",
        notes="db[l] = dZ[l]",
        right="db[l] = (1/m) Σ dZ[l], over the columns",
        line="db{L}",
        reason="The bias is added to every column, so its slope collects from every column. NumPy "
        "does not complain: it stretches b, and every sample has a bias of its own.",
        run=_not_summed,
        unseen="there is only a single sample",
    ),
    "cost": Slip(
        title="Cost without 1/m",
        notes="J = −Σ Σ Y log A, yet dW with 1/m, and db as dZ summed",
        right="J = (1/m) Σ ℒ, and 1/m in dW and in db",
        line="J",
        reason="What stands in the cost stands in every slope of it.",
        run=_no_mean,
        unseen="there is only a single sample",
    ),
    "square": Slip(
        title="dW[1] as a square",
        notes="dW[1] is (n[1], n[1]), as 10 × 10",
        right="dW[1] is (n[1], n[0]), as W[1] is",
        line="dW1",
        reason="A slope has the shape of what it is the slope of, or it cannot be taken off it.",
        run=_square,
        unseen="layer 1 has as many units as there are inputs",
    ),
    "layer": Slip(
        title="dZ[1] for dZ[2]",
        notes="dA[1] = W[2]ᵀ dZ[1]",
        right="dA[1] = W[2]ᵀ dZ[2]",
        line="dA1",
        reason="What comes back to layer 1 comes from the layer above it.",
        run=_wrong_layer,
        needs=2,
    ),
    "early": Slip(
        title="W[2] updated too early",
        notes="W[2] := W[2] − α dW[2], and then dA[1] = W[2]ᵀ dZ[2]",
        right="dA[1] with the W[2] of the way there, then all updates",
        line="dA1",
        reason="The slope is taken where the step starts; with the new W[2] it is of nowhere.",
        run=_too_early,
        unseen="α is zero, or dW[2] is",
        needs=2,
    ),
    "product": Slip(
        title="σ′ as a matrix product",
        notes="dZ[1] = σ′(Z[1]) dA[1]",
        right="dZ[1] = σ′(Z[1]) ⊙ dA[1], element by element",
        line="dZ1",
        reason="Each unit's slope belongs to its own entry: the notes say so a line below.",
        run=_as_matrix_product,
        needs=2,
    ),
    "kink": Slip(
        title="ReLU′(0) = 1",
        notes="σ′(z) = 1 for z ≥ 0",
        right="σ′(0) is not defined; here it is 0",
        line="dZ1",
        reason="At the kink the slope is 0 from the left and 1 from the right.",
        run=_slope_at_zero,
        unseen="no unit is a ReLU, or none has a z of exactly 0",
        needs=2,
    ),
}
"""The slips by a short name."""
