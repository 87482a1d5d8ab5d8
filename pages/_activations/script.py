"""The panel to take away: the curve and softmax as the page has them, as scripts."""

import streamlit as st

from engine.export.softmax_script import softmax_printout, softmax_script
from engine.export.unit_script import unit_printout, unit_script
from pages._activations import prose
from pages._kit.site.visit import Visit

TITLE = "Take it away"


def show(visit: Visit) -> None:
    """Offer a script of the curve and one of softmax, each with what it prints."""
    st.markdown(prose("script"))
    said = visit.page_knob_value
    at = (said("g"), said("z"), said("L"))
    _offer(visit, "unit", unit_script(*at), unit_printout(*at))
    z = [value + said("add") for value in said("logits")]
    k = min(said("true"), len(z)) - 1
    _offer(visit, "softmax", softmax_script(z, said("T"), k), softmax_printout(z, said("T"), k))


def _offer(visit: Visit, name: str, code: str, printout: str) -> None:
    program, prints = st.columns([3, 2])
    program.code(code, language="python", height=360)
    with prints:
        st.download_button(
            f"{name}.py", code, file_name=f"{name}.py", icon=":material/download:",
            help="Needs Python 3.11 and NumPy 2.", on_click="ignore",
            key=f"{visit.lens.path}.download.{name}",
        )  # fmt: skip
        st.markdown("It prints:")
        st.code(printout, language=None)
