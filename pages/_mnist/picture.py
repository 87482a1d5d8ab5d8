"""The picture on the MNIST page: digits and what they are read as, the curves, and a pad."""

import math
import time
from typing import Any

import streamlit as st

from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.crowd import crowd
from pages._kit.training.live import Live
from pages._mnist import charts, drawing, sentences, watch
from pages._mnist.before import Before
from pages._mnist.guesses import guesses

SLICE = 0.045
"""Seconds of training between two looks at the curves."""


class Picture:
    """A training as it is now; drawn where it is made, and drawn over as it goes on."""

    def __init__(self, visit: Visit, live: Live, before: Before | None) -> None:
        self.live, self._before, self._worker = live, before, live.worker
        left, right = st.columns([6, 5], gap="medium")
        self._digits: Any = left
        self._seen: Any = left
        self._charts: list[Any] = [right, right]
        self._reached: Any = st.container()
        self._progress: Any = st.container()
        self.draw()
        with left:
            drawing.quick(visit, live)

    def draw(self) -> None:
        """Draw it, over what was drawn before: a place is never left empty in between."""
        live, before, seen = self.live, self._before, guesses(self.live)
        specs = (charts.accuracy_curve(live, before), charts.cost_curve(live, before))
        digits = charts.digits(seen, elements.ink())
        self._digits = self._digits.vega_lite_chart(digits, width="stretch")
        self._seen = self._seen.caption(sentences.guessed(seen))
        for place, spec in enumerate(specs):
            self._charts[place] = self._charts[place].vega_lite_chart(spec, width="stretch")
        self._reached = self._reached.markdown(sentences.reached(live, before))
        self._progress = self._progress.progress(live.share, sentences.progress(live))

    def play(self, with_page: bool) -> None:
        """Train and draw, until the end or until the visitor does anything at all.

        `with_page` draws the rest of the page anew every second, for what follows the training.
        """
        live = self.live
        if not live.is_running:
            return
        end = time.monotonic() + (1.0 if with_page else math.inf)
        while live.is_running and time.monotonic() < end:
            crowd.between_pictures(self._go_on)
            self.draw()
        st.rerun()

    def _go_on(self) -> None:
        if self.live.is_running:  # it may have paused by itself, at the end of an epoch asked for
            cache.watch(self.live, SLICE, self._worker)


def show(visit: Visit) -> Picture:
    """Draw the visitor's training; while a knob is dragged, what it would come to by then."""
    if visit.experiment != session.knobs(visit.lens):
        return Picture(visit, cache.finished(visit.experiment), None)
    return Picture(visit, watch.current(visit), watch.before(visit.lens))
