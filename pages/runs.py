"""What have I tried so far, and which of it was best?"""

import streamlit as st

from pages._kit.site import frame
from pages._runs import panel as runs_panel

frame.begin("runs")
st.header("What have you tried so far?", anchor=False)
runs_panel.show(frame.history())
