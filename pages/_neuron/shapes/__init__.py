"""Shapes of one's own: two are typed, and what NumPy makes of them is seen while one types."""

from pathlib import Path

import streamlit as st

from pages._kit.player import bundle
from pages._kit.site import told
from pages._kit.site.visit import Visit
from pages._neuron import prose
from pages._neuron.dims import LONGEST, MOST_AXES
from pages._neuron.lens import LEFT, RIGHT

TITLE = "Shapes of your own"

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    *("format.js", told.SHARED),
    *(_WEB / name for name in ("typed.js", "rule.js", "ghosts.js", "shapes.js")),
)

_mount = st.components.v2.component(
    "playground_neuron_shapes",
    html=bundle.text(_WEB / "shapes.html"),
    css=bundle.text("base.css") + bundle.text(_WEB / "shapes.css"),
    js=bundle.script(MODULES),
)

_NAMES = (LEFT.name, RIGHT.name)


def show(visit: Visit) -> None:
    """Let the visitor type two shapes, and show how they are laid side by side and stretched."""
    st.markdown(prose("shapes"))
    key = f"{visit.lens.path}.shapes"
    limits = {"most": MOST_AXES, "longest": LONGEST}
    _mount(
        key=key,
        data={**told.state(visit, key, _NAMES), "limits": limits},
        on_state_change=told.taking(visit, key, _NAMES),
        height="content",
    )
