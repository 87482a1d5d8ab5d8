"""Faults that only held-out samples tell: learned by heart, too sure, too few to tell."""

from engine.diagnosis import remedies
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules import topics
from engine.diagnosis.rules.finding import GENERALISING, Rule, Seen
from engine.experiment.wording import number, percent

WORSE = 1.15
"""A held-out cost that has risen to so many times its least has been rising, not trembling."""

AWAY = 3
"""And so many epochs ago it was least."""

HALF_WIDTH = 0.05
"""An error known to no better than 5 points cannot show a gap of 3, from which on one counts."""

FEW = 50
"""Of so many held-out samples one is 2 points: fewer can hardly judge anything."""


def _overfitting(evidence: Evidence) -> Seen | None:
    gap = evidence.variance
    if gap is None or not gap.is_high or gap.low <= 0 or evidence.is_near_chance:
        return None
    error = evidence.diagnosis.rates[evidence.held_out].error
    sentence = (
        f"{percent(evidence.train.error)} of the training samples are wrong, but {percent(error)} "
        f"of the {evidence.held_out} samples: {100 * gap.value:.1f} points more (95 % interval "
        f"{100 * gap.low:.1f} to {100 * gap.high:.1f})."
    )
    epoch, _ = _least(evidence)
    return Seen(sentence, remedies.generalising(evidence.experiment, epoch))


def _least(evidence: Evidence) -> tuple[int, float]:
    """Return the epoch, above 0, with the least held-out cost up to the last, and that cost."""
    costs = evidence.held_out_costs
    if len(costs) < 2:
        return 0, float("nan")
    row = int(costs[1:].argmin()) + 1
    return int(evidence.run.history["epoch"][row]), float(costs[row])


def _surer(evidence: Evidence) -> Seen | None:
    """The held-out cost rises while the share of wrong samples stays."""
    epoch, least = _least(evidence)
    if not epoch or evidence.last - epoch < AWAY:
        return None
    now = float(evidence.held_out_costs[-1])
    if not now > WORSE * least or evidence.is_near_chance:
        return None
    split = evidence.held_out
    errors = 1 - evidence.held_out_accuracies
    then = float(errors[min(epoch, len(errors) - 1)])
    sentence = (
        f"The {split} cost was least after epoch {epoch:,}, {number(least)}, and has risen to "
        f"{number(now)} since, while the share of wrong {split} samples went from {percent(then)} "
        f"to {percent(float(errors[-1]))}."
    )
    return Seen(sentence, remedies.generalising(evidence.experiment, epoch))


def _small_dev(evidence: Evidence) -> Seen | None:
    if not evidence.held_out or evidence.falls_short:
        return None
    rate = evidence.diagnosis.rates[evidence.held_out]
    if rate.high - rate.low <= 2 * HALF_WIDTH or rate.m >= FEW:
        return None
    sentence = (
        f"{percent(rate.error)} of {rate.m} {evidence.held_out} samples are wrong: the true error "
        f"may be anything from {percent(rate.low)} to {percent(rate.high)} (95 % interval)."
    )
    return Seen(sentence, (remedies.more_samples(evidence.experiment),))


OVERFITTING = Rule(
    "overfitting",
    "Overfitting",
    _overfitting,
    "This is variance: it has learned its samples by heart. More data or regularisation help.",
    topics.PENALTIES,
    hides=("surer", "small_dev"),
    kind=GENERALISING,
)
SURER = Rule(
    "surer",
    "Ever more sure of its mistakes",
    _surer,
    "The samples it gets wrong, it gets wrong more surely: weights that keep growing make every "
    "answer bolder. Ending earlier or regularisation keeps it modest.",
    topics.PENALTIES,
    kind=GENERALISING,
)
SMALL_DEV = Rule(
    "small_dev",
    "Too few samples to tell",
    _small_dev,
    "Two settings that differ by 3 points cannot be told apart on so few samples.",
    topics.GAPS,
    kind=GENERALISING,
)
