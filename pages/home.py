"""What this playground is, one network that learns, and the map of the pages."""

import streamlit as st

from pages._home import invitations, lessons, prose
from pages._home.lens import HOME as LENS
from pages._kit import tour
from pages._kit.panels import player_panel
from pages._kit.site import elements, sitemap, stage
from pages._kit.site.visit import open_picture

visit = open_picture(LENS, "Neural networks you can turn")
with visit.link_place:
    lessons.offer()
elements.say(visit.notes)
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(prose("home"), width="content")
    tour.offer(key="home.tour", on_phones=True)
questions = st.container()
stage.show(
    visit,
    lambda visit: player_panel.show(
        LENS, visit.experiment, "Two circles", height=280, can_build=True
    ),
)
with questions:
    invitations.show()

for section, pages in sitemap.sections().items():
    st.subheader(section, anchor=False)
    columns = st.columns(2)
    for k, page in enumerate(pages):
        with columns[k % 2].container(border=True, height="stretch"):
            st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
            st.markdown(page.teaser)
visit.close()
