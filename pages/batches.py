"""How many samples should each step see?"""

import streamlit as st

from pages._batches import side_by_side
from pages._batches.lens import BATCHES as LENS
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens

visit = open_lens(LENS, "How many samples per step?")
elements.say(visit.notes)
with st.container(horizontal=True, vertical_alignment="bottom"):
    visit.page_knob("sizes")
    visit.page_knob("alpha")
shown = stage.show(
    visit,
    side_by_side.show,
    lambda experiment: side_by_side.trained(visit, experiment),
)
runs, names = shown.runs, shown.names
if shown.watched.job.finished and runs:
    visit.finished(*runs)

panel = visit.panels(
    {
        "Compare and take away": {
            "Compare": lambda: panels.compare(visit, runs, names),
            gradient_panel.TITLE: lambda: gradient_panel.show(
                visit, runs[-1].experiment, runs[-1].theta
            ),
            takeaway.TITLE: lambda: takeaway.show(visit, runs[0]),
        },
    }
)
visit.close(panel=panel)
