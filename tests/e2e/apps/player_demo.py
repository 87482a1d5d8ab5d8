"""The player alone on a page: a small network learns XOR.

`?frames=21&batches=4&edit=1` shows so many frames of so many mini-batches an epoch, and lets the
points be changed; the buttons below the player are there for the tests, which ask what a rerun does
to the film.
"""

import json
import math

import streamlit as st

from pages._kit.player import player
from tests.e2e.films import film

st.set_page_config(layout="wide")
asked, kept = st.query_params, st.session_state
movie = film(
    frames=int(asked.get("frames", "200")),
    seed=kept.setdefault("seed", 3),
    batches=int(asked.get("batches", "1")),
    drawn=kept.get("drawn"),
    finer_from=kept.get("finer_from"),
)
gestures = player(movie, key="player", editable_points="edit" in asked, finer=True)
if gestures.points is not None:
    kept.drawn = gestures.points
    st.rerun()
if gestures.steps_from is not None:
    kept.finer_from = gestures.steps_from
    st.rerun()


def another_seed() -> None:
    kept.seed += 1


st.button("Unrelated rerun")
st.button("Another seed", on_click=another_seed)
kept.reruns = kept.get("reruns", 0) + 1
told = {
    "reruns": kept.reruns,
    "epoch": None if gestures.epoch == math.inf else gestures.epoch,
    "train_on": gestures.train_on and [*gestures.train_on.theta, gestures.train_on.epoch],
}
st.text(json.dumps(told))
