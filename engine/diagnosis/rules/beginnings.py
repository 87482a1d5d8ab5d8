"""Faults of the start: inputs and weights of the wrong size, units that are all the same."""

import itertools

import numpy as np

from engine.diagnosis import remedies
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.remedies import Change, matched_start, smaller_rate, weaker_penalty
from engine.diagnosis.rules import topics
from engine.diagnosis.rules.finding import Rule, Seen
from engine.experiment.experiment import Experiment
from engine.experiment.wording import epochs, exact, number, percent
from engine.nn.initializers import INITIALIZERS
from engine.nn.types import Array

_TINY = 1e-9

SAME = 1e-6
"""Units that differ by less of their largest weight are the same: rounding alone parts them more
slowly than any run here is long."""

WILD = 10
"""A start whose cost is so many times that of chance has weights far too large."""

FITS = 4
"""Initial weights are called large or small when they are so many times larger or smaller than
those that keep the size of the signal."""

FITTING = 5
"""Inputs are called so when their root mean square is so many times away from 1, and off the middle
when their mean is so many deviations away from 0."""

NARROW = 8
"""In a layer of fewer ReLUs a few that die are most of it; a wider one can bear that."""

HALF_DEAD, HALF_SATURATED, ALL_SATURATED = 0.5, 0.5, 0.9
"""From half of a layer on, dead ReLUs may be why a network has not learned, and a start whose
activations lie at the ends of their range is bad. A network that has learned saturates as well,
because it has grown sure: at the end only a nearly whole layer counts."""

LONG_STEPS = 3
"""In units of the usual learning rate: what may be so long that it kills units."""


def _diverged(evidence: Evidence) -> Seen | None:
    run, experiment = evidence.run, evidence.experiment
    if run.diverged_at is None:
        return None
    if run.diverged_at == 0:
        return Seen(
            "The numbers were out of the finite range before the first step: initial weights "
            f"{exact(experiment.init_scale)} times their usual size, inputs of size "
            f"{number(evidence.input_rms)}.",
            ({**matched_start(experiment), "standardize": True}, matched_start(experiment)),
        )
    sentence = (
        f"The numbers left the finite range in epoch {run.diverged_at:,} of "
        f"{experiment.epochs:,}, at a learning rate of α = {exact(experiment.learning_rate)}: "
        "training diverged, and the curves end before that."
    )
    return Seen(
        sentence,
        (
            _stable(evidence),
            smaller_rate(experiment),
            remedies.unbound(experiment),
            {"standardize": True},
            *remedies.afresh(experiment),
        ),
    )


def _stable(evidence: Evidence) -> Change:
    """Return smaller steps, and with them what else may drive the numbers apart.

    A penalty whose steps grow the weights: gradient descent multiplies a weight by
    1 - alpha lambda / m, which should not come near -1. And a start far from all that is usual.
    """
    experiment, m = evidence.experiment, evidence.problem.train.m
    change = dict(smaller_rate(experiment))
    if experiment.l2 * change["learning_rate"] >= m:
        change["l2"] = weaker_penalty("l2", experiment.l2, m)
    if evidence.costs[0] > WILD * evidence.chance_cost:
        change |= matched_start(experiment)
    return change


def _symmetric(evidence: Evidence) -> Seen | None:
    start, now = evidence.differences
    same = np.flatnonzero((start < SAME) & (now < SAME))
    if not len(same) or evidence.is_well:
        return None
    l, experiment = int(same[0]), evidence.experiment
    sentence = (
        f"All {experiment.hidden[l]} units of hidden layer {l + 1} have the same weights, at the "
        f"start and still after {epochs(evidence.last)}."
    )
    scale = experiment.init_scale or 1.0
    random: Change = {**matched_start(experiment), "init_scale": scale}
    return Seen(
        sentence,
        (random, matched_start(experiment), {"init_noise": 0.1}, *remedies.afresh(experiment)),
    )


def _unscaled(evidence: Evidence) -> Seen | None:
    experiment = evidence.experiment
    size, middle = evidence.input_rms, evidence.input_offset
    if not evidence.falls_short or experiment.standardize:
        return None
    if 1 / FITTING < size < FITTING and middle < FITTING:
        return None
    sentence = (
        f"The inputs have a size of {number(size)} (their root mean square), and "
        f"{percent(evidence.train.error)} of the training samples are wrong."
    )
    scaled: Change = {"standardize": True}
    return Seen(sentence, (scaled, {**matched_start(experiment), **scaled}))


def start_ratios(evidence: Evidence) -> Array:
    """Return how many times larger each layer's initial weights are than matched ones, (L,).

    Their deviations, as the initialisers have them, not as they were drawn.
    """
    experiment = evidence.experiment
    return _deviations(evidence, experiment) / _deviations(
        evidence, experiment.but(**matched_start(experiment))
    )


def _deviations(evidence: Evidence, experiment: Experiment) -> Array:
    initializer = INITIALIZERS[experiment.initializer]
    sizes = evidence.network.sizes
    return experiment.init_scale * np.array(
        [initializer.deviation(*pair) for pair in itertools.pairwise(sizes)]
    )


def _start(evidence: Evidence) -> Seen | None:
    if not evidence.falls_short or not evidence.experiment.hidden:
        return None
    ratios = start_ratios(evidence)
    l = int(np.abs(np.log(np.maximum(ratios, _TINY))).argmax())
    ratio = float(ratios[l])
    if 1 / FITS <= ratio <= FITS:
        return None
    times, than = (ratio, "larger") if ratio > 1 else (1 / max(ratio, _TINY), "smaller")
    sentence = (
        f"The initial weights of layer {l + 1} are {number(times)} times {than} than those that "
        f"keep the size of the signal, and after {epochs(evidence.last)} "
        f"{percent(evidence.train.error)} of the training samples are wrong."
    )
    experiment = evidence.experiment
    match = matched_start(experiment)
    return Seen(sentence, (match, {**match, "learning_rate": remedies.usual_rate(experiment)}))


def _dead(evidence: Evidence) -> Seen | None:
    now, then = evidence.now.dead[:-1], evidence.then.dead[:-1]
    if not evidence.falls_short or not len(now) or now.max() < HALF_DEAD:
        return None
    if max(evidence.experiment.hidden) < 2:
        return None
    l, experiment = int(now.argmax()), evidence.experiment
    width = experiment.hidden[l]
    sentence = (
        f"{round(now[l] * width)} of {width} ReLU units in hidden layer {l + 1} are 0 for every "
        f"training sample; at the start it was {round(then[l] * width)}."
    )
    leaky: Change = {"activation": "leaky_relu"}
    smaller = smaller_rate(experiment) if experiment.learning_rate else {}
    usual = experiment.learning_rate <= LONG_STEPS * remedies.usual_rate(experiment)
    if then[l] < now[l] and not usual:
        return Seen(sentence, (smaller, leaky))
    if width < NARROW:
        return Seen(sentence, (remedies.action("bigger_network", experiment), leaky))
    return Seen(sentence, (leaky, smaller))


def _saturated(evidence: Evidence) -> Seen | None:
    now, then = evidence.now.saturated[:-1], evidence.then.saturated[:-1]
    experiment = evidence.experiment
    if len(then) and then.max() >= HALF_SATURATED and not evidence.is_well:
        l = int(then.argmax())
        return Seen(
            f"At the start {percent(then[l])} of the activations of hidden layer {l + 1} lie at an "
            f"end of {experiment.activations[l]}'s range; after {epochs(evidence.last)} it is "
            f"{percent(now[l])}.",
            (matched_start(experiment), {"standardize": True}, {"activation": "leaky_relu"}),
        )
    if len(now) and now.max() >= ALL_SATURATED and evidence.falls_short:
        l = int(now.argmax())
        return Seen(
            f"{percent(now[l])} of the activations of hidden layer {l + 1} have come to lie at an "
            f"end of {experiment.activations[l]}'s range, and {percent(evidence.train.error)} of "
            "the training samples are wrong.",
            (smaller_rate(experiment),) if experiment.learning_rate else (),
        )
    return None


DIVERGED = Rule(
    "diverged",
    "Diverged",
    _diverged,
    "Numbers that grow from step to step leave every bound. Smaller steps keep them finite, "
    "and so do a penalty and initial weights of a usual size.",
    topics.DEPTH,
    is_final=True,
)
SYMMETRIC = Rule(
    "symmetric",
    "Symmetric units",
    _symmetric,
    "Equal units get equal gradients and stay equal for ever, so the layer computes no more "
    "than one unit does. Random weights break the symmetry.",
    topics.STARTS,
)
UNSCALED = Rule(
    "unscaled",
    "Inputs that are not standardised",
    _unscaled,
    "Weights, activations and learning rates are made for inputs around 0 with a deviation of "
    "about 1. Standardising gives them that.",
    topics.GAPS,
)
START = Rule(
    "start",
    "A start of the wrong size",
    _start,
    "From too large weights units saturate, die or make the cost jump; from too small ones hardly "
    "any gradient reaches them. The start is to blame before the learning rate is.",
    topics.STARTS,
)
DEAD = Rule(
    "dead",
    "Dead ReLUs",
    _dead,
    "Where a ReLU is 0 its gradient is 0 too, so such a unit never learns again. Smaller steps "
    "keep units alive, a leaky ReLU revives them.",
    topics.STARTS,
)
SATURATED = Rule(
    "saturated",
    "Saturated units",
    _saturated,
    "At the ends of its range the slope g' is almost 0, and hardly any gradient passes. "
    "Weights of a fitting size keep z where g bends.",
    topics.DEPTH,
)
