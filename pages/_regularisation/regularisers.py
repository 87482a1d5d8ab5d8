"""What can be compared: each regulariser is a few knobs turned on, and all others off."""

from typing import NamedTuple

from engine.experiment.experiment import KNOBS, Experiment

OFF = {"l1": 0.0, "l2": 0.0, "keep_prob": 1.0, "patience": 0}


class Regulariser(NamedTuple):
    """A title, and which of the knobs are on."""

    title: str
    knobs: tuple[str, ...]


REGULARISERS = {
    "plain": Regulariser("No regularisation", ()),
    "l2": Regulariser("L2", ("l2",)),
    "l1": Regulariser("L1", ("l1",)),
    "dropout": Regulariser("Dropout", ("keep_prob",)),
    "l2_dropout": Regulariser("L2 and dropout", ("l2", "keep_prob")),
    "early": Regulariser("Early stopping", ("patience",)),
}

SYMBOLS = {"l1": "λ₁", "l2": "λ", "keep_prob": "keep_prob", "patience": "patience"}


def plain(experiment: Experiment) -> Experiment:
    """Return the experiment without any regularisation."""
    return experiment.but(**OFF)


def regularised(experiment: Experiment, name: str) -> Experiment:
    """Return the experiment with one regulariser alone, as strong as its knobs say."""
    knobs = REGULARISERS[name].knobs
    return plain(experiment).but(**{knob: getattr(experiment, knob) for knob in knobs})


def settings(experiment: Experiment, name: str) -> str:
    """Return how strong a regulariser is, as "λ = 0.3, keep_prob = 0.7", or nothing."""
    return ", ".join(
        f"{SYMBOLS[knob]} = {KNOBS[knob].show(getattr(experiment, knob))}"
        for knob in REGULARISERS[name].knobs
    )


def is_off(experiment: Experiment, name: str) -> bool:
    """Whether a regulariser's knobs all stand where they do nothing."""
    knobs = REGULARISERS[name].knobs
    return bool(knobs) and all(getattr(experiment, knob) == OFF[knob] for knob in knobs)
