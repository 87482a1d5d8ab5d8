"""The step on 784-64-10 and a mini-batch of digits: matrices as pictures, sums by their ends."""

from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.inspection.one_step.batch import mini_batch
from engine.inspection.one_step.lines import listing
from engine.inspection.one_step.step import Step, take_step
from engine.inspection.one_step.unfold import unfold
from engine.nn.network import Network
from engine.nn.types import Array
from pages._kit.matrices import parts, place
from pages._kit.matrices.place import Place
from pages._kit.player import bundle
from pages._kit.player.wire import Blobs, seal
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._one_step import prose, sentences
from pages._one_step.lens import BATCH, ONE_STEP, TRAINED

TITLE = "MNIST"

LEARNED = Experiment(
    dataset="mnist", samples=6000, dev_fraction=0.0, hidden=(64,), activation="relu",
    initializer="he", learning_rate=0.1, batch_size=64, epochs=1,
)  # fmt: skip
"""What is trained before the step, where it is not the network's start."""

SIZE = 8
"""Digits of a mini-batch."""

LARGE = 1000
"""A matrix of more numbers is large: the digits, and whatever has the shape of W[1]."""

MOST = 783
"""No row or column of a matrix lies beyond it, counted from 0."""

INKS = 255
"""A digit's ink is a byte, and one of these shares of full ink."""

SEEN = 0.995
"""The colours of a picture end where so many of its numbers do."""

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    *("format.js", "wire.js", "palette.js"),
    *parts.scripts("notation.js", "walk.js", "ways.js", "sum.js", "listing.js"),
    *parts.scripts("pace.js", "place.js"),
    *(_WEB / name for name in ("numbers.js", "unfold.js", "picture.js", "digits.js")),
)

_OPEN = f"{ONE_STEP.path}.digits.open"

_KEYS = {line.result for line in listing(Network((1, 1, 2)))} | {"A0", "Y", "W1", "b1", "W2", "b2"}

_mount = st.components.v2.component(
    "playground_step_digits",
    html=parts.markup(_WEB / "digits.html"),
    css=parts.style(_WEB / "digits.css"),
    js=bundle.script(MODULES),
)


CELL = "cell"
"""The link's parameter for the cell that is unfolded."""

FIRST = Place("Z1", 0, 0)
"""The cell that is unfolded at first: what a unit makes of the first digit."""


def show(visit: Visit) -> None:
    """Draw the step of a mini-batch; the browser has all its numbers, and unfolds any cell."""
    st.markdown(prose("digits"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        trained = visit.page_knob(TRAINED.name)
        with st.container(width=200):
            which = int(visit.page_knob(BATCH.name))
    step = step_of(trained, which)
    if visit.extras is not None:
        session.put(_OPEN, visit.extras.get(CELL, ""))
    opened = cell_of(step, session.keep(_OPEN, str))
    data = pack(step, f"{trained} {which}", opened)
    _mount(key=f"{ONE_STEP.path}.digits", data=data, height="content")
    st.caption(sentences.of_digits(step))


def cell_of(step: Step, text: str) -> Place:
    """Return the cell that a link names, the first if there is no such cell."""
    found = place.read(text, step.matrices, MOST)
    if found is None or found.line:
        return FIRST
    rows, columns = step.matrices[found.key].shape
    return found if found.row < rows and found.column < columns else FIRST


def resting(visit: Visit) -> str:
    """Return which cell is unfolded, as only the browser and its address know; "" for the first."""
    text = visit.in_address(CELL)
    return text if text != place.write(FIRST) and place.read(text, _KEYS, MOST) else ""


def step_of(trained: str, which: int) -> Step:
    """Return the step on one of the mini-batches, before training or after an epoch."""
    experiment = LEARNED if trained == "epoch" else LEARNED.but(epochs=0)
    theta = cache.run(experiment).theta
    return take_step(*mini_batch(LEARNED, theta, which, SIZE), LEARNED.learning_rate)


def prepare() -> None:
    """Train in the background what the panel opens with."""
    cache.in_background(lambda: cache.run(LEARNED))


def pack(step: Step, version: str, opened: Place = FIRST) -> bytes:
    """Return the numbers of the step's matrices, their colours' ends, and the words of each sum.

    Of what is large the digits go as their bytes and the weights in single precision, in which
    both are exact; the slopes of W[1], and what it is after the step, are made of the others.
    """
    blobs = Blobs()
    matrices = {
        key: {"shape": list(matrix.shape), "bound": _bound(matrix)} | _cells(key, matrix, blobs)
        for key, matrix in step.matrices.items()
    }
    header = {
        "version": version,
        "open": list(opened[:3]),
        "first": place.write(FIRST),
        "m": step.m,
        "alpha": step.alpha,
        "lines": [line._asdict() | {"turned": []} for line in step.lines],
        "matrices": matrices,
        "told": _told(step),
    }
    return seal(header, blobs)


def _cells(key: str, matrix: Array, blobs: Blobs) -> dict[str, Any]:
    """Add the numbers of a matrix to what is sent, and return how they are come by."""
    if key == "A0":
        return {"cells": blobs.add(np.rint(INKS * matrix), "|u1"), "times": 1 / INKS}
    if matrix.size <= LARGE:
        return {"cells": blobs.add(matrix, "<f8")}
    if key == "W1":
        return {"cells": blobs.add(matrix, "<f4")}
    return {"of": "step" if key.endswith("+") else "slope"}


def _bound(matrix: Array) -> float:
    """Return the number at which the colours of a matrix end."""
    sizes = np.abs(matrix)
    return float(np.quantile(sizes, SEEN) or sizes.max())


def _told(step: Step) -> dict[str, Any]:
    """Return what is said of the cells of each matrix: as of a step with a unit or two a layer.

    Its sums are written alike, and it has none of 50,000 terms to be gone through for it.
    """
    sizes = (*(1 for _ in step.network.sizes[1:]), 2)
    network = Network(sizes, step.network.activations, step.network.output)
    X, Y = np.zeros((1, step.m)), np.zeros((2, step.m))
    kin = take_step(network, np.zeros(network.layout.size), X, Y, step.alpha)
    return {key: words for key in kin.matrices if (words := _words(kin, key)) is not None}


def _words(step: Step, key: str) -> dict[str, Any] | None:
    """Return what is said of a matrix's cells, the same of each, beside the cells they are of."""
    found = unfold(step, key, 0, 0)
    if found is None:
        return None
    told = {
        "scale": found.scaled,
        "formula": found.formula,
        "roles": list(found.roles),
        "again": found.again,
    }
    return {name: each for name, each in told.items() if each}
