"""What have I tried so far, and which of it was best?"""

import streamlit as st

from pages._shared import frame, runs_panel

frame.begin("runs")
st.header("What have you tried so far?", anchor=False)
runs_panel.show(frame.history())
