"""The page's picture: how large activations and gradients are in each layer of a real network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.wording import percent
from engine.inspection.depth import VANISHED, Profile, State
from engine.training.run import Run
from pages._kit.runs import words
from pages._kit.site import elements, jobs
from pages._kit.site.jobs import Watched
from pages._kit.site.visit import Visit
from pages._vanishing import charts, prose, sentences
from pages._vanishing.profiles import Layers, shared_profiles

_CURVES = ("½ W", "start", "2 W", "now")
"""The network as it started, between itself with half and with twice the weights, and as it is."""

_GRADIENTS = {"weights": ("gradient", "Size of dW[l]"), "passed": ("passed", "Size of dZ[l]")}
_ACTIVATION = "Size of A[l]"


def follow(visit: Visit) -> Watched:
    """Train the visit's experiment, and draw its layers as far as it has come."""
    watched = jobs.follow(visit, [visit.experiment])
    show(visit, watched)
    return watched


def show(visit: Visit, watched: Watched) -> None:
    """Draw the layers of the job's first run as far as it has come, and say what they show."""
    (run, *_), profiles = watched.job.runs(), shared_profiles(watched.job)
    seen, dtype = profiles.of(0, run), profiles.dtype
    start, now = seen.at(0), seen.at(-1)
    warning = sentences.diverged(run, dtype)
    elements.slot((lambda: st.warning(warning, icon=":material/trending_up:")) if warning else None)
    _of_cures(visit)
    pictures = st.container()
    *numbers, choice = st.columns([1, 1, 1, 1])
    with choice:
        name, quantity = _GRADIENTS[visit.page_knob("gradient")]
    scaled = profiles.scaled(0, run)
    with pictures:
        gradient, activation = st.columns(2)
        with gradient:
            before, after, others = (getattr(profile, name) for profile in (start, now, scaled))
            told = sentences.scale(before, after, others, name)
            _curves(seen, scaled, name, quantity, told)
        with activation:
            told = sentences.activations(start.activation, scaled.activation)
            _curves(seen, scaled, "activation", _ACTIVATION, told)
        elements.caption(sentences.CURVES)
    _numbers(run, seen, numbers)
    end = float(run.experiment.epochs if run.diverged_at is None else seen.epochs[-1])
    gradient, activation = st.columns(2)
    with gradient:
        _map(seen, name, quantity, end)
    with activation:
        _map(seen, "activation", _ACTIVATION, end)
    _verdicts(run, seen, dtype)
    st.markdown(prose("look"))


def _of_cures(visit: Visit) -> None:
    """Say what has come with a network taken from the cures and has no control here."""
    lens, experiment = visit.lens, visit.experiment
    kept = {name: getattr(experiment, name) for name in lens.varied}
    changed = words.differences(lens.defaults.but(**kept), lens.defaults)
    sentence = (
        f":material/healing: From the cures: {changed}. “All knobs to their defaults” takes it "
        "back."
    )
    elements.slot((lambda: elements.caption(sentence)) if changed else None)


def _verdicts(run: Run, seen: Layers, dtype: np.dtype[np.floating]) -> None:
    """Say which gradients are lost, before training and now, and what has been learned."""
    before = sentences.gradients(seen.at(0), run.experiment, dtype)
    st.markdown(f"**Before training.** {before}")
    now = sentences.gradients(seen.at(-1), run.experiment, dtype)
    after = f"**After epoch {seen.epochs[-1]:,}.** {now} {sentences.reached(run)}"
    elements.slot((lambda: st.markdown(after)) if len(seen.epochs) > 1 else None)


def _numbers(run: Run, seen: Layers, places: Sequence[Any]) -> None:
    """Show three numbers large: layer 1 beside the last, how many layers are lost, accuracy."""
    start, now = seen.profile.gradient[0], seen.profile.gradient[-1]
    lost = [
        sum(state is not State.SOUND for state in sentences.judged(seen.at(k))) for k in (0, -1)
    ]
    accuracy = run.history["train_accuracy"]
    left, middle, right = places
    left.metric(
        "Gradient: first / last",
        sentences.share(now),
        f"{sentences.share(start)} before training",
        delta_color="off",
        delta_arrow="off",
        help="Layer 1's gradient as a share of the last layer's: size of dW[1] / size of dW[L].",
    )
    middle.metric(
        "Gradients lost",
        f"{lost[1]} of {len(now)}",
        f"{lost[0]} before training",
        delta_color="off",
        delta_arrow="off",
        help="Layers whose gradient has vanished (below 10⁻⁷ of the last layer's, or of the error "
        "at the output), is exactly 0, has exploded (above 10 per weight) or overflowed.",
    )
    right.metric(
        "Training samples right",
        percent(run.final("train_accuracy")) if len(accuracy) else "overflow",
        f"{percent(float(accuracy[0]))} before training" if len(accuracy) else None,
        delta_color="off",
        delta_arrow="off",
    )


def _curves(seen: Layers, scaled: Profile, name: str, quantity: str, sentence: str) -> None:
    """Draw one quantity layer by layer: before training, with other weights, and now."""
    values, (half, twice) = getattr(seen.profile, name), getattr(scaled, name)
    curves = dict(zip(_CURVES, (half, values[0], twice, values[-1]), strict=True))
    reference = np.nan
    if name != "activation":
        beside = float(max(seen.profile.gradient[-1, -1], seen.profile.passed[-1, -1]))
        is_crossed = ((values[-1] > 0) & (values[-1] < VANISHED * beside)).any()
        if np.isfinite(beside) and is_crossed:
            reference = beside
            sentence += " Below the dashed line it has vanished by now."
    elements.chart(charts.layer_curves(curves, quantity, reference), sentence)


def _map(seen: Layers, name: str, quantity: str, end: float) -> None:
    """Draw one quantity at all epochs that were kept."""
    values = getattr(seen.profile, name)
    elements.chart(charts.layer_map(seen.epochs, values, end, quantity), sentences.of_map(values))
