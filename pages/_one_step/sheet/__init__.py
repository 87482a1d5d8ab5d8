"""All matrices of the step on one sheet, in the order in which they are made."""

from pathlib import Path
from typing import Any

import streamlit as st

from engine.inspection.one_step.step import Step
from pages._kit.matrices import parts, wire
from pages._kit.player import bundle
from pages._one_step import prose
from pages._one_step.lens import ONE_STEP

TITLE = "All matrices"

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    "format.js",
    *parts.scripts("notation.js", "tint.js", "grid.js"),
    _WEB / "sheet.js",
)

_mount = st.components.v2.component(
    "playground_sheet",
    html=bundle.text(_WEB / "sheet.html"),
    css=parts.style(_WEB / "sheet.css"),
    js=bundle.script(MODULES),
)


def show(step: Step) -> None:
    """Draw every matrix of the step, as a spreadsheet would have them."""
    st.markdown(prose("sheet"))
    _mount(key=f"{ONE_STEP.path}.sheet", data={"parts": pack(step)}, height="content")


def pack(step: Step) -> list[dict[str, Any]]:
    """Return the parts of the sheet: what is given, and what each part of the step makes."""
    given = ["A0", "Y", *(f"{name}{l}" for l in range(1, step.depth + 1) for name in ("W", "b"))]
    groups: dict[str, list[str]] = {"Given": given}
    for line in step.lines:
        groups.setdefault(_PARTS[line.part], []).append(line.result)
    return [
        {
            "title": title,
            "matrices": [{"key": key} | wire.matrix(step.matrices[key]) for key in keys],
        }
        for title, keys in groups.items()
    ]


_PARTS = {
    "forward": "Forwards", "backward": "Backwards", "update": "Update", "after": "After",
}  # fmt: skip
