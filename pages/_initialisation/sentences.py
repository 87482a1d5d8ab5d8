"""What became of a scheme's run, said in a sentence or two with its numbers."""

from collections.abc import Callable, Sequence

from engine.diagnosis.verdicts import CLOSE, Verdict
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.wording import are, layers, percent, size
from pages._initialisation import schemes


def verdict(one: Verdict, is_over: bool = True) -> str:
    """Return what a verdict says; of a run that is not over, that it is said so far."""
    told = _TOLD[one.kind](one)
    return told if is_over else f"So far: {told[0].lower()}{told[1:]}"


def _diverged(one: Verdict) -> str:
    when = f"in epoch {one.epochs:,}" if one.epochs else "before training began"
    grown = (
        f" At the start each signal is {size(one.signal)} times as large behind the last hidden "
        "layer as before the first."
        if one.signal > 1e3 and one.signal != float("inf")
        else ""
    )
    return f"Diverged: the numbers left the finite range {when}.{grown}"


def _symmetric(one: Verdict) -> str:
    count = "Both" if one.units == 2 else f"All {one.units}"
    how = (
        "are identical to the last bit"
        if one.identical
        else f"are identical but for {size(one.difference)} of the largest weight"
    )
    return (
        f"{count} hidden units of layer {one.layer} {how}: symmetry never breaks, and the layer is "
        f"one unit {one.units} times over. {percent(one.accuracy)} right."
    )


def _learned(one: Verdict) -> str:
    most = "" if one.possible == 1 else f"; the noise allows {percent(one.possible)} at best"
    return (
        f"Learned: {percent(one.accuracy)} right, and never below {percent(one.possible - CLOSE)} "
        f"since epoch {one.learned_at:,}{most}."
    )


def _untrained(one: Verdict) -> str:
    return f"Not trained: {percent(one.accuracy)} right, as at the start."


def _dead(one: Verdict) -> str:
    dead = round(one.share * one.units)
    return (
        f"Dead: {dead} of the {one.units} units of layer {one.layer} {are(dead)} 0 for every "
        f"sample, and no gradient passes through them. {percent(one.accuracy)} right."
    )


def _saturated(one: Verdict) -> str:
    return (
        f"Saturated: {percent(one.share)} of layer {one.layer}'s activations are at an end of g, "
        f"where g' is almost 0. {percent(one.accuracy)} right."
    )


def _faint_signal(one: Verdict) -> str:
    left = f"only {size(one.signal)} of" if one.signal else "nothing of"
    return (
        f"Vanishing signal: {left} the inputs' deviation is left behind the last hidden layer, so "
        f"all samples look alike. {percent(one.accuracy)} right."
    )


def _faint_gradient(one: Verdict) -> str:
    left = f"only {size(one.gradient)} of" if one.gradient else "nothing of"
    return (
        f"Vanishing gradient: {left} the last layer's arrives at the first, which hardly learns. "
        f"{percent(one.accuracy)} right."
    )


def _blown_up(one: Verdict) -> str:
    return (
        f"Exploding signal: {size(one.signal)} times as large behind the last hidden layer as "
        f"before the first. {percent(one.accuracy)} right."
    )


def _slow(one: Verdict) -> str:
    falling = one.falling >= 0.005
    how = (
        f"Still learning: the cost fell by {percent(one.falling)} over the last tenth of the epochs"
        if falling
        else "Stuck: the cost no longer falls"
    )
    return f"{how}. {percent(one.accuracy)} right."


_TOLD: dict[str, Callable[[Verdict], str]] = {
    "diverged": _diverged,
    "symmetric": _symmetric,
    "learned": _learned,
    "untrained": _untrained,
    "dead": _dead,
    "saturated": _saturated,
    "faint_signal": _faint_signal,
    "faint_gradient": _faint_gradient,
    "blown_up": _blown_up,
    "slow": _slow,
}


def summary(experiments: Sequence[Experiment], verdicts: Sequence[Verdict]) -> str:
    """Return which of the schemes learned, and with what network."""
    first = experiments[0]
    learned = [
        (verdict.learned_at, schemes.name(experiment))
        for experiment, verdict in zip(experiments, verdicts, strict=True)
        if verdict.kind == "learned" and verdict.learned_at is not None
    ]
    task = f"{first.data.title} with {network(first)}"
    if not learned:
        return f"None of the {len(experiments)} schemes has learned {task}."
    names = ", ".join(f"{name} (since epoch {epoch:,})" for epoch, name in sorted(learned))
    return f"{len(learned)} of {len(experiments)} schemes have learned {task}: {names}."


def network(experiment: Experiment) -> str:
    """Return the hidden layers in words.

    >>> network(Experiment(hidden=(8, 8), activation="relu")), network(Experiment(hidden=()))
    ('2 hidden layers of 8 ReLU units', 'no hidden layer')
    """
    g = KNOBS["activation"].show(experiment.activation)
    g = g if g.startswith("ReLU") else g[0].lower() + g[1:]
    return layers(experiment.hidden, unit=f"{g} unit")
