"""Averages that forget: how they smooth, how late they are, and what becomes of them."""

import streamlit as st

from pages._averages import first_days, notes, own, picture, script, training
from pages._averages.lens import AVERAGES as LENS
from pages._averages.lens import FIRST_DAYS, TRAINING
from pages._averages.stops import STOPS
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_picture

visit = open_picture(LENS, "Over how many days does an average go?", STOPS)
elements.say(visit.notes)
stage.show(visit, picture.show)
visit.judge()
panel = visit.panels(
    {
        FIRST_DAYS: {FIRST_DAYS: lambda: first_days.show(visit)},
        own.TITLE: {own.TITLE: lambda: own.show(visit)},
        TRAINING: {TRAINING: lambda: training.show(visit)},
        "The notes' lines": {notes.TITLE: notes.show},
        "Take away and teach": {script.TITLE: lambda: script.show(visit)},
    }
)
st.page_link(
    "pages/optimisers.py", label="Next: the race of the optimisers", icon=":material/sports_score:",
)  # fmt: skip
visit.close(panel=panel)
