"""What goes on inside the network: what its units look for, and one digit on its way through."""

import streamlit as st

from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live
from pages._mnist import forward, one_digit, prose, units
from pages._mnist.insight import shared_insight

TITLE = "See inside"


def show(visit: Visit, live: Live) -> None:
    """Draw the units of a network at rest, and what it makes of a digit the visitor chooses."""
    elements.draw_unless(
        "The network is learning. What is inside it is shown when it rests."
        if live.is_running
        else "",
        lambda: _look(live),
    )


def _look(live: Live) -> None:
    insight = shared_insight(live)
    if not insight.is_finite:
        elements.caption(
            "The numbers in this network have overflowed: there is nothing to see in it."
        )
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        units.show(insight)
    with right:
        one_digit.show(insight)
        forward.show(insight)
    with st.expander("What to look for"):
        st.markdown(prose("inside"))
