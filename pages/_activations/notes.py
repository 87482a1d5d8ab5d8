"""The panel with the notes' lines, on a page of their own."""

import streamlit as st

from pages._activations import prose

TITLE = "The maths"


def show() -> None:
    """Write down what the other panels show with numbers."""
    st.markdown(prose("maths"))
