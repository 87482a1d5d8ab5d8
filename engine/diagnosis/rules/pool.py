"""What is tried against any network that has not learned, whatever is suspected."""

from engine.diagnosis import remedies
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.remedies import Change, matched_start, usual_rate
from engine.diagnosis.rules import beginnings, learning, stepping, topics
from engine.diagnosis.rules.finding import Finding, Rule, Seen
from engine.experiment.experiment import Experiment
from engine.experiment.wording import number, percent

_MANY_LAYERS = 3


def _in_numbers(evidence: Evidence) -> Seen:
    """What can be said of any network that falls short."""
    sizes = "-".join(map(str, evidence.network.sizes))
    sentence = (
        f"The {sizes} network gets {percent(evidence.train.error)} of its own training samples "
        f"wrong, at a cost of {number(evidence.cost)}."
    )
    return Seen(sentence, ())


SEVERAL = Rule(
    "several",
    "More than one thing is off",
    _in_numbers,
    "No single knob mends it. A usual start, a usual learning rate and nothing that holds training "
    "back do so together.",
    topics.STARTS,
)
DEEP = Rule(
    "deep",
    "Deeper than it can be trained",
    _in_numbers,
    "Each layer hands down less of the gradient, and this task does not need so many.",
    topics.DEPTH,
)

NEVER_SUSPECTED = (SEVERAL, DEEP)
"""Rules that see nothing of their own."""


def pool(experiment: Experiment) -> list[tuple[Rule, Change]]:
    """Return what may help any network that falls short, each with the rule it speaks for.

    In the order of how often it does, for those who cannot try everything.
    """
    rate = usual_rate(experiment)
    is_small = experiment.learning_rate < rate
    slow_or_jumping = stepping.TOO_SLOW if is_small else stepping.JUMPING
    first, scaled, with_adam = remedies.afresh(experiment)
    found: list[tuple[Rule, Change]] = [
        (slow_or_jumping, {"learning_rate": rate}),
        (beginnings.START, matched_start(experiment)),
        (stepping.TOO_SLOW, remedies.adam(experiment)),
        (SEVERAL, with_adam),
        (SEVERAL, first),
        (learning.REGULARISED, remedies.unbound(experiment)),
        (beginnings.UNSCALED, {"standardize": True}),
        (learning.UNDERFITTING, remedies.stronger(experiment)),
        (learning.UNDERFITTING, {**remedies.stronger(experiment), **remedies.adam(experiment)}),
        (learning.NOT_LEARNING, remedies.rectified(experiment)),
        (stepping.TOO_SLOW, remedies.longer(experiment)),
        (SEVERAL, scaled),
    ]
    if len(experiment.hidden) >= _MANY_LAYERS:
        found.append((DEEP, {"hidden": experiment.hidden[:1], **first}))
    if experiment.learning_rate:
        tenth = remedies.nearest_stop("learning_rate", experiment.learning_rate / 10)
        found.append((stepping.JUMPING, {"learning_rate": tenth}))
    return found


def in_general(rule: Rule, evidence: Evidence) -> Finding:
    """Return a rule's finding where it has seen nothing by itself, but its remedy has helped."""
    seen = _in_numbers(evidence).sentence
    chance = learning.at_chance(evidence)
    return rule.finding(Seen(f"{chance} {seen}".strip(), ()), evidence.experiment)
