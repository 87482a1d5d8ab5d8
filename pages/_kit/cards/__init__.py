"""Cards in a row: each a picture and a question, and pressing it leads somewhere."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from pages._kit.pictures.png import data_url
from pages._kit.player import bundle

_WEB = Path(__file__).parent / "web"

_mount = st.components.v2.component(
    "playground_cards",
    html=bundle.text(_WEB / "cards.html"),
    css=bundle.text("base.css") + bundle.text(_WEB / "cards.css"),
    js=bundle.text(_WEB / "cards.js"),
)


class Card(NamedTuple):
    """A question, its picture as a PNG (or nothing), and what it shows, for who cannot see it."""

    question: str
    picture: bytes
    seen: str


def draw(shown: Sequence[Card], *, key: str) -> int | None:
    """Draw the cards and return which of them has just been pressed, if any."""
    faces = [
        {
            "question": card.question,
            "picture": data_url(card.picture) if card.picture else "",
            "seen": card.seen,
        }
        for card in shown
    ]
    sent = _mount(key=key, data={"cards": faces}, on_pressed_change=_rerun, height="content")
    return read(sent, len(shown))


def read(sent: Any, count: int) -> int | None:
    """Return which of so many cards was pressed, None if it makes no sense."""
    try:
        which = sent["pressed"]
    except (TypeError, KeyError, AttributeError):
        return None
    is_number = isinstance(which, int) and not isinstance(which, bool)
    return which if is_number and 0 <= which < count else None


def _rerun() -> None:
    """Declare a value the browser may send; the rerun that brings it is all that is needed."""
