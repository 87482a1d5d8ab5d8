"""The address bar follows the controls, and a button copies it."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "playground_link",
    html=(_HERE / "link.html").read_text(encoding="utf-8"),
    css=(_HERE / "link.css").read_text(encoding="utf-8"),
    js=(_HERE / "link.js").read_text(encoding="utf-8"),
)


def link(parameters: dict[str, str], *, key: str) -> None:
    """Put the parameters into the address without a rerun, and offer to copy the whole link.

    The address is replaced, not added to the history: Back leaves the page instead of undoing
    knob after knob.
    """
    _mount(key=key, data={"query": urlencode(parameters)}, height="content")
