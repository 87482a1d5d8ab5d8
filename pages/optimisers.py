"""Seven optimisers: a race on landscapes and slices of a network's cost, then real networks."""

import functools

import streamlit as st

from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._kit.training import cache
from pages._optimisers import networks, picture, prose, schedules, script, stability, step
from pages._optimisers.lens import OPTIMISERS as LENS
from pages._optimisers.stops import STOPS

visit = open_lens(LENS, "Which way down is fastest?", stops=STOPS)
elements.say(visit.notes)
shown = stage.show(visit, picture.show, functools.partial(picture.trained, visit))
run = cache.run(visit.experiment)
visit.finished(run)
visit.judge()
panel = visit.panels(
    {
        "One step": {
            step.TITLE: lambda: step.show(visit, shown),
            "The rules": step.rules,
        },
        "On a network": {
            networks.TITLE: lambda: networks.show(visit),
            networks.VALLEYS: lambda: networks.show_valleys(visit),
        },
        "Schedules": {schedules.TITLE: lambda: schedules.show(visit)},
        "Stability": {
            stability.TITLE: lambda: stability.show(visit, shown),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "Take away and teach": {
            script.TITLE: lambda: script.show(visit, shown),
            "Compare": lambda: panels.compare(visit, [run]),
            gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, run.theta),
            takeaway.TITLE: lambda: takeaway.show(visit, run),
        },
    }
)
st.page_link(
    "pages/mnist.py",
    label="Where to go next: real digits, with the optimiser of your choice",
    icon=":material/arrow_forward:",
)
visit.close(panel=panel)
