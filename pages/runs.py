"""What have I tried so far, and which of it was best?"""

import streamlit as st

from pages._kit.site import navigation, session
from pages._runs import panel as runs_panel

navigation.begin("runs")
st.header("What have you tried so far?", anchor=False)
runs_panel.show(session.history())
