"""The step as a loop over the samples, with its running sums, beside the lines of matrices."""

from pathlib import Path

import streamlit as st

from engine.inspection.one_step.loop import difference, turns
from engine.inspection.one_step.step import Step
from engine.nn.losses import LOSSES
from pages._kit.matrices import parts, wire
from pages._kit.player import bundle
from pages._one_step import prose, sentences
from pages._one_step.lens import ONE_STEP

TITLE = "Sample by sample"

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    "format.js",
    *parts.scripts("notation.js", "tint.js", "grid.js", "pace.js"),
    _WEB / "loop.js",
)

_mount = st.components.v2.component(
    "playground_samples",
    html=bundle.text(_WEB / "loop.html"),
    css=parts.style(_WEB / "loop.css"),
    js=bundle.script(MODULES),
)


def show(step: Step, version: str) -> None:
    """Draw the loop, to be run sample by sample."""
    st.markdown(prose("samples"))
    _mount(key=f"{ONE_STEP.path}.samples", data=pack(step) | {"version": version}, height="content")
    st.caption(sentences.looped(step.m, difference(step)))


def pack(step: Step) -> dict[str, object]:
    """Return the loop as the browser is sent it: its lines, its turns, and what they end at."""
    last, output = step.depth, LOSSES[step.network.output].derivation
    layers = range(1, last + 1)
    back = range(last, 0, -1)
    there = [line for l in layers for line in _there(step, l)]
    slopes = [
        (
            f"dz[{l}] = a[{l}] − y"
            if l == last
            else f"dz[{l}] = W[{l + 1}]ᵀ dz[{l + 1}] · g′(z[{l}])",
            f"dZ{l}",
        )
        for l in back
    ]
    sums = ["J", *(f"d{name}{l}" for l in back for name in ("W", "b"))]
    return {
        "m": step.m,
        "lines": [*there, *slopes],
        "loss": output.loss_notes.format(l=last).replace("A", "a").replace("Y", "y"),
        "sums": sums,
        "turns": [
            {
                "columns": {key: wire.matrix(column) for key, column in turn.columns.items()},
                "loss": turn.loss,
                "added": {key: wire.matrix(turn.added[key]) for key in sums},
                "sums": {key: wire.matrix(turn.sums[key]) for key in sums},
            }
            for turn in turns(step)
        ],
        "whole": {key: wire.matrix(step.matrices[key]) for key in sums},
    }


def _there(step: Step, l: int) -> list[tuple[str, str]]:
    below = "x" if l == 1 else f"a[{l - 1}]"
    name = next(line.notes for line in step.lines if line.result == f"A{l}")
    activation = name.replace("A[", "a[").replace("Z[", "z[")
    return [(f"z[{l}] = W[{l}] {below} + b[{l}]", f"Z{l}"), (activation, f"A{l}")]
