"""Faults of what is learned: a task that cannot be, too strong a rein, too weak a network."""

from engine.diagnosis import remedies
from engine.diagnosis.evidence import UNLEARNED, Evidence
from engine.diagnosis.remedies import weaker_penalty
from engine.diagnosis.rules import topics
from engine.diagnosis.rules.finding import Rule, Seen
from engine.experiment.experiment import Experiment
from engine.experiment.wording import epochs, exact, number, percent

FAINT = 1e-3
"""Gradients of the first layer that are so much smaller than the last layer's leave it untrained:
it would need a thousand times the epochs."""

PENALTY = 0.25
"""A penalty of this share of the training cost holds back a network that has not learned."""

SHRUNK = 0.1
"""Weights that have shrunk to this share of their start were pulled, not taught."""

FEW_KEPT, KEPT_UNITS = 0.5, 4
"""Dropout that keeps less than half of the units, or fewer than four in a layer, leaves too little
to compute with."""

_SIGNS = {"l1": "λ₁", "l2": "λ"}


def at_chance(evidence: Evidence) -> str:
    """Return a sentence if a run does no better than always naming the commonest class, else ""."""
    if not evidence.is_near_chance:
        return ""
    right, chance = 1 - evidence.train.error, evidence.chance_accuracy
    told = f"{percent(right)} of the training samples are right"
    cost = f"at a cost of {number(evidence.cost)}; that of chance is {number(evidence.chance_cost)}"
    if right > chance + 0.01:
        return f"{told}, but {cost}."
    return f"It does no better than always naming the most common class: {told}, {cost}."


def _impossible(evidence: Evidence) -> Seen | None:
    """More is wrong than anybody can help: because of what the network sees, not of its noise."""
    experiment = evidence.experiment
    best, dataset = evidence.diagnosis.best, experiment.data
    own = experiment.bayes_error or 0.0
    if experiment.data.of_images or (best - own < UNLEARNED and evidence.can_be_learned):
        return None
    if dataset.whole:
        cause = "some training samples have equal inputs and different labels"
    elif best - own < UNLEARNED:
        cause = "the noise has mixed the classes"
    else:
        cause = "the chosen input features do not tell the classes apart"
    sentence = (
        f"Nobody can get less than {percent(best)} wrong here: {cause}. This network gets "
        f"{percent(evidence.train.error)} of the training samples wrong."
    )
    is_blind = dataset.planar and not {"x1", "x2"} <= set(experiment.features)
    return Seen(sentence, ({"features": ("x1", "x2")},) if is_blind else ())


def _regularised(evidence: Evidence) -> Seen | None:
    if not evidence.falls_short:
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
    named = " and ".join(f"{_SIGNS[name]} = {exact(strength)}" for name, strength in on.items())
    m = evidence.problem.train.m
    weaker = {name: weaker_penalty(name, strength, m) for name, strength in on.items()}
    return Seen(f"With {named} {told}, {wrong}", (weaker, dict.fromkeys(on, 0.0)))


def _dropped(experiment: Experiment, wrong: str) -> Seen | None:
    keep, narrow = experiment.keep_prob, min(experiment.hidden, default=0)
    if not narrow or keep == 1 or (keep >= FEW_KEPT and narrow * keep >= KEPT_UNITS):
        return None
    sentence = (
        f"Dropout with keep_prob = {exact(keep)} leaves {number(narrow * keep)} of {narrow} units "
        f"of the narrowest layer on average, {wrong}"
    )
    return Seen(sentence, ({"keep_prob": 1.0},))


def _not_learning(evidence: Evidence) -> Seen | None:
    experiment, gradients = evidence.experiment, evidence.then.gradient_rms
    if not evidence.falls_short or not evidence.has_moved:
        return None
    if is_linear(experiment) or not evidence.is_near_chance:
        return None
    sentence = f"After {epochs(evidence.last)} the training cost is {number(evidence.cost)}."
    adam = remedies.adam(experiment)
    if len(gradients) > 1 and gradients[0] < FAINT * gradients[-1]:
        sentence += (
            f" At the start the gradients of W[1] are {number(float(gradients[0]))} a weight, "
            f"those of W[{len(gradients)}] {number(float(gradients[-1]))}."
        )
        relu = remedies.rectified(experiment)
        return Seen(sentence, (relu, {"activation": "relu"}, adam))
    return Seen(sentence, (adam,))


def is_linear(experiment: Experiment) -> bool:
    """Whether the network can draw nothing but a straight line."""
    return set(experiment.activations) <= {"linear"}


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
    stronger = remedies.stronger(experiment)
    both = {**stronger, **remedies.adam(experiment)}
    # Of a handful of samples more units make an easy task; elsewhere descent is part of the limit.
    if evidence.is_whole and "linear" not in experiment.activations:
        return Seen(sentence, (stronger, both, remedies.adam(experiment)))
    return Seen(sentence, (both, stronger, remedies.adam(experiment)))


def _chance(evidence: Evidence) -> Seen | None:
    sentence = at_chance(evidence) if evidence.can_be_learned else ""
    return Seen(sentence, ()) if sentence else None


IMPOSSIBLE = Rule(
    "impossible",
    "Not all of it can be learned",
    _impossible,
    "That is no fault of the network: whatever its weights, it says the same of equal inputs.",
    topics.STEPS,
)
REGULARISED = Rule(
    "regularised",
    "Regularised too strongly",
    _regularised,
    "Regularisation is there to close the gap to new samples, and must leave enough freedom to "
    "learn the known ones.",
    topics.PENALTIES,
)
NOT_LEARNING = Rule(
    "not_learning",
    "Not learning",
    _not_learning,
    "So far the network tells no sample from another: hardly any gradient reaches its weights.",
    topics.DEPTH,
)
UNDERFITTING = Rule(
    "underfitting",
    "Underfitting",
    _underfitting,
    "This is bias: the network, or the way it is trained, is too weak for the problem.",
    topics.GAPS,
)
CHANCE = Rule(
    "chance",
    "No better than the most common class",
    _chance,
    "An accuracy says nothing before one knows this share.",
    topics.GAPS,
)
