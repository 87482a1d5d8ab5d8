"""The training on the MNIST page: what the visitor can ask of it, and its curves as it learns."""

import functools
import math
import time
from typing import Any

import streamlit as st

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens
from pages._kit.runs import words
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.live import Live
from pages._mnist import charts, sentences

QUICK = 2.2
"""Estimated seconds of a training that is done before the page of a link is shown."""

SLICE = 0.045
"""Seconds of training between two looks at the curves."""


def current(visit: Visit) -> Live:
    """Return the visitor's training, with the knobs turned that can be turned under way.

    Turning another knob while it runs begins anew; at rest, it waits to be asked. Who comes by a
    link finds its training done, unless that takes long.
    """
    lens, experiment = visit.lens, visit.experiment
    key = _key(lens)
    if visit.extras is not None:
        is_quick = effort.price(experiment).seconds <= QUICK
        session.put(key, cache.finished(experiment if is_quick else lens.defaults))
    live: Live = session.keep(key, lambda: cache.finished(lens.defaults))
    live.hand_over()
    if session.keep(f"{key}.rewinds", lambda: 0) != session.rewinds(lens):
        session.put(f"{key}.rewinds", session.rewinds(lens))
        live = cache.watched(experiment)
    elif experiment == live.experiment or live.is_finished:
        return live
    elif live.trainer.step and live.can_become(experiment):
        live.adjust(experiment)
        return live
    elif live.is_running or not live.trainer.step:
        live = cache.watched(experiment, is_running=live.is_running)
    session.put(key, live)
    return live


def begin(lens: Lens, experiment: Experiment) -> None:
    """Train from the start; for callbacks."""
    live = cache.watched(experiment)
    live.go_on()
    session.put(_key(lens), live)


def set_up(lens: Lens, experiment: Experiment) -> None:
    """Set the knobs and train from the start; for callbacks."""
    session.set_knobs(lens, experiment)
    begin(lens, experiment)


def buttons(lens: Lens, live: Live, experiment: Experiment) -> None:
    """Draw what can be asked of the training; what cannot be asked now is greyed out."""
    most = max(lens.offers["epochs"])
    can_move = live.can_become(experiment) and not live.trainer.has_diverged
    can_move = can_move and not live.is_running and live.epoch < most
    with st.container(horizontal=True):
        st.button(
            "Train", icon=":material/play_arrow:", type="primary", on_click=begin,
            args=(lens, experiment), disabled=live.is_running,
            help="Train from the start, with the knobs as they are.",
        )  # fmt: skip
        if live.is_running:
            st.button("Pause", icon=":material/pause:", on_click=live.pause, key=f"{lens.path}.go")
        else:
            st.button(
                "Train on" if live.is_finished else "Continue", icon=":material/resume:",
                on_click=_go_on, args=(lens, live, experiment), key=f"{lens.path}.go",
                disabled=not can_move,
                help="Go on from where this network is, with the knobs as they are.",
            )  # fmt: skip
        st.button(
            "Stop", icon=":material/stop:", on_click=live.stop, disabled=live.is_finished,
            help="End the training here; knobs turned later leave this network alone.",
        )  # fmt: skip
        st.button(
            "One epoch", icon=":material/skip_next:", on_click=_one_epoch,
            args=(lens, live, experiment, int(live.epoch)), disabled=not can_move,
        )  # fmt: skip
        st.button(
            "One mini-batch", icon=":material/keyboard_arrow_right:", on_click=_one_step,
            args=(lens, live, experiment, live.trainer.step), disabled=not can_move,
        )  # fmt: skip


def remarks(live: Live, experiment: Experiment, is_coached: bool) -> None:
    """Say what the curves do not: other settings, knobs turned on the way, an early end.

    Where the coach is at work, a divergence is its to say.
    """
    has_diverged, ending = live.trainer.has_diverged, sentences.ending(live)
    said = (
        (ending if has_diverged and not is_coached else "", st.warning, ":material/trending_up:"),
        ("" if has_diverged else ending, st.info, ":material/front_hand:"),
        (sentences.adjusted(live), st.info, ":material/tune:"),
        (_other_settings(live, experiment), st.info, ":material/history:"),
    )
    for text, say, icon in said:
        elements.slot(functools.partial(say, text, icon=icon) if text else None)


def _other_settings(live: Live, experiment: Experiment) -> str:
    """Return that the curves are not those of the knobs, and what to do; nothing if they are."""
    if live.experiment == experiment:
        return ""
    onward = live.can_become(experiment) and not live.trainer.has_diverged
    return (
        "These curves are from other settings: "
        + words.differences(live.experiment, experiment)
        + ". Train to see what the new ones do"
        + (", or train on with them from here." if onward else ".")
    )


class Picture:
    """How far the training is, its two curves and what they say; drawn where it is made."""

    def __init__(self, live: Live) -> None:
        self._worker = live.worker
        self._progress: Any = st.container()
        cost, accuracy = st.columns(2)
        self._charts: list[Any] = [cost, accuracy]
        self._captions: list[Any] = [cost, accuracy]
        self.draw(live)

    def draw(self, live: Live) -> None:
        """Draw it, over what was drawn before: a place is never left empty in between."""
        specs = (charts.cost_curve(live), charts.accuracy_curve(live))
        texts = (sentences.cost(live), sentences.reached(live))
        self._progress = self._progress.progress(live.share, sentences.progress(live))
        for side in range(2):
            self._charts[side] = self._charts[side].vega_lite_chart(specs[side], width="stretch")
            self._captions[side] = self._captions[side].caption(texts[side])

    def play(self, live: Live, with_page: bool) -> None:
        """Train and draw, until the end or until the visitor does anything at all.

        `with_page` draws the rest of the page anew every second, for what follows the training.
        """
        if not live.is_running:
            return
        end = time.monotonic() + (1.0 if with_page else math.inf)
        while live.is_running and time.monotonic() < end:
            cache.watch(live, SLICE, self._worker)
            self.draw(live)
        st.rerun()


def _key(lens: Lens) -> str:
    return f"{lens.path}.live"


def _own(lens: Lens, live: Live, experiment: Experiment, epochs: int) -> Live:
    """Return the visitor's own training, given these knobs and at least so many epochs."""
    if live.is_shared:
        live = live.fork()
    if epochs > experiment.epochs:
        experiment = experiment.but(epochs=epochs)
        session.set_knobs(lens, experiment)
    if live.experiment != experiment or live.is_finished:
        live.adjust(experiment)
    session.put(_key(lens), live)
    return live


def _go_on(lens: Lens, live: Live, experiment: Experiment) -> None:
    """Train to the epochs asked for, or for as many again if it has had them."""
    epochs, most = experiment.epochs, max(lens.offers["epochs"])
    if live.epoch >= epochs:
        epochs = min(int(live.epoch) + epochs, most)
    _own(lens, live, experiment, epochs).go_on()


def _one_epoch(lens: Lens, live: Live, experiment: Experiment, epoch: int) -> None:
    """Train to the end of the epoch after `epoch`; a click that comes twice counts once."""
    _own(lens, live, experiment, epoch + 1).go_on(until=epoch + 1)


def _one_step(lens: Lens, live: Live, experiment: Experiment, step: int) -> None:
    """Take the step after `step`; a click that comes twice counts once."""
    live = _own(lens, live, experiment, int(live.epoch) + 1)
    if live.trainer.step == step:
        cache.step(live)
