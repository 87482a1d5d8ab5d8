"""The coach reads a finished run and names what it sees in it, with the run's own numbers.

Each rule looks at the evidence and finds one kind of fault or nothing. The rules stand in the order
of what to mend first, and one that finds something hides those it explains.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine import remedies
from engine.evidence import Evidence
from engine.experiment import Experiment
from engine.recipe import training_size
from engine.remedies import Change, matched_start, smaller_rate, usual_rate, weaker_penalty
from engine.training import Run
from engine.wording import epochs, number, percent

MOST = 3
"""So many findings are said at once: who is told ten things mends none."""

SAME = 1e-6
"""Units that differ by less of their largest weight are the same: rounding alone parts them more
slowly than any run here is long."""

NARROW = 8
"""In a layer of fewer ReLUs a few that die are most of it; a wider one can bear that."""

DEAD, DEAD_ANYWAY = 0.5, 0.75
"""From half of a layer on, dead ReLUs may be why a network has not learned. One that has learned
could spare them, as every ReLU network loses some: then it takes three quarters to be a waste."""

SATURATED_START, SATURATED_END = 0.5, 0.9
"""A start is bad from half of the activations on. A network that has learned saturates as well,
because it has grown sure: so at the end only a nearly whole layer counts, and only if the network
has not learned."""

JUMP = 0.06
"""The root mean square of the rises of J, in units of the chance cost: the steps up that stay below
it (healthy mini-batches of small sets come to 0.04) can hardly be seen in the curve."""

ABOVE = 1.2
"""A cost that ends so many times above both its start and chance was driven up by the steps."""

WILD = 10
"""A start whose cost is so many times that of chance has weights far too large."""

FALLS = 0.02
"""A cost that fell by less from the third to the last quarter of the epochs has come to rest."""

CREEPS, GATHERS = 0.002, 1.5
"""One that fell by at least this much, and half as much again as before, is leaving a plateau."""

FEW_STEPS = 100
"""Whatever the network, fewer steps than these are hardly a training."""

AT_CHANCE = 0.95
"""A cost above this share of the chance cost tells no sample from another."""

SMALL_STEPS, LONG_STEPS, WILD_STEPS = 0.3, 3, 10
"""In units of the usual learning rate: a smaller one is called small, a larger one may be what
kills units, and one still larger makes the cost jump whatever the mini-batches."""

VANISHED = 1e-3
"""Gradients of the first layer that are so much smaller than the last layer's leave it untrained:
it would need a thousand times the epochs."""

PENALTY = 0.25
"""A penalty of this share of the training cost holds back a network that has not learned."""

SHRUNK = 0.1
"""Weights that have shrunk to this share of their start were pulled, not taught."""

FEW_KEPT, KEPT_UNITS = 0.5, 4
"""Dropout that keeps less than half of the units, or fewer than four in a layer, leaves too little
to compute with."""

SMALL_BATCH = 32
"""Gradients of fewer samples are noisy; 32 is the smallest size that textbooks recommend."""

HALF_WIDTH = 0.05
"""An error known to no better than 5 points cannot show a gap of 3, from which on one counts."""


@dataclass(frozen=True)
class Finding:
    """What the coach sees in a run.

    name, title  of the rule that found it
    seen     a sentence with the run's numbers
    advice   a sentence that says what that means and what helps
    why      the page that explains it
    changes  knobs to turn, name -> value, from the same seeds: the best first, others for pages
             that do not have its knobs; none where no knob helps
    """

    name: str
    title: str
    seen: str
    advice: str
    why: str
    changes: tuple[Change, ...]


class Seen(NamedTuple):
    """What a rule has seen: the sentence, and what would mend it."""

    sentence: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Rule:
    """A kind of fault: how to see it, what it means, and which other rules it makes needless.

    `is_final` rules leave nothing else worth saying.
    """

    name: str
    title: str
    look: Callable[[Evidence], Seen | None]
    advice: str
    why: str
    hides: tuple[str, ...] = ()
    is_final: bool = False


def findings(run: Run, most: int = MOST) -> list[Finding]:
    """Return what there is to mend in a finished run, the most urgent first; [] if all is well."""
    evidence, found, hidden = Evidence(run), list[Finding](), set[str]()
    for rule in RULES:
        with np.errstate(all="ignore"):  # finite numbers may still be too large to be squared
            seen = None if rule.name in hidden else rule.look(evidence)
        if seen is not None:
            found.append(_finding(rule, seen, run.experiment))
            hidden.update(rule.hides)
            if rule.is_final:
                break
    return found[:most]


def _finding(rule: Rule, seen: Seen, experiment: Experiment) -> Finding:
    changes = tuple(one for one in seen.changes if experiment.but(**one) != experiment)
    return Finding(rule.name, rule.title, seen.sentence, rule.advice, rule.why, changes)


# --- rules ----------------------------------------------------------------------------------------


def _diverged(evidence: Evidence) -> Seen | None:
    run, experiment = evidence.run, evidence.experiment
    if run.diverged_at is None:
        return None
    if run.diverged_at == 0:
        return Seen(
            "The numbers were out of the finite range before the first step: initial weights "
            f"{experiment.init_scale:g} times their usual size, inputs of size "
            f"{number(evidence.input_rms)}.",
            ({**matched_start(experiment), "standardize": True}, matched_start(experiment)),
        )
    sentence = (
        f"The numbers left the finite range in epoch {run.diverged_at:,} of "
        f"{experiment.epochs:,}, at a learning rate of α = {experiment.learning_rate:g}: training "
        "diverged, and the curves end before that."
    )
    return Seen(sentence, (_stable(evidence), smaller_rate(experiment)))


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
    if not len(same):
        return None
    l, experiment = int(same[0]), evidence.experiment
    sentence = (
        f"All {experiment.hidden[l]} units of hidden layer {l + 1} have the same weights, at the "
        f"start and still after {epochs(evidence.last)}."
    )
    scale = experiment.init_scale or 1.0
    random: Change = {**matched_start(experiment), "init_scale": scale}
    return Seen(sentence, (random, {"init_noise": 0.1}))


def _regularised(evidence: Evidence) -> Seen | None:
    if not evidence.is_unlearned:
        return None
    wrong = f"and {percent(evidence.train.error)} of the training samples are still wrong."
    return _penalised(evidence, wrong) or _dropped(evidence.experiment, wrong)


def _penalised(evidence: Evidence, wrong: str) -> Seen | None:
    strengths = {name: getattr(evidence.experiment, name) for name in _SIGNS}
    on = {name: strength for name, strength in strengths.items() if strength}
    size = float(evidence.now.weight_rms.max())
    if size < SHRUNK * evidence.then.weight_rms.max():
        told = f"no layer's weights are larger than {number(size)} on average"
    elif evidence.penalty > PENALTY * evidence.cost:
        J = evidence.cost + evidence.penalty
        told = f"the penalty makes {number(evidence.penalty)} of the cost J = {number(J)}"
    else:
        return None
    if not on:
        return None
    named = " and ".join(f"{_SIGNS[name]} = {strength:g}" for name, strength in on.items())
    m = evidence.problem.train.m
    weaker = {name: weaker_penalty(name, strength, m) for name, strength in on.items()}
    return Seen(f"With {named} {told}, {wrong}", (weaker, dict.fromkeys(on, 0.0)))


_SIGNS = {"l1": "λ₁", "l2": "λ"}


def _dropped(experiment: Experiment, wrong: str) -> Seen | None:
    keep, narrow = experiment.keep_prob, min(experiment.hidden, default=0)
    if not narrow or keep == 1 or (keep >= FEW_KEPT and narrow * keep >= KEPT_UNITS):
        return None
    sentence = (
        f"Dropout with keep_prob = {keep:g} leaves {number(narrow * keep)} of {narrow} units of "
        f"the narrowest layer on average, {wrong}"
    )
    return Seen(sentence, ({"keep_prob": 1.0},))


def _dead(evidence: Evidence) -> Seen | None:
    now, then = evidence.now.dead[:-1], evidence.then.dead[:-1]
    share = DEAD if evidence.is_unlearned else DEAD_ANYWAY
    if not len(now) or now.max() < share or max(evidence.experiment.hidden) < 2:
        return None
    l, experiment = int(now.argmax()), evidence.experiment
    width = experiment.hidden[l]
    sentence = (
        f"{round(now[l] * width)} of {width} ReLU units in hidden layer {l + 1} are 0 for every "
        f"training sample; at the start it was {round(then[l] * width)}."
    )
    leaky: Change = {"activation": "leaky_relu"}
    if _starts_small(experiment):
        return Seen(sentence, (matched_start(experiment), leaky))
    if then[l] < now[l] and experiment.learning_rate > LONG_STEPS * usual_rate(experiment):
        return Seen(sentence, (smaller_rate(experiment), leaky))
    if width < NARROW:
        return Seen(sentence, (remedies.action("bigger_network", experiment), leaky))
    return Seen(sentence, (leaky, smaller_rate(experiment) if experiment.learning_rate else {}))


def _saturated(evidence: Evidence) -> Seen | None:
    now, then = evidence.now.saturated[:-1], evidence.then.saturated[:-1]
    experiment = evidence.experiment
    if len(then) and then.max() >= SATURATED_START:
        l = int(then.argmax())
        return Seen(
            f"At the start {percent(then[l])} of the activations of hidden layer {l + 1} lie at "
            f"an end of {experiment.activation}'s range; after {epochs(evidence.last)} it is "
            f"{percent(now[l])}.",
            (matched_start(experiment), {"standardize": True}, {"activation": "leaky_relu"}),
        )
    if len(now) and now.max() >= SATURATED_END and evidence.is_unlearned:
        l = int(now.argmax())
        return Seen(
            f"{percent(now[l])} of the activations of hidden layer {l + 1} have come to lie at an "
            f"end of {experiment.activation}'s range, and {percent(evidence.train.error)} of the "
            "training samples are wrong.",
            (smaller_rate(experiment),),
        )
    return None


def _roughness(evidence: Evidence) -> float:
    """Return the root mean square of the rises of J, in units of the chance cost."""
    rises = evidence.rises
    if not len(rises) or not evidence.chance_cost:
        return 0.0
    return float(np.sqrt(np.square(rises).mean()) / evidence.chance_cost)


def _rises(evidence: Evidence) -> str:
    rises = evidence.rises
    return (
        f"in the second half of the epochs J rose {np.count_nonzero(rises)} times out of "
        f"{len(rises)}, by up to {number(float(rises.max()))}"
    )


def _is_noisy(experiment: Experiment) -> bool:
    """Whether steps are taken on so few samples that their noise explains a jumping cost."""
    is_small = 0 < experiment.batch_size < min(SMALL_BATCH, training_size(experiment) / 2)
    return is_small and experiment.learning_rate <= WILD_STEPS * usual_rate(experiment)


def _small_batch(evidence: Evidence) -> Seen | None:
    experiment = evidence.experiment
    if _roughness(evidence) < JUMP or not _is_noisy(experiment):
        return None
    size = experiment.batch_size
    return Seen(
        f"With {size} {'sample' if size == 1 else 'samples'} a step, {_rises(evidence)}.",
        ({"batch_size": max(8 * size, SMALL_BATCH)}, smaller_rate(experiment)),
    )


def _jumping(evidence: Evidence) -> Seen | None:
    experiment, first = evidence.experiment, float(evidence.costs[0])
    if _roughness(evidence) >= JUMP and not _is_noisy(experiment):
        told = _rises(evidence)
    elif evidence.cost > ABOVE * max(first, evidence.chance_cost):
        told = f"the training cost has gone up, from {number(first)} to {number(evidence.cost)}"
    else:
        return None
    sentence = f"With a learning rate of α = {experiment.learning_rate:g}, {told}."
    return Seen(sentence, (smaller_rate(experiment),))


def _has_moved(evidence: Evidence) -> bool:
    return len(evidence.run.history["epoch"]) > 1 and evidence.experiment.learning_rate > 0


def _has_small_steps(experiment: Experiment) -> bool:
    return experiment.learning_rate < SMALL_STEPS * usual_rate(experiment)


def _too_slow(evidence: Evidence) -> Seen | None:
    run, experiment = evidence.run, evidence.experiment
    if not evidence.is_unlearned or not _has_moved(evidence):
        return None
    wrong = f"{percent(evidence.train.error)} of the training samples are wrong"
    if run.stopped_at is not None:
        return Seen(
            f"Early stopping with a patience of {experiment.patience} ended it after "
            f"{epochs(run.stopped_at)}, when {wrong}.",
            ({"patience": 0},),
        )
    steps = len(evidence.run.history["epoch"]) - 1
    if experiment.batch_size:
        steps *= -(-evidence.problem.train.m // experiment.batch_size)
    is_leaving = evidence.fall >= max(CREEPS, GATHERS * evidence.earlier_fall)
    is_falling = evidence.fall >= FALLS or is_leaving
    if not (is_falling or steps < FEW_STEPS or _has_small_steps(experiment)):
        return None
    longer = remedies.longer(experiment)
    sentence = (
        f"After {epochs(evidence.last)} {wrong}, and from the third quarter to the last the "
        f"training cost fell by {percent(max(0.0, evidence.fall))} to {number(evidence.cost)}."
    )
    if _has_small_steps(experiment):
        faster: Change = {"learning_rate": usual_rate(experiment)}
        return Seen(f"{sentence} α = {experiment.learning_rate:g} is small.", (faster, longer))
    if steps < FEW_STEPS:
        many: Change = {"epochs": 10 * experiment.epochs}
        return Seen(f"{sentence} It took {steps} step{'s' * (steps > 1)}.", (many, longer))
    return Seen(sentence, (longer, remedies.adam(experiment)))


def _not_learning(evidence: Evidence) -> Seen | None:
    experiment, gradients = evidence.experiment, evidence.then.gradient_rms
    if not evidence.is_unlearned:
        return None
    if not _has_moved(evidence):
        change: dict[str, object] = {}
        if not experiment.learning_rate:
            change["learning_rate"] = usual_rate(experiment)
        if not experiment.epochs:
            change |= remedies.longer(experiment)
        return Seen(
            f"No step was taken: {epochs(evidence.last)} at a learning rate of "
            f"α = {experiment.learning_rate:g}.",
            (change,),
        )
    if _is_linear(experiment) or evidence.cost < AT_CHANCE * evidence.chance_cost:
        return None
    sentence = (
        f"The training cost is {number(evidence.cost)} after {epochs(evidence.last)}; without a "
        f"look at the inputs one gets {number(evidence.chance_cost)}."
    )
    adam = remedies.adam(experiment)
    if len(gradients) > 1 and gradients[0] < VANISHED * gradients[-1]:
        sentence += (
            f" At the start the gradients of W[1] are {number(float(gradients[0]))} a weight, "
            f"those of W[{len(gradients)}] {number(float(gradients[-1]))}."
        )
        relu = remedies.rectified(experiment)
        return Seen(sentence, (relu, {"activation": "relu"}, adam))
    start = matched_start(experiment)
    return Seen(sentence, (start, adam) if _starts_small(experiment) else (adam, start))


def _starts_small(experiment: Experiment) -> bool:
    return experiment.initializer == "small" or experiment.init_scale < 1


def _is_linear(experiment: Experiment) -> bool:
    return not experiment.hidden or experiment.activation == "linear"


def _underfitting(evidence: Evidence) -> Seen | None:
    experiment = evidence.experiment
    if not evidence.is_unlearned:
        return None
    best = evidence.diagnosis.best
    floor = f", the best possible is {percent(best)}" if best else ""
    sizes = "-".join(map(str, evidence.network.sizes))
    sentence = (
        f"The {sizes} network gets {percent(evidence.train.error)} of its own training samples "
        f"wrong{floor}, and its cost has come to rest at {number(evidence.cost)}."
    )
    if _is_linear(experiment):
        stronger = remedies.bent(experiment)
    else:
        stronger = remedies.action("bigger_network", experiment)
    adam = remedies.adam(experiment)
    both = {**stronger, **adam}
    # Of a handful of samples more units make an easy task; elsewhere descent is part of the limit.
    if evidence.is_whole and experiment.activation != "linear":
        return Seen(sentence, (stronger, both, adam))
    return Seen(sentence, (both, stronger, adam))


def _overfitting(evidence: Evidence) -> Seen | None:
    gap, experiment = evidence.variance, evidence.experiment
    if gap is None or not gap.is_high or gap.low <= 0:
        return None
    if evidence.cost >= AT_CHANCE * evidence.chance_cost:
        return None
    error = evidence.diagnosis.rates[evidence.held_out].error
    sentence = (
        f"{percent(evidence.train.error)} of the training samples are wrong, but {percent(error)} "
        f"of the {evidence.held_out} samples: {100 * gap.value:.1f} points more (95 % interval "
        f"{100 * gap.low:.1f} to {100 * gap.high:.1f})."
    )
    actions = tuple(remedies.action(name, experiment) for name in ("more_lambda", "dropout"))
    return Seen(sentence, (remedies.more_samples(experiment), *actions))


def _small_dev(evidence: Evidence) -> Seen | None:
    if not evidence.held_out or evidence.is_unlearned:
        return None
    rate = evidence.diagnosis.rates[evidence.held_out]
    if rate.high - rate.low <= 2 * HALF_WIDTH:
        return None
    sentence = (
        f"{percent(rate.error)} of {rate.m} {evidence.held_out} samples are wrong: the true error "
        f"may be anything from {percent(rate.low)} to {percent(rate.high)} (95 % interval)."
    )
    return Seen(sentence, (remedies.more_samples(evidence.experiment),))


_UNLEARNED = ("too_slow", "not_learning", "underfitting")

RULES = (
    Rule(
        "diverged",
        "Diverged",
        _diverged,
        "Numbers that grow from step to step leave every bound. Smaller steps keep them finite, "
        "and so do a penalty and initial weights of a usual size.",
        "vanishing",
        is_final=True,
    ),
    Rule(
        "symmetric",
        "Symmetric units",
        _symmetric,
        "Equal units get equal gradients and stay equal for ever, so the layer computes no more "
        "than one unit does. Random weights break the symmetry.",
        "initialisation",
        hides=("dead", "saturated", "regularised", *_UNLEARNED),
    ),
    Rule(
        "regularised",
        "Regularised too strongly",
        _regularised,
        "Regularisation is there to close the gap to new samples, and must leave enough freedom to "
        "learn the known ones.",
        "regularisation",
        hides=("dead", "saturated", *_UNLEARNED),
    ),
    Rule(
        "dead",
        "Dead ReLUs",
        _dead,
        "Where a ReLU is 0 its gradient is 0 too, so such a unit never learns again. Smaller steps "
        "keep units alive, a leaky ReLU revives them.",
        "initialisation",
        hides=("jumping", *_UNLEARNED),
    ),
    Rule(
        "jumping",
        "Jumping cost",
        _jumping,
        "Steps this long leap across the valley they should go down into.",
        "xor",
        hides=("saturated", *_UNLEARNED),
    ),
    Rule(
        "saturated",
        "Saturated units",
        _saturated,
        "At the ends of its range the slope g' is almost 0, and hardly any gradient passes. "
        "Weights of a fitting size keep z where g bends.",
        "vanishing",
        hides=_UNLEARNED,
    ),
    Rule(
        "small_batch",
        "Batch too small to be stable",
        _small_batch,
        "The gradient of so few samples points somewhere else at every step. More samples a step, "
        "or smaller steps, average that out.",
        "mnist",
        hides=_UNLEARNED,
    ),
    Rule(
        "too_slow",
        "Learning too slowly",
        _too_slow,
        "It has not come to rest yet: larger steps or more of them take it further.",
        "xor",
        hides=("not_learning", "underfitting"),
    ),
    Rule(
        "not_learning",
        "Not learning",
        _not_learning,
        "So far the network tells no sample from another: hardly any gradient reaches its weights.",
        "vanishing",
        hides=("underfitting",),
    ),
    Rule(
        "underfitting",
        "Underfitting",
        _underfitting,
        "This is bias: the network, or the way it is trained, is too weak for the problem.",
        "bias_variance",
    ),
    Rule(
        "overfitting",
        "Overfitting",
        _overfitting,
        "This is variance: it has learned its samples by heart. More data or regularisation help.",
        "regularisation",
        hides=("small_dev",),
    ),
    Rule(
        "small_dev",
        "Too few samples to tell",
        _small_dev,
        "Two settings that differ by 3 points cannot be told apart on so few samples.",
        "bias_variance",
    ),
)
"""In the order of what to mend first."""
