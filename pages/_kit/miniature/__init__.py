"""A miniature: the page's picture once more, small, beside a panel that speaks of it."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages._kit import tour
from pages._kit.player import bundle

_WEB = Path(__file__).parent / "web"

_COLUMNS, _LEAST_WIDTH = 4, 215
"""Of the grid, one column of which is the miniature's; where fewer fit, the panel goes below."""

_mount = st.components.v2.component(
    "playground_miniature",
    html=bundle.text(_WEB / "miniature.html"),
    css=bundle.text("base.css") + bundle.text(_WEB / "miniature.css"),
    js=bundle.script([tour.FOUND, _WEB / "miniature.js"]),
)


def beside(draw: Callable[[], object]) -> None:
    """Draw a panel, and beside it (on a narrow screen above it) the page's picture, small.

    The browser copies it from the player or line-up that stands first on the page, each time that
    is painted: so it shows the same moment, and costs the server nothing.
    """
    grid = st.grid(_COLUMNS, min_column_width=_LEAST_WIDTH)
    with grid.cell():
        _mount(height="content")
    with grid.cell(column_span=_COLUMNS - 1):
        draw()
