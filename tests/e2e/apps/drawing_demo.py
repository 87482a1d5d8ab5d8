"""The drawing alone on a page, with the network of one reader or another.

The controls are there for the tests: what happens to the digit when the network changes, when the
panel is left, and when the page is run for another reason.
"""

from types import SimpleNamespace

import streamlit as st

from pages._kit.training import cache
from pages._kit.training.live import Live
from pages._mnist import drawing
from pages._mnist.lens import MNIST
from tests.e2e.readers import READERS

st.set_page_config(layout="wide")
name = st.segmented_control("Network", READERS, default=st.query_params.get("network", "default"))
live: Live = cache.finished(READERS[name or "default"])
if st.toggle("Panel", value=True):
    drawing.show(SimpleNamespace(lens=MNIST), live)
st.session_state.reruns = st.session_state.get("reruns", 0) + 1
st.button("Unrelated rerun")
st.text(f"{st.session_state.reruns} reruns")
