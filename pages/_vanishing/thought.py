"""The notes' thought experiment: L layers of W = w I, and what they do forwards and backwards."""

import streamlit as st

from engine.inspection.depth import linear
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._vanishing import charts, prose, sentences

TITLE = "Thought experiment"

_GUESSED_W, _GUESSED_L = 1.1, 50
_GUESSES = ("about 5", "about 55", "about 117")


def show(visit: Visit) -> None:
    """Draw the page_knobs w and L, the exact curves, and the network's own numbers on them."""
    st.markdown(prose("thought"))
    guess = st.radio(
        f"Predict first: what do {_GUESSED_L} layers with w = {_GUESSED_W} make of an "
        "activation of 1?",
        _GUESSES,
        index=None,
        horizontal=True,
        key=f"{visit.lens.path}.guess",
    )
    if guess is not None:
        end = linear(_GUESSED_W, _GUESSED_L).activation[-1]
        elements.caption(
            f"You said {guess}; the network says {end:.1f}. Growth that looks harmless in one "
            "layer is not harmless in fifty."
        )
    left, right = st.columns(2)
    with left:
        w = visit.page_knob("w")
    with right:
        depth = visit.page_knob("L")
    seen = linear(w, depth)
    elements.chart(charts.thought(w, seen), sentences.thought(w, depth, seen))
    st.markdown(prose("slip"))
