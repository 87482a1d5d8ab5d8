"""The row of hot knobs above a picture, and what to try there first."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from pages._kit.knobs.hot import HotKnob
from pages._kit.knobs.lens import Try
from pages._kit.player import bundle

_WEB = Path(__file__).parent / "web"

_mount = st.components.v2.component(
    "playground_hot_knobs",
    html=bundle.text(_WEB / "hot.html"),
    css=bundle.text("base.css") + bundle.text("range.css") + bundle.text(_WEB / "hot.css"),
    js=bundle.script([_WEB / "pacing.js", _WEB / "hot.js"]),
)


class Turn(NamedTuple):
    """A hot knob turned to a value, as the browser says it; `is_over` when it has been let go."""

    name: str
    value: str
    is_over: bool
    sequence: int


def draw(
    knobs: Sequence[HotKnob],
    tries: Sequence[Try],
    *,
    key: str,
    is_live: bool,
    answered: int,
    on_turn: Callable[[], None],
    on_try: Callable[[], None],
) -> None:
    """Draw the row. What the visitor does there is told to the callbacks, to be read by `key`.

    With `is_live` a range tells where it is while it is dragged, else when it is let go. Nothing
    more is told until the turn with the number last told is `answered`.
    """
    faces = [{**knob._asdict(), "stops": [stop._asdict() for stop in knob.stops]} for knob in knobs]
    labels = [(each.label, each.meaning) for each in tries]
    _mount(
        key=key,
        data={"knobs": faces, "tries": labels, "live": is_live, "answered": answered},
        on_turn_change=on_turn,
        on_tried_change=on_try,
        height="content",
    )


def read_turn(sent: Any) -> Turn | None:
    """Return the turn in what the browser has sent, None if it makes no sense."""
    try:
        said = sent["turn"]
        name, value, sequence = said["name"], said["value"], said["sequence"]
        is_over = said["is_over"]
    except (TypeError, KeyError, AttributeError):
        return None
    are_texts = isinstance(name, str) and isinstance(value, str)
    is_number = isinstance(sequence, int) and not isinstance(sequence, bool)
    return Turn(name, value, is_over is True, sequence) if are_texts and is_number else None


def read_try(sent: Any, count: int) -> int | None:
    """Return which of so many things to try was pressed, None if it makes no sense."""
    try:
        which = sent["tried"]
    except (TypeError, KeyError, AttributeError):
        return None
    is_number = isinstance(which, int) and not isinstance(which, bool)
    return which if is_number and 0 <= which < count else None
