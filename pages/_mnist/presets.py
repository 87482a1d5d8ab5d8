"""Networks from the literature, one click each, with what their sources reported."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.wording import percent
from pages._kit.knobs.lens import Lens
from pages._kit.runs.outcome import Outcome
from pages._kit.runs.words import differences, duration
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live
from pages._mnist import watch

TITLE = "Presets"

_IN_A_ROW = 3


class Preset(NamedTuple):
    """A network somebody has trained: what differs from the page's defaults, and what they got."""

    title: str
    changes: Mapping[str, Any]
    reported: str


PRESETS = (
    Preset(
        "The notes: 784-64-10",
        {},
        "The same knobs in an independent NumPy program, five seeds: 96.1 to 96.7 % of the test "
        "digits.",
    ),
    Preset(
        "Zhang: 784-10-10, full batch",
        {
            "hidden": (10,),
            "initializer": "uniform",
            "batch_size": 0,
            "epochs": 500,
            "samples": 42_000,
            "dev_fraction": 1 / 42,
        },
        "Samson Zhang, “Simple MNIST NN from scratch” (2020): 84.4 % of the training digits and "
        "83.1 % of 1,000 dev digits after 500 iterations.",
    ),
    Preset(
        "Nielsen: 784-30-10",
        {
            "hidden": (30,),
            "activation": "sigmoid",
            "initializer": "large",
            "learning_rate": 0.5,
            "batch_size": 10,
            "epochs": 30,
            "samples": 50_000,
        },
        "Michael Nielsen, “Neural Networks and Deep Learning” (2015), chapters 1 and 3: 95.4 % of "
        "the test digits at its best, with sigmoid outputs; here they are a softmax.",
    ),
    Preset(
        "Logistic regression: 784-10",
        {"hidden": ()},
        "LeCun et al. (1998): 88.0 % of the test digits with a linear classifier, which was not "
        "trained on the cross-entropy.",
    ),
    Preset(
        "Deep, with Adam: 784-128-64-10",
        {"hidden": (128, 64), "optimizer": "adam", "learning_rate": 0.001, "epochs": 10},
        "The same knobs in an independent NumPy program: 97.6 % of the test digits, 99.4 % of the "
        "training digits.",
    ),
    Preset(
        "All weights zero",
        {"initializer": "zeros"},
        "Theory: with ReLU only the output biases learn, so every digit is read as the most common "
        "one, a 1: 11.4 % of the test digits.",
    ),
)


def show(visit: Visit, live: Live) -> None:
    """Offer each preset with what its source reported, and what it gave in this visit."""
    st.markdown(
        "Each network starts with one click. Compare what its source reported with what you get."
    )
    for first in range(0, len(PRESETS), _IN_A_ROW):
        row = PRESETS[first : first + _IN_A_ROW]
        for column, preset in zip(st.columns(_IN_A_ROW), row, strict=True):
            with column.container(border=True, height="stretch"):
                _card(visit.lens, live, preset)


def _card(lens: Lens, live: Live, preset: Preset) -> None:
    experiment = lens.defaults.but(**preset.changes)
    st.button(
        preset.title,
        icon=":material/play_arrow:",
        key=f"{lens.path}.preset.{preset.title}",
        on_click=watch.set_up,
        args=(lens, experiment),
        help=differences(experiment, lens.defaults) or "The page's defaults.",
        width="stretch",
    )
    st.markdown(preset.reported)
    st.markdown(_seen(lens, live, experiment))


def _seen(lens: Lens, live: Live, experiment: Experiment) -> str:
    """Return what an experiment gave in this visit."""
    if live.is_running and live.experiment == experiment:
        return "*Here: it is learning now.*"
    entry = session.history().find(lens.path, experiment)
    if entry is None:
        return "*Here: not trained yet in this visit.*"
    return f"**Here: {_result(entry.outcome)}**"


def _result(outcome: Outcome) -> str:
    if outcome.diverged_at is not None:
        return f"diverged in epoch {outcome.diverged_at:,}."
    splits = {"test": "test", "train": "training", "dev": "dev"}
    told = [
        f"{percent(outcome.finals[f'{split}_accuracy'])} of the {name} digits"
        for split, name in splits.items()
        if f"{split}_accuracy" in outcome.finals
    ]
    return f"{', '.join(told)}, in {duration(outcome.seconds)}."
