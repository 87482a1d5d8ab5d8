"""A tour of a page, offered once: a few things it shows, each with a sentence beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from pages._kit.player import bundle

_WEB = Path(__file__).parent / "web"

FOUND = _WEB / "found.js"
"""How a thing on the page is found, for another component's modules."""

_mount = st.components.v2.component(
    "playground_tour",
    html=bundle.text(_WEB / "tour.html"),
    css=bundle.text("base.css") + bundle.text(_WEB / "tour.css"),
    js=bundle.script([FOUND, _WEB / "beside.js", _WEB / "tour.js"]),
)


class Stop(NamedTuple):
    """Something to point at, found by the first of the selectors that fits, and what is said."""

    title: str
    text: str
    targets: Sequence[str]


SHARE = Stop(
    "Share what you see",
    "The link holds every knob. Whoever opens it sees this page as it is now.",
    ("button.copy",),
)

MOVE = Stop(
    "Move through the training",
    "All of it has happened already: play it, step through it, or drag the bar back to the start.",
    (".transport",),
)

STOPS = (
    Stop(
        "The colours",
        "Orange is where the network expects diamonds, blue where it expects circles; on the line "
        "it cannot tell. The paler, the less sure it is.",
        (".player [data-role=square]", ".lineup .tile canvas"),
    ),
    Stop(
        "Drag this",
        "Each place on the bar is a network of its own, trained from the same start. Drag it "
        "slowly, and watch the picture.",
        (".hot input[type=range]",),
    ),
    MOVE,
    SHARE,
)
"""A page without one of these has a shorter tour."""


def offer(*, key: str, stops: Sequence[Stop] = STOPS, on_phones: bool = False) -> None:
    """Offer the tour, until it has been taken or left; on a small screen only where it is asked."""
    steps = [{"title": stop.title, "text": stop.text, "targets": stop.targets} for stop in stops]
    _mount(key=key, data={"stops": steps, "phones": on_phones}, height="content", width="content")
