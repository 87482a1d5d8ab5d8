"""The step to take away, as a script that prints the same matrices."""

import streamlit as st

from engine.export.step_script import step_script
from engine.inspection.one_step.step import Step
from pages._one_step import prose
from pages._one_step.lens import ONE_STEP

TITLE = "The step as a script"


def show(step: Step) -> None:
    """Offer the step of the page as a script, and show it."""
    st.markdown(prose("script"))
    code = step_script(step)
    st.download_button(
        "Script (.py)",
        code,
        file_name="one_step.py",
        help="Needs Python 3.11 and NumPy 2.",
        on_click="ignore",
        icon=":material/download:",
        key=f"{ONE_STEP.path}.download.step",
    )
    st.code(code, language="python", height=480)
