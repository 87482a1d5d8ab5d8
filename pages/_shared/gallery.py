"""Test digits with what the network says of them."""

import numpy as np
import streamlit as st

from pages._shared import charts, digits
from pages._shared.digits import Reading
from pages._shared.live import Live
from pages._shared.words import percent

_COUNT = 8
_WIDTH = 104
_CHOICES = ("The first test digits", "The surest mistakes")


def show(live: Live) -> None:
    """Draw a row of digits: the picture, the prediction, and the ten probabilities."""
    trainer = live.trainer
    test, theta = trainer.problem.test, trainer.kept
    choice = st.segmented_control(
        "Digits", _CHOICES, default=_CHOICES[0], label_visibility="collapsed", required=True
    )
    positions = np.arange(_COUNT)
    if choice == _CHOICES[1]:
        wrong = digits.mistakes(trainer.network, theta, test)
        positions = wrong[:_COUNT]
        st.caption(f"{len(wrong):,} of {test.m:,} test digits are misread; the surest come first.")
    with st.container(horizontal=True):
        for reading in digits.read(trainer.network, theta, test, positions):
            with st.container(width=_WIDTH):
                _one(reading)


def _one(reading: Reading) -> None:
    sure = percent(float(reading.probabilities.max()))
    is_right = reading.prediction == reading.label
    verdict = "right" if is_right else f"wrong: a {reading.label}"
    st.image(reading.picture, width=_WIDTH)
    st.markdown(f"**{reading.prediction}** · {sure}  \n{verdict}")
    st.vega_lite_chart(charts.probabilities(reading.probabilities), width="stretch")
