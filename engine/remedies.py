"""What can be turned to mend a run: knobs with new values, from the same seeds.

Where there is no more of a remedy to be had, its change is empty.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.activations import Names
from engine.experiment import KNOBS, Experiment
from engine.knobs import Real
from engine.recipe import ACTIONS

Change: TypeAlias = Mapping[str, Any]
"""Knobs to turn, by name."""

_SHALLOW = 3
_FEWEST_EPOCHS = 10
_DIGITS, _POINTS = 60_000, 2000
"""As many samples as there are, which the knob calls 0, and as can be drawn."""


def usual_rate(experiment: Experiment) -> float:
    """Return a learning rate that such a network usually learns well with.

    Adam and RMSprop scale their steps themselves, and can be quick on a few hundred points. For
    gradient descent the usual 0.1 of noisy mini-batches may be ten times as much on the full batch,
    and more where g' is at most 1/4; it has to be less in deep networks, whose cost is steeper.

    >>> usual_rate(Experiment()), usual_rate(Experiment(optimizer="adam"))
    (2.0, 0.03)
    """
    is_image, is_deep = experiment.dataset == "mnist", len(experiment.hidden) > _SHALLOW
    if experiment.optimizer in ("adam", "rmsprop"):
        return 0.001 if is_image else 0.01 if is_deep else 0.03
    rate = 0.1 if experiment.batch_size or is_deep or is_image else 1.0
    is_flat = experiment.activation == "sigmoid" and not is_deep
    return nearest_stop("learning_rate", 2 * rate if is_flat else rate)


def nearest_stop(name: str, value: float, stops: tuple[float, ...] = ()) -> float:
    """Return the stop of a knob's slider, or of those given, whose ratio to a value is least.

    For a value above 0, among the stops above 0.

    >>> nearest_stop("learning_rate", 0.04)
    0.03
    """
    knob = KNOBS[name]
    if not stops:
        assert isinstance(knob, Real)
        stops = knob.options
    return min((one for one in stops if one > 0), key=lambda one: abs(math.log(one / value)))


def smaller_rate(experiment: Experiment) -> Change:
    """Go down to the usual learning rate, or from there to a tenth; for a rate above 0."""
    usual, rate = usual_rate(experiment), experiment.learning_rate
    return {
        "learning_rate": usual if rate >= 2 * usual else nearest_stop("learning_rate", rate / 10)
    }


def matched_start(experiment: Experiment, activation: Names | None = None) -> Change:
    """Return the start that keeps the size of the signal with an activation, its own or another.

    He for rectified units, Glorot for tanh, and about four times that for the sigmoid, whose slope
    at 0 is a quarter of tanh's (Glorot and Bengio 2010).
    """
    activation = activation or experiment.activation
    if activation in ("relu", "leaky_relu"):
        return {"initializer": "he", "init_scale": 1.0}
    return {"initializer": "glorot", "init_scale": 3.0 if activation == "sigmoid" else 1.0}


def rectified(experiment: Experiment) -> Change:
    """Go over to ReLU, with its start, and with steps that a network of its depth can bear."""
    rate = min(usual_rate(experiment.but(activation="relu")), experiment.learning_rate)
    return {"activation": "relu", **matched_start(experiment, "relu"), "learning_rate": rate}


def bent(experiment: Experiment) -> Change:
    """Give a network that can only draw a line hidden units that bend it."""
    change: dict[str, Any] = {} if experiment.hidden else {"hidden": (8,)}
    if experiment.activation == "linear":
        change |= {"activation": "tanh", **matched_start(experiment, "tanh")}
    return change


def longer(experiment: Experiment) -> Change:
    """Train for three times the epochs."""
    return {"epochs": max(3 * experiment.epochs, _FEWEST_EPOCHS)}


def adam(experiment: Experiment) -> Change:
    """Go over to Adam with its usual rate, if it is not in use already."""
    if experiment.optimizer == "adam":
        return {}
    return {"optimizer": "adam", "learning_rate": usual_rate(experiment.but(optimizer="adam"))}


def more_samples(experiment: Experiment) -> Change:
    """Take four times as many samples, in all splits, or as many as there are."""
    most = _DIGITS if experiment.dataset == "mnist" else _POINTS
    more = min(4 * experiment.samples, most)
    if not KNOBS["samples"].matters(experiment) or not more > experiment.samples > 0:
        return {}
    return {"samples": 0 if more == _DIGITS else more}


def weaker_penalty(name: str, strength: float, m: int) -> float:
    """Return a tenth of a penalty, or m / 1000 if that is less; 0 for a handful of samples.

    A step shrinks a weight by alpha lambda / m of it: with m / 1000 by a thousandth of alpha.
    """
    return nearest_stop(name, min(strength / 10, m / 1000)) if m >= 10 else 0.0


def action(name: str, experiment: Experiment) -> Change:
    """Return what an action of the basic recipe changes."""
    after = ACTIONS[name].apply(experiment) or experiment
    return {knob: new for knob, (new, _) in after.differences(experiment).items()}
