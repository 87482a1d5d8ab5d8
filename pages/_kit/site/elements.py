"""Elements that pages share: charts with a sentence, places that stay, choices that are kept."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages._kit.site import session

_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%)")

_INK = {"light": "#1F2933", "dark": "#E6EBF0"}
"""The text colours of .streamlit/config.toml."""


def say(notes: Sequence[str]) -> None:
    """Say in one note what of a link could not be used."""
    if notes:
        st.info(
            "Part of the link could not be used. " + " ".join(notes), icon=":material/link_off:"
        )


def chart(
    spec: dict[str, Any],
    sentence: str,
    *,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a chart and say below it in words what it shows.

    `on_select` is called when something in it is chosen; what it is, `keep(key)` then tells.
    """
    # Vega writes in black, whatever the theme; axes and legends are Streamlit's, and follow it.
    config = {**spec.get("config", {}), "text": {"color": ink()}}
    st.vega_lite_chart(
        {**spec, "config": config}, width="stretch", key=key, on_select=on_select or "ignore"
    )
    caption(sentence)


def caption(sentence: str) -> None:
    """Write a sentence small, its numbers on one line with what belongs to them."""
    st.caption(unbroken(sentence))


def unbroken(sentence: str) -> str:
    """Return a sentence in which no line breaks between a number and its unit, or its power of ten.

    >>> unbroken("9.1 % of 2.0 × 10⁻³").count("\N{NO-BREAK SPACE}")
    3
    """
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", sentence).replace(
        " × 10", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10"
    )


def ink() -> str:
    """Return the colour in which the visitor's theme writes."""
    return _INK[st.context.theme.type or "light"]


def slot(draw: Callable[[], object] | None) -> None:
    """Draw something, or where there is nothing to draw, an empty element in its place.

    The browser knows elements by counting them, and what a run of the page has less than the one
    before it clears away at the run's very end. With a training under way, which draws the page
    anew before it comes to its end, that takes as long as the training. So what is not there in
    every run has a place that is: then nothing below it moves, and nothing is left of it.
    """
    with st.empty() if draw is None else st.container():
        if draw is not None:
            draw()


def draw_unless(reason: str, draw: Callable[[], None]) -> None:
    """Say why something cannot be shown now; without a reason, show it."""
    slot((lambda: st.caption(reason)) if reason else None)
    slot(None if reason else draw)


def choose(label: str, options: Sequence[str], key: str) -> str:
    """Let the visitor choose one of a few, and remember it when the page is left."""
    widget = f"{key}.widget"
    if widget not in st.session_state:
        kept = st.session_state.get(key)
        st.session_state[widget] = kept if kept in options else options[0]
    chosen = st.segmented_control(
        label, options, key=widget, required=True, label_visibility="collapsed"
    )
    st.session_state[key] = chosen
    return str(chosen)


def switch(label: str, key: str) -> bool:
    """Let the visitor turn something on or off, for all pages at once; at first it is on."""
    widget = f"{session.page()}.{key}"
    if widget not in st.session_state:
        st.session_state[widget] = session.keep(key, lambda: True)
    st.session_state[key] = st.toggle(label, key=widget)
    return bool(st.session_state[key])
