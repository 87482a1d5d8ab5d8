"""Pictures that are all worked out in the browser: plots, formulas with numbers, shared controls.

A component of this kind is a few small modules in its page's folder, joined with those here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pages._kit.matrices import parts as matrices
from pages._kit.player import bundle
from pages._kit.site import told
from pages._kit.site.visit import Visit

_WEB = Path(__file__).parent / "web"

SHARED: tuple[str | Path, ...] = (
    "format.js",
    told.SHARED,
    *matrices.scripts("closely.js"),
    *(_WEB / name for name in ("formula.js", "plot.js", "pins.js", "dial.js")),
)
"""What every component of this kind can use, before its own modules."""


def component(
    page: str, name: str, folder: Path, modules: Sequence[str | Path]
) -> Callable[..., Any]:
    """Return what mounts a page's component: name.html and name.css of a folder, and its modules.

    `modules` are its own, each after those that it imports from.
    """
    styles: tuple[str | Path, ...] = (
        *("range.css", "base.css"),
        *(_WEB / "plots.css", folder / f"{name}.css"),
    )
    return st.components.v2.component(
        f"{page}_{name}",
        html=bundle.text(folder / f"{name}.html"),
        css="".join(map(bundle.text, styles)),
        js=bundle.script(joined(modules)),
    )


def joined(modules: Sequence[str | Path]) -> list[str | Path]:
    """Return all modules of a component: what all share, and then its own."""
    return [*SHARED, *modules]


def draw(
    mount: Callable[..., Any], visit: Visit, key: str, names: Sequence[str], **data: Any
) -> None:
    """Draw a component that shares with the page what the controls of these names say."""
    mount(
        key=key,
        data={**told.state(visit, key, names), **data},
        on_state_change=told.taking(visit, key, names),
        height="content",
    )
