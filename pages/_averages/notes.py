"""The panel with the maths: the formula, the sum that it is, and where the window comes from."""

import streamlit as st

from pages._averages import prose

TITLE = "The maths"


def show() -> None:
    """Write down what the other panels show with numbers."""
    st.markdown(prose("maths"))
