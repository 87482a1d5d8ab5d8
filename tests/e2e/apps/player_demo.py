"""The player alone on a page: a small network learns a small problem, chosen in the link.

`?sizes=2-3-1&activation=tanh&problem=xor&frames=200` shows that network; the buttons below the
player are there for the tests, which ask what a rerun does to the film.
"""

import json
import math

import streamlit as st

from engine.experiment.experiment import KNOBS
from pages._kit.player import player
from tests.e2e.films import film


def chosen(name: str, default: str) -> str:
    return st.query_params.get(name, default)


st.set_page_config(layout="wide")
editable = chosen("edit", "0") == "1"
drawn = st.session_state.get("drawn") if editable else None
seed = st.session_state.setdefault("seed", int(chosen("seed", "3")))
movie = film(
    sizes=tuple(map(int, chosen("sizes", "2-3-1").split("-"))),
    activation=KNOBS["activation"].parse(chosen("activation", "tanh")),
    problem=chosen("problem", "xor"),
    frames=int(chosen("frames", "200")),
    seed=seed,
    batches=int(chosen("batches", "1")),
    drawn=drawn,
    finer_from=st.session_state.get("finer_from"),
)
gestures = player(movie, key="player", editable_points=editable, finer=True)
if gestures.points is not None:
    st.session_state.drawn = gestures.points
    st.rerun()
if gestures.steps_from is not None:
    st.session_state.finer_from = gestures.steps_from
    st.rerun()


def another_seed() -> None:
    st.session_state.seed += 1


st.button("Unrelated rerun")
st.button("Another seed", on_click=another_seed)
st.session_state.reruns = st.session_state.get("reruns", 0) + 1
told = {
    "reruns": st.session_state.reruns,
    "epoch": None if gestures.epoch == math.inf else gestures.epoch,
    "points": gestures.points,
    "train_on": gestures.train_on and [*gestures.train_on.theta, gestures.train_on.epoch],
}
st.text(json.dumps(told))
