"""Which activation, and which output?"""

import streamlit as st

from pages._activations import curve, labels, loss, notes, script, soft
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from pages._activations.stops import STOPS
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_picture

visit = open_picture(LENS, "What does a unit make of its sum z?", STOPS)
elements.say(visit.notes)
stage.show(visit, curve.show)
visit.judge()
panel = visit.panels(
    {
        "Softmax": {soft.TITLE: lambda: soft.show(visit)},
        "Losses": {loss.TITLE: lambda: loss.show(visit)},
        "Which output": {labels.TITLE: lambda: labels.show(visit)},
        "The notes' lines": {notes.TITLE: notes.show},
        "Take away and teach": {script.TITLE: lambda: script.show(visit)},
    }
)
st.page_link(
    "pages/xor.py", label="Next: a network that learns XOR", icon=":material/hub:",
)  # fmt: skip
visit.close(panel=panel)
