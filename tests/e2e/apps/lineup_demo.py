"""The line-up alone on a page, as its entries arrive one by one.

`?count=3&arrived=1` shows three entries of which one has arrived; the buttons are there for the
tests, which ask what a rerun and an arrival do to the film.
"""

import json
import math

import streamlit as st

from pages._kit.lineup import lineup
from tests.e2e.lineups import side_by_side

st.set_page_config(layout="wide")
count = int(st.query_params.get("count", "6"))
arrived = st.session_state.setdefault("arrived", int(st.query_params.get("arrived", str(count))))
gestures = lineup(**side_by_side(count, arrived), key="lineup")


def arrive() -> None:
    st.session_state.arrived += 1


st.button("Unrelated rerun")
st.button("One more arrives", on_click=arrive)
st.text(json.dumps({"epoch": None if gestures.epoch == math.inf else gestures.epoch}))
