"""Faults of the steps: too long, too noisy, too short or too few."""

import numpy as np

from engine.diagnosis import remedies
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.remedies import Change, smaller_rate, usual_rate
from engine.diagnosis.rules import topics
from engine.diagnosis.rules.finding import Rule, Seen
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.experiment.wording import counted, epochs, exact, number, percent

JUMP = 0.06
"""The root mean square of the rises of J, in units of the chance cost: the steps up that stay below
it (healthy mini-batches of small sets come to 0.04) can hardly be seen in the curve."""

ABOVE = 1.2
"""A cost that ends so many times above both its start and chance was driven up by the steps."""

FALLS = 0.02
"""A cost that fell by less from the third to the last quarter of the epochs has come to rest."""

CREEPS, GATHERS = 0.002, 1.5
"""One that fell by at least this much, and half as much again as before, is leaving a plateau."""

FEW_STEPS = 100
"""Whatever the network, fewer steps than these are hardly a training."""

SMALL_STEPS, WILD_STEPS = 0.3, 10
"""In units of the usual learning rate: a smaller one is called small, and one so much larger makes
the cost jump whatever the mini-batches."""

SMALL_BATCH = 32
"""Gradients of fewer samples are noisy; 32 is the smallest size that textbooks recommend."""


def roughness(evidence: Evidence) -> float:
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


def _is_rough(evidence: Evidence) -> bool:
    """Whether the cost jumps and the network is the worse for it, or good by luck alone."""
    return not (evidence.is_well and evidence.is_settled) and roughness(evidence) >= JUMP


def _is_noisy(experiment: Experiment) -> bool:
    """Whether steps are taken on so few samples that their noise explains a jumping cost."""
    is_small = 0 < experiment.batch_size < min(SMALL_BATCH, training_size(experiment) / 2)
    return is_small and experiment.learning_rate <= WILD_STEPS * usual_rate(experiment)


def _small_batch(evidence: Evidence) -> Seen | None:
    experiment = evidence.experiment
    if not _is_rough(evidence) or not _is_noisy(experiment):
        return None
    size = experiment.batch_size
    larger = max(8 * size, SMALL_BATCH)
    # As many steps as before: fewer ones would undo what larger batches give.
    as_many: Change = {"batch_size": larger, "epochs": experiment.epochs * larger // size}
    return Seen(
        f"With {counted(size, 'sample')} a step, {_rises(evidence)}.",
        (smaller_rate(experiment), {"batch_size": larger}, as_many),
    )


def _jumping(evidence: Evidence) -> Seen | None:
    experiment, first = evidence.experiment, float(evidence.costs[0])
    if _is_rough(evidence) and not _is_noisy(experiment):
        told = _rises(evidence)
    elif evidence.cost > ABOVE * max(first, evidence.chance_cost) and not evidence.is_well:
        told = f"the training cost has gone up, from {number(first)} to {number(evidence.cost)}"
    else:
        return None
    sentence = f"With a learning rate of α = {exact(experiment.learning_rate)}, {told}."
    tenth: Change = {
        "learning_rate": remedies.nearest_stop("learning_rate", experiment.learning_rate / 10)
    }
    return Seen(sentence, (smaller_rate(experiment), tenth))


def _has_small_steps(experiment: Experiment) -> bool:
    return experiment.learning_rate < SMALL_STEPS * usual_rate(experiment)


def _unmoved(evidence: Evidence) -> Seen | None:
    experiment = evidence.experiment
    if evidence.has_moved or not evidence.falls_short:
        return None
    change: dict[str, object] = {}
    if not experiment.learning_rate:
        change["learning_rate"] = usual_rate(experiment)
    if not experiment.epochs:
        change |= remedies.longer(experiment)
    return Seen(
        f"No step was taken: {epochs(evidence.last)} at a learning rate of "
        f"α = {exact(experiment.learning_rate)}.",
        (change,),
    )


def _too_slow(evidence: Evidence) -> Seen | None:
    run, experiment = evidence.run, evidence.experiment
    if not evidence.falls_short or not evidence.has_moved:
        return None
    wrong = f"{percent(evidence.train.error)} of the training samples are wrong"
    if run.stopped_at is not None:
        return Seen(
            f"Early stopping with a patience of {experiment.patience} ended it after "
            f"{epochs(run.stopped_at)}, when {wrong}.",
            ({"patience": 4 * experiment.patience}, {"patience": 0}),
        )
    steps = evidence.steps
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
        return Seen(f"{sentence} α = {exact(experiment.learning_rate)} is small.", (faster, longer))
    if steps < FEW_STEPS:
        many: Change = remedies.longer(experiment, 10)
        return Seen(f"{sentence} It took {counted(steps, 'step')}.", (many, longer))
    return Seen(sentence, (longer, remedies.adam(experiment)))


JUMPING = Rule(
    "jumping",
    "Jumping cost",
    _jumping,
    "Steps this long leap across the valley they should go down into.",
    topics.STEPS,
)
SMALL_BATCHES = Rule(
    "small_batch",
    "Noisy steps",
    _small_batch,
    "The gradient of so few samples points somewhere else at every step. Smaller steps, or more "
    "samples a step, average that out.",
    topics.BATCHES,
)
UNMOVED = Rule(
    "unmoved",
    "Not trained",
    _unmoved,
    "Without a step the network stays what its random start has made it.",
    topics.STEPS,
)
TOO_SLOW = Rule(
    "too_slow",
    "Learning too slowly",
    _too_slow,
    "It has not come to rest yet: larger steps or more of them take it further.",
    topics.STEPS,
)
