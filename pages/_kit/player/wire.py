"""A movie is a finished run as the browser plays it: snapshots of theta, and what to draw."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from engine.data.features import FEATURES
from engine.nn.activations import ACTIVATIONS, Names, by_layer
from engine.nn.types import Array

SPLITS = ("train", "dev", "test")

CLASSES = range(3, 7)
"""How many classes have an output unit each; of two classes one unit decides."""


class Points(NamedTuple):
    """Labelled points of the plane: x is (m, 2), labels (m,) class numbers."""

    x: Array
    labels: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Movie:
    """Hold K snapshots of a network on the plane, checked once, ready to be packed.

    The network's input is (f(x1, x2) - mean) / deviation for each named feature f; the sines are
    sin(pi x). Its output is one sigmoid unit, or a softmax over a unit for each of 3 to 6 classes.
    A frame is a snapshot the run really passed through: nothing between two frames is made up,
    neither here nor in the browser.
    """

    version: str  # names the content: the browser starts afresh when it changes, and only then
    sizes: tuple[int, ...]  # (2, 3, 1)
    activation: Names  # of all hidden layers, or of each
    features: tuple[str, ...]
    thetas: Array  # (K, P): W1, b1, W2, b2, ..., each in C order, W[l] being (n_l, n_{l-1})
    steps: Array  # (K,) updates of theta before each frame
    epochs: Array  # (K,) the same in epochs
    view: tuple[float, float, float, float]  # x1 from, x1 to, x2 from, x2 to
    points: Mapping[str, Points]  # by split: train, dev, test
    history: Mapping[str, Array]  # "epoch", and series named <split>_cost or <split>_accuracy
    mean: tuple[float, ...] | None = None  # per feature; None: not standardised
    deviation: tuple[float, ...] | None = None
    labels: tuple[str, str] = ("x₁", "x₂")  # names of the two axes
    batches_per_epoch: int = 1
    start_frame: int | None = None  # None: the last
    title: str = "Training run"

    def __post_init__(self) -> None:
        is_of_classes = len(self.sizes) >= 2 and self.sizes[-1] in (1, *CLASSES)
        _require(is_of_classes, "sizes", self.sizes, "(n, ..., 1), or 3 to 6 at the end")
        allowed = f"one of {tuple(ACTIVATIONS)}, or one of these for each hidden layer"
        _require(_fits(self.activation, self.sizes), "activation", self.activation, allowed)
        known = len(self.features) == self.sizes[0] and set(self.features) <= set(FEATURES)
        _require(known, "features", self.features, f"{self.sizes[0]} of {tuple(FEATURES)}")
        frames, parameters = len(self.steps), parameter_count(self.sizes)
        shape = np.shape(self.thetas)
        _require(frames > 0 and shape == (frames, parameters), "thetas", shape, "(K, P)")
        _require(len(self.epochs) == frames, "epochs", len(self.epochs), f"{frames} numbers")
        _require(set(self.points) <= set(SPLITS), "points", tuple(self.points), SPLITS)
        for split, (x, labels) in self.points.items():
            _require(np.shape(x) == (len(labels), 2), f"{split} points", np.shape(x), "(m, 2)")
        _require("epoch" in self.history, "history", tuple(self.history), "a series named epoch")
        x1_from, x1_to, x2_from, x2_to = self.view
        _require(x1_from < x1_to and x2_from < x2_to, "view", self.view, "increasing ranges")


def _fits(activation: Names, sizes: tuple[int, ...]) -> bool:
    """Return whether the hidden layers of a network of these sizes can have these activations."""
    try:
        by_layer(activation, len(sizes) - 2)
    except ValueError:
        return False
    return True


def parameter_count(sizes: tuple[int, ...]) -> int:
    """Return P, the length of theta.

    >>> parameter_count((2, 3, 1))  # 2*3 weights + 3 biases, 3*1 weights + 1 bias
    13
    """
    return sum(below * above + above for below, above in pairwise(sizes))


@dataclass(frozen=True)
class Blobs:
    """Gather arrays end to end, each at a multiple of 8 bytes, and remember where each one lies."""

    parts: list[bytes] = field(default_factory=list)

    def add(self, values: Any, dtype: str = "<f4") -> dict[str, Any]:
        array = np.ascontiguousarray(values, dtype=dtype)
        place = {
            "offset": sum(map(len, self.parts)),
            "shape": array.shape,
            "dtype": dtype.lstrip("<|"),
        }
        self.parts.append(_padded(array.tobytes()))
        return place


def pack(movie: Movie, options: Mapping[str, Any] | None = None) -> bytes:
    """Return the movie as [header length, u32][JSON header][padding to 8][arrays].

    Offsets count from the first byte after the padding. `options` travel beside the movie and may
    change while the version stays: they say how to show it, not what it is.
    """
    blobs = Blobs()
    width = movie.sizes[0]
    header = {
        "version": str(movie.version),
        "title": movie.title,
        "sizes": movie.sizes,
        "activations": by_layer(movie.activation, len(movie.sizes) - 2),
        "features": movie.features,
        "mean": movie.mean or (0.0,) * width,
        "deviation": movie.deviation or (1.0,) * width,
        "labels": movie.labels,
        "batches": movie.batches_per_epoch,
        "view": movie.view,
        "start": len(movie.steps) - 1 if movie.start_frame is None else movie.start_frame,
        "chosen": movie.start_frame is not None,
        "options": dict(options or {}),
        "thetas": blobs.add(movie.thetas),
        "steps": blobs.add(movie.steps),
        "epochs": blobs.add(movie.epochs),
        "points": place_points(movie.points, blobs),
        "history": {name: blobs.add(series) for name, series in movie.history.items()},
    }
    return seal(header, blobs)


def seal(header: Mapping[str, Any], blobs: Blobs) -> bytes:
    """Return a header and the arrays it gives the places of, in the form that `pack` describes."""
    text = json.dumps(header, allow_nan=False, default=_plain).encode()
    start = _padded(len(text).to_bytes(4, "little") + text)
    return b"".join((start, *blobs.parts))


def place_points(points: Mapping[str, Points], blobs: Blobs) -> dict[str, Any]:
    """Add the points of each split, and return where they lie."""
    return {
        split: {"x": blobs.add(x), "labels": blobs.add(labels, "|u1")}
        for split, (x, labels) in points.items()
    }


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


def _plain(value: Any) -> Any:
    return value.item()  # a NumPy scalar among the header's plain numbers


def _require(condition: bool, name: str, value: object, allowed: object) -> None:
    if not condition:
        raise ValueError(f"A movie's {name} must be {allowed}, not {value!r}.")
