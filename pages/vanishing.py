"""What does depth do to a gradient?"""

import streamlit as st

from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._vanishing import cures, literature, prose, real, thought
from pages._vanishing.lens import VANISHING as LENS

visit = open_lens(LENS, "What does depth do to a gradient?")
elements.say(visit.notes)
watched = stage.show(visit, real.follow)
runs = watched.job.runs()
if watched.job.finished:
    visit.finished(*runs)

panel = visit.panels(
    {
        "Why": {
            thought.TITLE: lambda: thought.show(visit),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "What cures it": {cures.TITLE: lambda: cures.show(visit)},
        "What was published": {literature.TITLE: lambda: literature.show(visit)},
        "Compare and check": {
            "Compare": lambda: panels.compare(visit, runs),
            gradient_panel.TITLE: lambda: gradient_panel.show(
                visit, visit.experiment, runs[0].theta
            ),
        },
        "Take away and teach": {takeaway.TITLE: lambda: takeaway.show(visit, runs[0])},
    }
)
st.page_link(
    "pages/initialisation.py", label="Next: where to start, scheme by scheme",
    icon=":material/casino:",
)  # fmt: skip
visit.close(panel=panel)
