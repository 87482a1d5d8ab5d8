"""Test digits with what the network says of them."""

import numpy as np
import streamlit as st

from engine.types import Array
from pages._shared import cache, charts
from pages._shared.live import Live
from pages._shared.mnist.insight import Reading
from pages._shared.words import a, percent

_COUNT = 8
_WIDTH = 104
_CHOICES = ("The first test digits", "The surest mistakes")
_SCALE = 4
"""Pixels on screen per pixel of a digit, so that the browser need not blur it."""


def show(live: Live) -> None:
    """Draw a row of digits: the picture, the prediction, and the ten probabilities."""
    insight = cache.insight(live)
    choice = st.segmented_control(
        "Digits", _CHOICES, default=_CHOICES[0], label_visibility="collapsed", required=True
    )
    positions = np.arange(_COUNT)
    if choice == _CHOICES[1]:
        wrong = insight.misread()
        positions = wrong[:_COUNT]
        m = insight.test.m
        st.caption(f"{len(wrong):,} of {m:,} test digits are misread; the surest come first.")
    with st.container(horizontal=True):
        for position in positions.tolist():
            with st.container(width=_WIDTH):
                _one(insight.read(position))


def _one(reading: Reading) -> None:
    verdict = "right" if reading.is_right else f"wrong: {a(reading.label)}"
    st.image(enlarged(reading.picture), width=_WIDTH, alt=f"A handwritten {reading.label}")
    st.markdown(f"**{reading.prediction}** · {percent(reading.confidence)}  \n{verdict}")
    st.vega_lite_chart(charts.probabilities(reading.probabilities), width="stretch")


def enlarged(picture: Array) -> Array:
    """Return a grey picture with dark ink on white, each pixel a square of _SCALE pixels."""
    return 255 - np.kron(picture, np.ones((_SCALE, _SCALE), np.uint8))
