"""The notes' two cases and two more, each one click away."""

import streamlit as st

from engine.diagnosis.notes_cases import CASES, Case
from pages._bias_variance import recipe
from pages._kit.site.visit import Visit


def row(visit: Visit) -> bool:
    """Draw a button for each of the cases; return whether the visitor wants to guess first.

    The network behind a button really comes close to its numbers. A lesson has its own network,
    and no such buttons.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if visit.lesson is None:
            st.markdown("Cases, by training / dev error:")
            for case in CASES:
                _button(visit, case)
        return bool(visit.page_knob("guess"))


def _button(visit: Visit, case: Case) -> None:
    st.button(
        _title(case),
        key=f"{visit.lens.path}.case.{case.name}",
        type="primary" if visit.experiment == case.experiment else "secondary",
        on_click=recipe.begin,
        args=(visit.lens, case.experiment),
        help=f"Training error and dev error{' in the notes' if case.in_notes else ''}. What is "
        "wrong with it?",
    )


def _title(case: Case) -> str:
    return f"{100 * case.train:g} / {100 * case.dev:g} %"
