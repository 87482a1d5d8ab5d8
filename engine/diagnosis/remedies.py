"""What can be turned to mend a run: knobs with new values, from the same seeds.

Where there is no more of a remedy to be had, its change is empty.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.diagnosis.recipe import ACTIONS
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Integer, Real
from engine.nn.activations import ACTIVATIONS, Activation, Names
from engine.optim.optimizers import OPTIMIZERS

Change: TypeAlias = Mapping[str, Any]
"""Knobs to turn, by name."""

_SHALLOW = 3
_FEWEST_EPOCHS = 10
_DIGITS, _POINTS = 60_000, 2000
"""As many samples as there are, which the knob calls 0, and as can be drawn."""

_FLAT = 0.25
"""Where g' is at most this, a network of few layers needs longer steps."""


def usual_rate(experiment: Experiment) -> float:
    """Return a learning rate that such a network usually learns well with.

    Optimisers that scale their steps themselves have rates of their own. For gradient descent the
    usual 0.1 of noisy mini-batches may be ten times as much on the full batch, and more where g' is
    at most 1/4; it has to be less in deep networks, whose cost is steeper.

    >>> usual_rate(Experiment()), usual_rate(Experiment(optimizer="adam"))
    (2.0, 0.03)
    """
    is_image, is_deep = experiment.data.of_images, len(experiment.hidden) > _SHALLOW
    usual = OPTIMIZERS[experiment.optimizer].usual
    if usual is not None:
        of_points = usual.deep if is_deep else usual.points
        return usual.images if is_image else of_points
    rate = 0.1 if experiment.batch_size or is_deep or is_image else 1.0
    is_flat = all(g.steepest <= _FLAT for g in _rows(experiment)) and not is_deep
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
    return min((stop for stop in stops if stop > 0), key=lambda stop: abs(math.log(stop / value)))


def smaller_rate(experiment: Experiment) -> Change:
    """Go down to the usual learning rate, or from there to a tenth; for a rate above 0."""
    usual, rate = usual_rate(experiment), experiment.learning_rate
    return {
        "learning_rate": usual if rate >= 2 * usual else nearest_stop("learning_rate", rate / 10)
    }


def matched_start(experiment: Experiment, activation: Names | None = None) -> Change:
    """Return the start that keeps the size of the signal with an activation, its own or another.

    Where the layers ask for different ones, that of the rectified layers, and else the smaller.
    """
    rows = _rows(experiment if activation is None else experiment.but(activation=activation))
    starts = {g.start for g in rows}
    rectified = [start for start in starts if start.initializer == "he"]
    chosen = min(rectified or starts, key=lambda start: start.scale)
    return {"initializer": chosen.initializer, "init_scale": chosen.scale}


def _rows(experiment: Experiment) -> list[Activation]:
    """Return the activations there are, or the one there would be if there were hidden layers."""
    named = experiment.activation
    names = experiment.activations or ((named if isinstance(named, str) else named[0]),)
    return [ACTIVATIONS[name] for name in names]


def rectified(experiment: Experiment) -> Change:
    """Go over to ReLU, with its start, and with steps that a network of its depth can bear."""
    rate = min(usual_rate(experiment.but(activation="relu")), experiment.learning_rate)
    return {"activation": "relu", **matched_start(experiment, "relu"), "learning_rate": rate}


def bent(experiment: Experiment) -> Change:
    """Give a network that can only draw a line hidden units that bend it."""
    change: dict[str, Any] = {} if experiment.hidden else {"hidden": (8,)}
    if {g.word for g in _rows(experiment)} == {"linear"}:
        change |= {"activation": "tanh", **matched_start(experiment, "tanh")}
    return change


def longer(experiment: Experiment, times: int = 3) -> Change:
    """Train for so many times the epochs, or for as many as there can be."""
    knob = KNOBS["epochs"]
    assert isinstance(knob, Integer)
    return {"epochs": min(max(times * experiment.epochs, _FEWEST_EPOCHS), knob.high)}


def adam(experiment: Experiment) -> Change:
    """Go over to Adam with its usual rate, if it is not in use already."""
    if experiment.optimizer == "adam":
        return {}
    return {"optimizer": "adam", "learning_rate": usual_rate(experiment.but(optimizer="adam"))}


def stronger(experiment: Experiment) -> Change:
    """Give a network more units, or such that bend what can only draw a line."""
    if set(experiment.activations) <= {"linear"}:
        return bent(experiment)
    return action("bigger_network", experiment)


def unbound(experiment: Experiment) -> Change:
    """Take away what holds training back: penalties, dropout and early stopping."""
    free: Change = {"l1": 0.0, "l2": 0.0, "keep_prob": 1.0, "patience": 0}
    return {name: value for name, value in free.items() if getattr(experiment, name) != value}


def afresh(experiment: Experiment) -> tuple[Change, ...]:
    """Put all that decides how a network begins and steps to what is usual, also with Adam.

    For a run in which several things are off, so that no single one of them mends it.
    """
    usual = {**matched_start(experiment), **unbound(experiment)}
    rate = {"learning_rate": usual_rate(experiment)}
    scaled: Change = {"standardize": True}
    return (
        {**usual, **rate},
        {**usual, **rate, **scaled},
        {**usual, **adam(experiment), **scaled},
    )


def generalising(experiment: Experiment, epoch: int) -> tuple[Change, ...]:
    """Return what may make a network better on new samples; `epoch` is where it was best."""
    return (
        more_samples(experiment),
        action("more_lambda", experiment),
        action("dropout", experiment),
        {"epochs": epoch} if 0 < epoch < experiment.epochs else {},
        {"patience": 10} if not experiment.patience and experiment.dev_fraction else {},
        {**action("more_lambda", experiment), **action("dropout", experiment)},
    )


def more_samples(experiment: Experiment) -> Change:
    """Take four times as many samples, in all splits, or as many as there are."""
    most = _DIGITS if experiment.data.of_images else _POINTS
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
