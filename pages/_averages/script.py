"""The panel to take away: the picture's average as a script."""

import streamlit as st

from engine.export.average_script import average_printout, average_script
from pages._averages import prose, series
from pages._kit.site.visit import Visit

TITLE = "Take it away"

_FILE = "averages.py"


def show(visit: Visit) -> None:
    """Offer the script of the series, the β and the day that the picture has."""
    st.markdown(prose("script"))
    values = series.values(series.said(visit)).tolist()
    t = min(visit.page_knob_value("t"), len(values))
    at = (values, visit.page_knob_value("beta"), t)
    code = average_script(*at)
    program, prints = st.columns([3, 2])
    program.code(code, language="python", height=360)
    with prints:
        st.download_button(
            _FILE, code, file_name=_FILE, icon=":material/download:",
            help="Needs Python 3.11 and NumPy 2.", on_click="ignore",
            key=f"{visit.lens.path}.download",
        )  # fmt: skip
        st.markdown("It prints:")
        st.code(average_printout(*at), language=None)
