"""The panel to take away: softmax as the panel has it, as a script."""

import streamlit as st

from engine.export.softmax_script import softmax_printout, softmax_script
from pages._activations import prose
from pages._kit.site.visit import Visit

TITLE = "Take it away"


def show(visit: Visit) -> None:
    """Offer the script, with what it prints."""
    z = [value + visit.page_knob_value("add") for value in visit.page_knob_value("logits")]
    temperature = visit.page_knob_value("T")
    k = min(visit.page_knob_value("true"), len(z)) - 1
    code = softmax_script(z, temperature, k)
    st.markdown(prose("script"))
    st.download_button(
        "Script (.py)", code, file_name="softmax.py", icon=":material/download:",
        help="Needs Python 3.11 and NumPy 2.", on_click="ignore",
        key=f"{visit.lens.path}.download.script",
    )  # fmt: skip
    program, prints = st.columns([3, 2])
    program.code(code, language="python", height=480)
    prints.markdown("It prints:")
    prints.code(softmax_printout(z, temperature, k), language=None)
