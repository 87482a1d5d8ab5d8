"""What to look for on the page and where to go next, and a scheme's run to take away."""

from collections.abc import Sequence

import streamlit as st

from engine.training.run import Run
from pages._initialisation import prose
from pages._kit.panels import takeaway
from pages._kit.site import elements
from pages._kit.site.visit import Visit


def show(visit: Visit) -> None:
    """Say what there is to see."""
    st.markdown(prose("look"))
    st.page_link(
        "pages/vanishing.py",
        label="Where to go next: up to 50 layers deep",
        icon=":material/arrow_forward:",
    )


def take_away(visit: Visit, runs: Sequence[Run], names: Sequence[str]) -> None:
    """Offer the run of one scheme as files and as code."""
    name = elements.choose("Scheme to take away", names, f"{visit.lens.path}.taken")
    takeaway.show(visit, runs[names.index(name)])
