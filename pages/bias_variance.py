"""What is wrong with this network, and what should be done next?"""

import streamlit as st

from pages._bias_variance import (
    curves,
    mismatch,
    normalising,
    presets,
    prose,
    recipe,
    sealed,
    splits,
    verdict,
)
from pages._bias_variance.lens import BIAS_VARIANCE as LENS
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens

visit = open_lens(
    LENS, "What is wrong with this network, and what should be done next?", (recipe.PATH,)
)
elements.say([*visit.notes, *recipe.arrive(visit)])
is_guessing = presets.row(visit)
seen, scale = stage.show(visit, lambda visit: verdict.follow(visit, is_guessing=is_guessing))
if seen.is_over:
    visit.finished(seen.run)

with st.expander("What to look for"):
    st.markdown(prose("look"))
panel = visit.panels(
    {
        "What to do next": {recipe.TITLE: lambda: recipe.show(visit, seen, scale)},
        "Sets and inputs": {
            splits.TITLE: lambda: splits.show(visit),
            mismatch.TITLE: lambda: mismatch.show(visit, seen, scale),
            normalising.TITLE: lambda: normalising.show(visit),
        },
        "More data, more units": {
            curves.TITLE: lambda: curves.show(visit, scale),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "Compare and check": {
            "Compare": lambda: panels.compare(visit, [seen.run], held_out="dev"),
            gradient_panel.TITLE: lambda: gradient_panel.show(
                visit, visit.experiment, seen.run.theta
            ),
        },
        "Take away and teach": {
            takeaway.TITLE: lambda: takeaway.show(
                visit, seen.run, altered=sealed.warning(seen.run)
            ),
        },
    }
)
with st.container(horizontal=True):
    st.markdown("Where to go next:")
    st.page_link("pages/regularisation.py", label="Against variance: regularisation")
    st.page_link("pages/initialisation.py", label="Against bias: a better start")
    st.page_link("pages/mnist.py", label="All 60,000 digits")
visit.close(panel=panel, path=recipe.written(LENS))
