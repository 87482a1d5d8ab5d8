"""What this playground is, one network that learns, and the map of the pages."""

import streamlit as st

from engine.experiment.experiment import Experiment
from pages._home import prose
from pages._kit.knobs.lens import Lens
from pages._kit.panels import player_panel
from pages._kit.site import navigation, sitemap

LENS = Lens(
    path="home",
    defaults=Experiment(
        dataset="circles", samples=200, noise=0.1, hidden=(4, 2), activation="tanh",
        learning_rate=0.3, epochs=300, batch_size=10, seed=1,
    ),
    knobs=(),
)  # fmt: skip

navigation.begin(LENS.path)

st.title("Neural networks you can turn", anchor=False)
st.markdown(prose("home"))
player_panel.show(LENS, LENS.defaults, "Two circles", height=360)

for section, pages in sitemap.sections().items():
    st.subheader(section, anchor=False)
    columns = st.columns(2)
    for k, page in enumerate(pages):
        with columns[k % 2].container(border=True, height="stretch"):
            st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
            st.markdown(page.teaser)
