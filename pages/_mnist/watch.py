"""The training on the MNIST page: which one it is, and what the visitor can ask of it."""

import functools

import streamlit as st

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens
from pages._kit.runs import words
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.live import Live
from pages._mnist import sentences
from pages._mnist.before import Before, left_by

QUICK = 2.2
"""Estimated seconds of a training that begins without being asked for."""

PATIENCE = 4.0
"""Seconds that who comes by a link waits for a picture of its training done."""


def current(visit: Visit) -> Live:
    """Return the visitor's training, by what the knobs say now.

    One that the visitor has under way goes on with knobs that can be turned on the way. Otherwise
    what is quick is trained from its start, at once, and shared by all who ask for the same; what
    takes long waits to be asked for. Who comes by a link finds its training done, unless so many
    others train that it is to be watched.
    """
    lens, experiment = visit.lens, visit.experiment
    key, is_quick = _key(lens), effort.price(visit.experiment).seconds <= QUICK
    if visit.extras is not None:
        wanted = experiment if is_quick else lens.defaults
        session.put(key, cache.finished(wanted, PATIENCE))
        session.put(_before(lens), None)
    live: Live = session.keep(key, lambda: cache.finished(lens.defaults, PATIENCE))
    is_own = not (live.is_shared or live.is_finished)
    if is_own:
        live.hand_over()
    if session.keep(f"{key}.rewinds", lambda: 0) != session.rewinds(lens):
        session.put(f"{key}.rewinds", session.rewinds(lens))
        return _take(lens, cache.watched(experiment))
    if experiment == live.experiment:
        return live
    if is_own and live.trainer.step and live.can_become(experiment):
        live.adjust(experiment)
        return live
    if is_own and (live.is_running or not live.trainer.step):
        return _take(lens, cache.watched(experiment, is_running=live.is_running))
    return _take(lens, cache.begun(experiment)) if is_quick else live


def before(lens: Lens) -> Before | None:
    """Return what the training before the visitor's latest has left behind, if there was one."""
    kept: Before | None = session.keep(_before(lens), lambda: None)
    return kept


def begin(lens: Lens, experiment: Experiment) -> None:
    """Train from the start; for callbacks."""
    live = cache.watched(experiment)
    live.go_on()
    _take(lens, live)


def _take(lens: Lens, live: Live) -> Live:
    """Make a training the visitor's, and keep of the one before it what there is to compare."""
    last: Live | None = session.keep(_key(lens), lambda: None)
    left = None if last is None or last.experiment == live.experiment else left_by(last)
    if left is not None:
        session.put(_before(lens), left)
    session.put(_key(lens), live)
    return live


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
            st.button(
                "Pause", icon=":material/pause:", on_click=_pause, args=(lens, live),
                key=f"{lens.path}.go",
            )  # fmt: skip
        else:
            st.button(
                "Train on" if live.is_finished else "Continue", icon=":material/resume:",
                on_click=_go_on, args=(lens, live, experiment), key=f"{lens.path}.go",
                disabled=not can_move,
                help="Go on from where this network is, with the knobs as they are.",
            )  # fmt: skip
        st.button(
            "Stop", icon=":material/stop:", on_click=_stop, args=(lens, live),
            disabled=live.is_finished, help="End the training here.",
        )  # fmt: skip
        st.button(
            "One epoch", icon=":material/skip_next:", on_click=_one_epoch,
            args=(lens, live, experiment, int(live.epoch)), disabled=not can_move,
        )  # fmt: skip
        st.button(
            "One mini-batch", icon=":material/keyboard_arrow_right:", on_click=_one_step,
            args=(lens, live, experiment, live.trainer.step), disabled=not can_move,
        )  # fmt: skip


def measured(live: Live) -> None:
    """Offer to say how the numbers and the curves come about."""
    with st.expander("How this is measured"):
        st.markdown(sentences.besides(live))
        st.markdown(sentences.cost(live))


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
        + ". The new ones take longer: press Train to see what they do"
        + (", or train on with them from here." if onward else ".")
    )


def _key(lens: Lens) -> str:
    return f"{lens.path}.live"


def _before(lens: Lens) -> str:
    return f"{lens.path}.before"


def _pause(lens: Lens, live: Live) -> None:
    _forked(lens, live).pause()


def _stop(lens: Lens, live: Live) -> None:
    _forked(lens, live).stop()


def _forked(lens: Lens, live: Live) -> Live:
    """Return the visitor's own training, to be changed: what others look at goes on for them."""
    if live.is_shared:
        live = live.fork()
        session.put(_key(lens), live)
    return live


def _own(lens: Lens, live: Live, experiment: Experiment, epochs: int) -> Live:
    """Return the visitor's own training, given these knobs and at least so many epochs."""
    live = _forked(lens, live)
    if epochs > experiment.epochs:
        experiment = experiment.but(epochs=epochs)
        session.set_knobs(lens, experiment)
    if live.experiment != experiment or live.is_finished:
        live.adjust(experiment)
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
