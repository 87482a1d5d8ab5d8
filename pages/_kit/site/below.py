"""Below the picture: a page's panels on one row, and under it the parts of the one chosen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from pages._kit.site import elements, session

_ROW, _PARTS = "Below the picture", "In this panel"

_into_view = st.components.v2.component(
    "playground_into_view",
    js=Path(__file__).with_name("into_view.js").read_text(encoding="utf-8"),
)


def show(path: str, panels: Mapping[str, Mapping[str, Callable[[], None]]]) -> str:
    """Let the visitor choose one of a page's panels and one of its parts, and draw that.

    What is chosen is brought into view, unless one has just come to it by a link. Returns the
    part's title, "" for the very first one.
    """
    parts = {name: title for title, within in panels.items() for name in within}
    has_come = _turn_to_what_is_wanted(path, panels)
    with st.container(gap="xsmall"):
        mark = st.container(height=1, border=False)
        title = elements.choose(_ROW, list(panels), _key(path))
        part = _part(path, title, list(panels[title]))
    shown = session.keep(f"{path}.panel.shown", lambda: part)
    choices = session.keep(f"{path}.panel.choices", int) + (shown != part and not has_come)
    session.put(f"{path}.panel.shown", part)
    session.put(f"{path}.panel.choices", choices)
    with mark:
        _into_view(key=f"{path}.panel.mark", data={"choices": choices})
    # Each has a place of its own, so that the one before is gone before this one is drawn.
    places = {name: st.container() if name == part else st.empty() for name in parts}
    with places[part]:
        panels[title][part]()
    return "" if part == next(iter(parts)) else part


def come_to(path: str, title: str) -> None:
    """Have a page open a part of a panel by its title, the first if there is none of that title."""
    session.put(_wanted(path), (title, True))


def open_part(path: str, title: str) -> None:
    """Open a part of a panel by its title, and bring it into view; for callbacks."""
    session.put(_wanted(path), (title, False))


def _turn_to_what_is_wanted(
    path: str, panels: Mapping[str, Mapping[str, Callable[[], None]]]
) -> bool:
    """Choose what a link or a callback has asked for; return whether it was a link."""
    wanted: tuple[str, bool] | None = session.keep(_wanted(path), lambda: None)
    if wanted is None:
        return False
    session.put(_wanted(path), None)
    name, has_come = wanted
    there = (title for title, within in panels.items() if name in (title, *within))
    title = next(there, next(iter(panels)))
    session.put(_key(path), title)
    session.put(_key(path, title), name)
    return has_come


def _part(path: str, title: str, names: Sequence[str]) -> str:
    """Let the visitor choose one of several parts of a panel."""
    place = st.empty() if len(names) == 1 else st.container()
    if len(names) == 1:
        return names[0]
    with place:
        return elements.choose(_PARTS, names, _key(path, title))


def _key(path: str, title: str = "") -> str:
    return f"{path}.panel.{title}" if title else f"{path}.panel"


def _wanted(path: str) -> str:
    return f"{path}.panel.wanted"
