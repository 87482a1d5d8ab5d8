"""A page that shows a teacher's words, as many as the link brings."""

import streamlit as st

from pages._kit.lessons.lesson import plain

for text in st.query_params.get_all("text"):
    st.markdown(plain(text))
