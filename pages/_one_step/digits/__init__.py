"""The step on 784-64-10 and a mini-batch of digits: matrices as pictures, sums by their ends."""

from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.inspection.one_step.batch import largest, mini_batch
from engine.inspection.one_step.step import Step, take_step
from engine.inspection.one_step.unfold import Ref, unfold
from pages._kit.matrices import edits, wire
from pages._kit.player import bundle
from pages._kit.player.wire import Blobs, seal
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._kit.tiles import signed
from pages._kit.training import cache
from pages._one_step import prose, sentences
from pages._one_step.lens import BATCH, ONE_STEP, TRAINED

TITLE = "MNIST"

LEARNED = Experiment(
    dataset="mnist", samples=6000, dev_fraction=0.0, hidden=(64,), activation="relu",
    initializer="he", learning_rate=0.1, batch_size=64, epochs=1,
)  # fmt: skip
"""What is trained before the step, where it is not the network's start."""

SIZE, SHOWN = 8, 10
"""Digits of a mini-batch, and how many terms of a long sum are shown."""

SEEN = 0.995
"""The colours of a picture end where so many of its numbers do."""

_WEB = Path(__file__).parent / "web"
_MATRICES = Path(wire.__file__).parent / "web"
_KEY, _CHOSEN = f"{ONE_STEP.path}.digits", f"{ONE_STEP.path}.digits.chosen"

MODULES: tuple[str | Path, ...] = (
    *("format.js", "wire.js", "palette.js"),
    *(_MATRICES / name for name in ("notation.js", "walk.js", "sum.js", "listing.js")),
    *(_WEB / name for name in ("picture.js", "digits.js")),
)

_mount = st.components.v2.component(
    "playground_step_digits",
    html=bundle.text(_WEB / "digits.html"),
    css=bundle.text("base.css")
    + bundle.text(_MATRICES / "matrices.css")
    + bundle.text(_WEB / "digits.css"),
    js=bundle.script(MODULES),
)


def show(visit: Visit) -> None:
    """Draw the step of a mini-batch, whose cells are unfolded when they are pressed."""
    st.markdown(prose("digits"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        trained = visit.page_knob(TRAINED.name)
        with st.container(width=200):
            which = int(visit.page_knob(BATCH.name))
    step = step_of(trained, which)
    _drawn(step, f"{trained} {which}")
    st.caption(sentences.of_digits(step))


def step_of(trained: str, which: int) -> Step:
    """Return the step on one of the mini-batches, before training or after an epoch."""
    experiment = LEARNED if trained == "epoch" else LEARNED.but(epochs=0)
    theta = cache.run(experiment).theta
    return take_step(*mini_batch(LEARNED, theta, which, SIZE), LEARNED.learning_rate)


@st.fragment
def _drawn(step: Step, version: str) -> None:
    def pressed() -> None:
        session.put(_CHOSEN, read_press(session.keep(_KEY, dict), step))

    chosen = session.keep(_CHOSEN, lambda: FIRST)
    _mount(key=_KEY, data=pack(step, chosen, version), on_pressed_change=pressed, height="content")


def read_press(sent: Any, step: Step) -> Ref:
    """Return the cell in what the browser has sent; the first sum if it makes no sense."""
    try:
        said = sent["pressed"]
        made = edits.checked(said["key"], said["row"], said["column"], 0)
    except (TypeError, KeyError, AttributeError):
        return FIRST
    if made is None or made.key not in step.matrices:
        return FIRST
    rows, columns = step.matrices[made.key].shape
    is_there = 0 <= made.row < rows and 0 <= made.column < columns
    return Ref(made.key, made.row, made.column) if is_there else FIRST


FIRST = Ref("Z1", 0, 0)
"""The cell that is unfolded at first: what a unit makes of the first digit."""


def pack(step: Step, chosen: Ref, version: str) -> bytes:
    """Return the matrices as pictures, blue to orange, and the sum of the chosen cell."""
    blobs = Blobs()
    pictures = {}
    for key, matrix in step.matrices.items():
        bound = float(np.quantile(np.abs(matrix), SEEN) or np.abs(matrix).max())
        cells = signed(matrix, bound)
        pictures[key] = {"bound": bound, "cells": blobs.add(cells, "|u1")}
    header = {
        "version": version,
        "lines": [line._asdict() | {"turned": []} for line in step.lines],
        "pictures": pictures,
        "labels": step.matrices["Y"].argmax(axis=0).tolist(),
        "chosen": list(chosen),
        "value": chosen.value(step),
        "sum": _sum(step, chosen),
    }
    return seal(header, blobs)


def _sum(step: Step, chosen: Ref) -> dict[str, Any] | None:
    """Return a cell's unfolding with its numbers, of a long one the largest terms."""
    found = unfold(step, *chosen)
    if found is None:
        return None
    kept = largest(found, step, SHOWN)
    refs = [
        *(ref for term in kept.terms for ref in term.refs),
        *found.names.values(),
        *found.again_names.values(),
    ]
    place = {ref: k for k, ref in enumerate(dict.fromkeys(refs))}
    told: dict[str, Any] = {
        "scale": found.scaled,
        "terms": [[term.factor, *(_at(place, ref) for ref in term.refs)] for term in kept.terms],
        "more": {"count": kept.others, "total": kept.rest} if kept.others else None,
        "formula": found.formula,
        "names": {name: _at(place, ref) for name, ref in found.names.items()},
        "roles": list(found.roles),
        "again": found.again,
        "againNames": {name: _at(place, ref) for name, ref in found.again_names.items()},
    }
    values = [{"key": ref.key, "value": ref.value(step)} for ref in place]
    return {"found": {name: each for name, each in told.items() if each}, "values": values}


def _at(place: dict[Ref, int], ref: Ref) -> list[int]:
    return [place[ref], ref.row, ref.column]
