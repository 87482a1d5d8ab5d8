"""Sentences with a run's own numbers in them."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from engine.experiment import numerals
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import network_of
from engine.experiment.wording import epochs as _epochs
from engine.experiment.wording import number, percent
from engine.nn.decision import ZERO
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.runs.outcome import Outcome


def task(experiment: Experiment) -> str:
    """Return the name of the problem that an experiment is to learn."""
    return experiment.data.title


def a(digit: int) -> str:
    """Return a digit with its article.

    >>> a(7), a(8)
    ('a 7', 'an 8')
    """
    return f"an {digit}" if digit == 8 else f"a {digit}"


def summary(run: Run | Outcome) -> str:
    """Return in one sentence how the network that a run hands over does."""
    cost, right = run.final("train_cost"), run.final("train_accuracy")
    if math.isnan(cost):
        return "The numbers overflowed before the first step."
    return (
        f"{when(run)} {percent(right)} of the training points are right, at a cost of "
        f"{number(cost)}."
    )


def when(run: Run | Outcome) -> str:
    """Return "After 88 epochs", or which of them early stopping went back to."""
    told, trained = f"After {_epochs(run.kept_epoch)}", _trained(run)
    is_last = run.kept_epoch == trained
    return told if is_last else f"{told} (early stopping keeps this network of {trained:,})"


def _trained(run: Run | Outcome) -> int:
    """Return how many epochs were trained; of a run without curves, those of its network."""
    epochs = run.history.get("epoch", np.empty(0))
    is_known = len(epochs) > 0 and math.isfinite(epochs[-1])
    return int(epochs[-1]) if is_known else run.kept_epoch


def ties_told(network: Network, theta: Array, X: Array) -> str:
    """Return how many of the points X (n_0, m) a network cannot tell apart by the sign of z."""
    if network.sizes[-1] > 1:
        return ""
    count, m = int((np.abs(network.forward(theta, X).Z[-1]) <= ZERO).sum()), X.shape[-1]
    if not count:
        return ""
    which = f"All {count:,}" if count == m > 1 else f"{count:,} of them"
    return f" {which} {'is a tie' if count == 1 else 'are ties'} (z = 0), which " + (
        "counts as class 0." if count == 1 else "count as class 0."
    )


def diverged(run: Run) -> str:
    """Return what happened to a run that left the finite numbers, or nothing."""
    if run.diverged_at is None:
        return ""
    return (
        f"The numbers left the finite range in epoch {run.diverged_at:,}: training diverged, and "
        "the film ends before that. A smaller learning rate helps."
    )


def differences(experiment: Experiment, other: Experiment) -> str:
    """Return the knobs in which two experiments differ, as "label mine instead of theirs"."""
    return ", ".join(
        f"{KNOBS[name].say(mine)} instead of {KNOBS[name].show(theirs)}"
        for name, (mine, theirs) in experiment.differences(other).items()
    )


def duration(seconds: float) -> str:
    """Return a length of time.

    >>> duration(0.714), duration(42.3), duration(150), duration(7300)
    ('0.7 s', '42 s', '2.5 min', '2.0 h')
    """
    if seconds < 100:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def solved(runs: Sequence[Run]) -> str:
    """Return how many of an experiment's seeds reached their aim."""
    experiment = runs[0].experiment
    sizes = "-".join(map(str, network_of(experiment).sizes))
    name = f"A {sizes} network" if experiment.hidden else "A single neuron"
    is_whole = experiment.data.whole
    split, bar = ("train", 1.0) if is_whole else ("test", 0.95)
    count = sum(run.final(f"{split}_accuracy") >= bar for run in runs)
    aim = "solves" if is_whole else "gets 95 % of the held-out points right on"
    return f"{name} {aim} {task(experiment)} in {count} of {len(runs)} starts."


def compared(
    named: Sequence[tuple[str, Run | Outcome]], quantity: str, held_out: str = "test"
) -> str:
    """Return where each of several runs ended, with the network that it hands over."""
    show = number if quantity == "cost" else percent
    ends = []
    for name, run in named:
        other = run.final(f"{held_out}_{quantity}")
        beside = "" if math.isnan(other) else f" ({held_out} {show(other)})"
        is_early = run.kept_epoch < _trained(run)
        of = f" in epoch {run.kept_epoch:,}, which is kept" if is_early else ""
        ends.append(f"{name} {show(run.final(f'train_{quantity}'))}{beside}{of}")
    return f"Final training {quantity}: {', '.join(ends)}."


def parse_epoch(extras: Mapping[str, str] | None) -> float | None:
    """Return the epoch a link wants to open at, or None; junk is None as well."""
    try:
        epoch = numerals.real((extras or {})["epoch"])
    except (KeyError, ValueError):
        return None
    return epoch if 0 <= epoch <= 1e6 else None
