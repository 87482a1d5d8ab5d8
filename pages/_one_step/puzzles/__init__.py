"""Puzzles of shapes: W, A and b are put together until the inner dimensions fit."""

from pathlib import Path
from typing import Any

import streamlit as st

from engine.inspection.one_step.puzzles import PUZZLES, Puzzle, Tile
from pages._kit.matrices import parts
from pages._kit.player import bundle
from pages._one_step import prose
from pages._one_step.lens import ONE_STEP

TITLE = "Puzzles"

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    "format.js",
    *parts.scripts("notation.js"),
    _WEB / "fits.js",
    _WEB / "puzzles.js",
)

_mount = st.components.v2.component(
    "playground_puzzles",
    html=bundle.text(_WEB / "puzzles.html"),
    css=bundle.text(_WEB / "puzzles.css"),
    js=bundle.script(MODULES),
)


def show() -> None:
    """Draw the puzzles."""
    st.markdown(prose("puzzles"))
    data = {"puzzles": [_sent(title, puzzle) for title, puzzle in PUZZLES.items()]}
    _mount(key=f"{ONE_STEP.path}.puzzles", data=data, height="content")


def _sent(title: str, puzzle: Puzzle) -> dict[str, Any]:
    def tile(each: Tile) -> dict[str, Any]:
        return {"name": each.name, "shape": each.shape}

    return {
        "title": title,
        "result": tile(puzzle.result),
        "tiles": [tile(each) for each in puzzle.tiles],
        "places": len(puzzle.answer),
        "notes": puzzle.notes,
    }
