"""The notes' cases, each one click away."""

import streamlit as st

from engine.cases import CASES, Case
from pages._shared.bias_variance import recipe
from pages._shared.frame import Visit


def row(visit: Visit) -> bool:
    """Draw a button for each of the notes' cases; return whether the visitor wants to guess first.

    The numbers are those of the notes; the network behind a button really comes close to them. A
    lesson has its own network, and no such buttons.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        if visit.lesson is None:
            st.markdown("The notes' cases, as real networks:")
            for case in CASES:
                _button(visit, case)
        return bool(visit.dial("guess"))


def _button(visit: Visit, case: Case) -> None:
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
