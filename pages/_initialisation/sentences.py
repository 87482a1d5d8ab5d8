"""What became of a scheme's run, said in a sentence or two with its numbers."""

from collections.abc import Callable, Sequence

from engine.diagnosis.verdicts import CLOSE, Verdict
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.wording import are, layers, percent, size
from pages._initialisation import schemes


def verdict(found: Verdict, is_over: bool = True) -> str:
    """Return what a verdict says; of a run that is not over, that it is said so far."""
    told = _TOLD[found.kind](found)
    return told if is_over else f"So far: {told[0].lower()}{told[1:]}"


def _diverged(found: Verdict) -> str:
    when = f"in epoch {found.epochs:,}" if found.epochs else "before training began"
    grown = (
        f" At the start each signal is {size(found.signal)} times as large behind the last hidden "
        "layer as before the first."
        if found.signal > 1e3 and found.signal != float("inf")
        else ""
    )
    return f"Diverged: the numbers left the finite range {when}.{grown}"


def _symmetric(found: Verdict) -> str:
    count = "Both" if found.units == 2 else f"All {found.units}"
    how = (
        "are identical to the last bit"
        if found.identical
        else f"are identical but for {size(found.difference)} of the largest weight"
    )
    return (
        f"{count} hidden units of layer {found.layer} {how}: symmetry never breaks, and the layer "
        f"is one unit {found.units} times over. {percent(found.accuracy)} right."
    )


def _learned(found: Verdict) -> str:
    most = "" if found.possible == 1 else f"; the noise allows {percent(found.possible)} at best"
    return (
        f"Learned: {percent(found.accuracy)} right, and never below "
        f"{percent(found.possible - CLOSE)} since epoch {found.learned_at:,}{most}."
    )


def _untrained(found: Verdict) -> str:
    return f"Not trained: {percent(found.accuracy)} right, as at the start."


def _dead(found: Verdict) -> str:
    dead = round(found.share * found.units)
    return (
        f"Dead: {dead} of the {found.units} units of layer {found.layer} {are(dead)} 0 for every "
        f"sample, and no gradient passes through them. {percent(found.accuracy)} right."
    )


def _saturated(found: Verdict) -> str:
    return (
        f"Saturated: {percent(found.share)} of layer {found.layer}'s activations are at an end of "
        f"g, where g' is almost 0. {percent(found.accuracy)} right."
    )


def _faint_signal(found: Verdict) -> str:
    left = f"only {size(found.signal)} of" if found.signal else "nothing of"
    return (
        f"Vanishing signal: {left} the inputs' standard deviation is left behind the last hidden "
        f"layer, so all samples look alike. {percent(found.accuracy)} right."
    )


def _faint_gradient(found: Verdict) -> str:
    left = f"only {size(found.gradient)} of" if found.gradient else "nothing of"
    return (
        f"Vanishing gradient: {left} the last layer's arrives at the first, which hardly learns. "
        f"{percent(found.accuracy)} right."
    )


def _blown_up(found: Verdict) -> str:
    return (
        f"Exploding signal: {size(found.signal)} times as large behind the last hidden layer as "
        f"before the first. {percent(found.accuracy)} right."
    )


def _slow(found: Verdict) -> str:
    falling = found.falling >= 0.005
    how = (
        f"Still learning: the cost fell by {percent(found.falling)} over the last tenth of the "
        "epochs"
        if falling
        else "Stuck: the cost no longer falls"
    )
    return f"{how}. {percent(found.accuracy)} right."


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
