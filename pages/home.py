"""What this playground is, one network that learns, and the map of the pages."""

import streamlit as st

from engine.experiment import Experiment
from engine.problem import load
from pages._shared import cache, frame, words
from pages._shared.film import Film
from pages._shared.player import player

frame.begin("home")

st.title("Neural networks you can turn", anchor=False)
st.markdown(words.prose("home"))

experiment = Experiment(
    dataset="circles", samples=200, noise=0.1, hidden=(4, 2), activation="tanh",
    learning_rate=0.3, epochs=300, batch_size=10, seed=1,
)  # fmt: skip
film = Film.of(cache.run(experiment), load(experiment))
player(film.movie("Two circles"), key="home.player", height=360)

for section, places in frame.MAP.items():
    st.subheader(section, anchor=False)
    for place in places:
        with st.container(border=True):
            st.page_link(place.file, label=f"**{place.title}**", icon=place.icon)
            st.markdown(place.teaser)
