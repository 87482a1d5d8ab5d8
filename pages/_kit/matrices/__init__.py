"""The matrices of one step, line by line: each cell unfolds into the sum it is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from engine.inspection.one_step.start import MOST, Edit
from engine.inspection.one_step.step import Step
from pages._kit.matrices import edits, parts, wire
from pages._kit.matrices.place import Place
from pages._kit.player import bundle

MODULES: tuple[str | Path, ...] = (
    "format.js",
    *parts.scripts("notation.js", "walk.js", "ways.js", "tint.js", "grid.js", "sum.js"),
    *parts.scripts("listing.js", "diagram.js", "expression.js", "said.js", "pointing.js"),
    *parts.scripts("pace.js", "place.js", "main.js"),
)

_mount = st.components.v2.component(
    "neural_network_matrices",
    html=parts.markup(parts.WEB / "matrices.html"),
    css=parts.style(),
    js=bundle.script(MODULES),
)


def matrices(
    step: Step,
    *,
    key: str,
    base: str,
    version: str,
    edited: Sequence[Edit] = (),
    refusal: str = "",
    open_at: Place,
    asked: int = 0,
    first: str = "",
    on_edit: Callable[[], None],
) -> None:
    """Show a step as a listing whose lines are run one by one, without any round trip.

    A `version` brings other numbers; with the same `base` they come of a cell that was changed, and
    whatever followed is marked. What the visitor puts into a cell is told to `on_edit`, to be read
    with `read_edit`. `edited` cells are marked, `refusal` says why the last one was not taken,
    `open_at` is the cell that is unfolded, at first and whenever it is `asked` for anew. Where one
    rests is said in the link, but at the `first` place.
    """
    _mount(
        key=key,
        data={
            **wire.pack(step),
            "base": base,
            "version": version,
            "edited": [edit[:3] for edit in edited],
            "refusal": refusal,
            "most": MOST,
            "open": open_at,
            "asked": asked,
            "first": first,
        },
        on_edit_change=on_edit,
        height="content",
    )


def read_edit(sent: Any) -> Edit | None:
    """Return the cell in what the browser has sent, None if it makes no sense."""
    try:
        said = sent["edit"]
        given = [said[name] for name in ("key", "row", "column", "value")]
    except (TypeError, KeyError, AttributeError):
        return None
    return edits.checked(*given)
