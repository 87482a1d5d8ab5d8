"""The page's components: a folder of small modules, joined for each."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pages._kit.matrices import parts as matrices
from pages._kit.player import bundle
from pages._kit.site import told
from pages._kit.site.visit import Visit

WEB = Path(__file__).parent / "web"

SHARED: tuple[str | Path, ...] = (
    "format.js",
    told.SHARED,
    *matrices.scripts("closely.js"),
    "activations.js",
    *(WEB / name for name in ("formula.js", "plot.js")),
)

TINT: tuple[str | Path, ...] = matrices.scripts("tint.js")


def component(name: str, modules: Sequence[str | Path]) -> Callable[..., Any]:
    """Return what mounts a component: name.html, name.css, its modules, and what all share."""
    return st.components.v2.component(
        f"activations_{name}",
        html=bundle.text(WEB / f"{name}.html"),
        css=bundle.text("range.css")
        + bundle.text("base.css")
        + bundle.text(WEB / "common.css")
        + bundle.text(WEB / f"{name}.css"),
        js=bundle.script(joined(modules)),
    )


def joined(modules: Sequence[str | Path]) -> list[str | Path]:
    """Return all modules of a component by its own: what all share, and then these."""
    return [*SHARED, *(WEB / module for module in modules)]


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
