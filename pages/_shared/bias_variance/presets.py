"""The notes' cases, each one click away."""

import streamlit as st

from engine.cases import CASES, Case
from engine.experiment import Experiment
from pages._shared import frame
from pages._shared.lens import Lens


def buttons(lens: Lens, experiment: Experiment) -> None:
    """Draw a button for each of the notes' cases; the verdict is left to the visitor, and the page.

    The numbers are those of the notes; the network behind a button really comes close to them.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("The notes' cases, as real networks:")
        for case in CASES:
            st.button(
                _title(case),
                key=f"{lens.path}.case.{case.name}",
                type="primary" if experiment == case.experiment else "secondary",
                on_click=frame.turn,
                args=(lens, case.experiment),
                help="Training error and dev error in the notes. What is wrong with it?",
            )


def _title(case: Case) -> str:
    return f"{100 * case.train:g} % and {100 * case.dev:g} %"
