"""Can a straight line separate XOR, and if not, what can?"""

import streamlit as st

from engine.experiment import Experiment
from engine.problem import load
from pages._shared import cache, frame, words
from pages._shared.film import movie
from pages._shared.lens import Lens
from pages._shared.player import player

LENS = Lens(
    path="xor",
    defaults=Experiment(),
    knobs=(
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "epochs", "seed"),
    ),
    offers={"hidden": (12,) * 6, "epochs": (10, 30, 100, 300, 1000, 2000, 3000, 5000)},
)

experiment = frame.open_lens(LENS, "Which network can tell XOR apart?")
run = cache.run(experiment)
problem = load(experiment)

player(movie(run, problem, "XOR"), key="xor.player")
st.markdown(words.summary(run))

st.subheader("One perceptron beside it", anchor=False)
st.markdown(words.prose("xor_perceptron"))
alone = cache.run(experiment.but(hidden=()))
player(movie(alone, problem, "XOR with one perceptron"), key="xor.perceptron", height=300)
st.markdown(words.summary(alone))
