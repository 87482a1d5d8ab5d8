"""The notes' cases, each one click away."""

import streamlit as st

from engine.cases import CASES, Case
from pages._shared.bias_variance import recipe
from pages._shared.frame import Visit


def buttons(visit: Visit) -> None:
    """Draw a button for each of the notes' cases; the verdict is left to the visitor, and the page.

    The numbers are those of the notes; the network behind a button really comes close to them. A
    lesson has its own network, and no such buttons.
    """
    if visit.lesson is not None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("The notes' cases, as real networks:")
        for case in CASES:
            st.button(
                _title(case),
                key=f"{visit.lens.path}.case.{case.name}",
                type="primary" if visit.experiment == case.experiment else "secondary",
                on_click=recipe.begin,
                args=(visit.lens, case.experiment),
                help="Training error and dev error in the notes. What is wrong with it?",
            )


def _title(case: Case) -> str:
    return f"{100 * case.train:g} % and {100 * case.dev:g} %"
