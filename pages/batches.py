"""How many samples should each step see?"""

import streamlit as st

from pages._batches import (
    cutting,
    in_a_plane,
    in_order,
    noisy,
    on_the_bowl,
    own_rates,
    prose,
    side_by_side,
    take_away,
    which,
)
from pages._batches.lens import BATCHES as LENS
from pages._batches.stops import STOPS
from pages._kit import miniature
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens

visit = open_lens(LENS, "How many samples per step?", stops=STOPS)
elements.say(visit.notes)
with st.container(horizontal=True, vertical_alignment="bottom"):
    visit.page_knob("sizes")
    visit.page_knob("alpha")
shown = stage.show(
    visit,
    side_by_side.show,
    lambda experiment: side_by_side.trained(visit, experiment),
)
if shown.watched.job.finished and shown.runs:
    visit.finished(*shown.runs)

panel = visit.panels(
    {
        "Paths": {
            on_the_bowl.TITLE: lambda: on_the_bowl.show(visit),
            in_a_plane.TITLE: lambda: in_a_plane.show(visit, shown),
        },
        noisy.TITLE: {noisy.TITLE: lambda: noisy.show(visit, shown)},
        "Cutting m": {
            cutting.TITLE: lambda: cutting.show(visit),
            in_order.TITLE: lambda: in_order.show(visit),
        },
        which.TITLE: {
            which.TITLE: lambda: which.show(visit),
            own_rates.TITLE: lambda: own_rates.show(visit, shown),
            "The maths": lambda: miniature.beside(lambda: panels.maths(visit, prose("maths"))),
        },
        "Compare and take away": {
            "Compare": lambda: panels.compare(visit, shown.runs, shown.names),
            gradient_panel.TITLE: lambda: take_away.check(visit, shown),
            take_away.TITLE: lambda: take_away.show(visit, shown),
        },
    }
)
st.page_link(
    "pages/averages.py",
    label="Where to go next: averages that forget",
    icon=":material/arrow_forward:",
)
visit.close(panel=panel)
