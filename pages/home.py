"""What this playground is, one network that learns, and the map of the pages."""

import streamlit as st

from pages._home import prose
from pages._home.lens import HOME as LENS
from pages._kit.panels import player_panel
from pages._kit.site import sitemap, stage
from pages._kit.site.visit import open_picture

visit = open_picture(LENS)

st.title("Neural networks you can turn", anchor=False)
st.markdown(prose("home"))
with st.container(horizontal=True):
    for path, label, link in (
        ("xor", "Are two units enough for XOR?", {"hidden": "2", "panel": "Seeds, not luck"}),
        ("initialisation", "How large should weights be?", {"hidden": "-".join(["12"] * 10)}),
        ("bias_variance", "Fine in training, wrong elsewhere: what now?", {}),
    ):
        page = sitemap.page(path)
        st.page_link(page.file, label=label, icon=page.icon, query_params=link)
stage.show(
    visit,
    lambda visit: player_panel.show(
        LENS, visit.experiment, "Two circles", height=300, can_build=True
    ),
)

for section, pages in sitemap.sections().items():
    st.subheader(section, anchor=False)
    columns = st.columns(2)
    for k, page in enumerate(pages):
        with columns[k % 2].container(border=True, height="stretch"):
            st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
            st.markdown(page.teaser)
