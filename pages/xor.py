"""Can a straight line separate XOR, and if not, what can?"""

import streamlit as st

from engine.problem import load
from pages._shared import cache, frame, lenses, words
from pages._shared.film import movie
from pages._shared.player import player

experiment = frame.open_lens(lenses.XOR, "Which network can tell XOR apart?")
run = cache.run(experiment)
problem = load(experiment)

player(movie(run, problem, "XOR"), key="xor.player")
st.markdown(words.summary(run))

st.subheader("One perceptron beside it", anchor=False)
st.markdown(words.prose("xor_perceptron"))
alone = cache.run(experiment.but(hidden=()))
player(movie(alone, problem, "XOR with one perceptron"), key="xor.perceptron", height=300)
st.markdown(words.summary(alone))
