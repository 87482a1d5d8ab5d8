"""What became of a run, and what in its start is to blame, judged by its own numbers."""

from dataclasses import dataclass, replace

import numpy as np

from engine.diagnosis.chance import chance_accuracy
from engine.diagnosis.gaps import best_error
from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem, load
from engine.experiment.symmetry import SAME, difference, distinct_units
from engine.inspection.probes import Probe, probe
from engine.nn.activations import ACTIVATIONS
from engine.nn.parameters import Layer
from engine.nn.types import Array
from engine.training.run import Run

CLOSE = 0.05
"""A network has learned when its training accuracy is this close to the best there is."""

DEAD_SHARE, SATURATED_SHARE = 0.75, 0.5
"""From this share on, in some hidden layer, dead units and saturated activations are to blame."""

FADED, BLOWN_UP = 0.01, 100.0
"""A signal or gradient this much smaller, or a signal this much larger, at the other end."""

PROBED = 200
"""On so many training samples, evenly spaced, a network is looked into."""

KINDS = (
    "diverged",
    "symmetric",
    "learned",
    "untrained",
    "dead",
    "saturated",
    "faint_signal",
    "faint_gradient",
    "blown_up",
    "slow",
)
"""What can become of a run; of several that are true the first one is the verdict."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One of KINDS, and the numbers it rests on.

    accuracy    of the training samples, of the network handed over, NaN if there never was any
    chance, possible  what always naming the most frequent class gets, and the best there is
    epochs      how many were trained; for a run that diverged, the epoch it did so in
    learned_at  the epoch from which on it stayed as good as CLOSE demands, None if it does not
    layer       the hidden layer to blame, with its `units` and `share`: of dead units, or of
                saturated activations; 0 if no single layer is
    difference  between the units of that layer, as in `engine.experiment.symmetry`, and whether
                some are `identical` in every bit
    signal      how many times larger the deviation of the last hidden layer's activations is than
                that of the inputs, before training
    gradient    how many times larger dW[1] is than dW[L], per weight, before training
    falling     by which share the cost fell over the last tenth of the epochs
    """

    kind: str
    accuracy: float
    chance: float
    possible: float
    epochs: int
    learned_at: int | None = None
    layer: int = 0
    units: int = 0
    share: float = 0.0
    difference: float = 0.0
    identical: bool = False
    signal: float = 1.0
    gradient: float = 1.0
    falling: float = 0.0


def verdict_on(run: Run) -> Verdict:
    """Return the verdict on a run, which may still be under way."""
    experiment, problem = run.experiment, load(run.experiment)
    network = problem.network(experiment)
    X, Y = samples(problem)
    start, end = (probe(network, theta, X, Y) for theta in (run.snapshots.thetas[0], run.theta))
    curve, last = run.history["train_accuracy"][: run.kept_row + 1], run.history["epoch"][-1:]
    possible = 1 - best_error(experiment)
    found = Verdict(
        kind="slow",
        accuracy=run.final("train_accuracy"),
        chance=chance_accuracy(problem.train.y),
        possible=possible,
        epochs=int(last[0]) if run.diverged_at is None else run.diverged_at,
        learned_at=_learned_at(run.history["epoch"], curve, possible - CLOSE),
        signal=_signal(start, X),
        gradient=_ratio(start.gradient_rms[0], start.gradient_rms[-1]),
        falling=_falling(run.history["train_cost"][: run.kept_row + 1]),
    )
    if run.diverged_at is not None:
        return replace(found, kind="diverged")
    return (
        _symmetric(found, network.layout.layers(run.theta)[:-1])
        or _fared(found, experiment)
        or _stopped_up(found, experiment, start, end)
        or _weakened(found, experiment)
        or found
    )


def _symmetric(found: Verdict, hidden: list[Layer]) -> Verdict | None:
    """Return the verdict if the units of some hidden layer are as good as one."""
    for l, layer in enumerate(hidden, start=1):
        units, apart = layer.W.shape[0], float(difference(layer))
        if units > 1 and apart < SAME:
            is_same = distinct_units(layer) == 1
            return replace(
                found, kind="symmetric", layer=l, units=units, difference=apart, identical=is_same
            )
    return None


def _fared(found: Verdict, experiment: Experiment) -> Verdict | None:
    """Return the verdict if it has learned, or had no chance to."""
    if found.learned_at is not None:
        return replace(found, kind="learned")
    if not found.epochs or not experiment.learning_rate:
        return replace(found, kind="untrained")
    return None


def _stopped_up(found: Verdict, experiment: Experiment, start: Probe, end: Probe) -> Verdict | None:
    """Return the verdict if hardly any gradient passes through the units of some hidden layer."""
    saturated = np.maximum(start.saturated, end.saturated)
    for kind, shares, bar in (
        ("dead", end.dead, DEAD_SHARE),
        ("saturated", saturated, SATURATED_SHARE),
    ):
        l = int(np.argmax(shares))
        if shares[l] >= bar:
            return replace(
                found, kind=kind, layer=l + 1, units=experiment.hidden[l], share=float(shares[l])
            )
    return None


def _weakened(found: Verdict, experiment: Experiment) -> Verdict | None:
    """Return the verdict if little, or far too much, came through the network at the start."""
    if found.signal < FADED:
        return replace(found, kind="faint_signal")
    if found.gradient < FADED:
        return replace(found, kind="faint_gradient")
    if found.signal > BLOWN_UP and not ACTIVATIONS[experiment.activations[-1]].saturates:
        return replace(found, kind="blown_up")
    return None


def samples(problem: Problem) -> tuple[Array, Array]:
    """Return PROBED training samples, evenly spaced, or all of them: X (n_0, m), Y (n_L, m)."""
    m = problem.train.m
    few = problem.train.select(np.unique(np.linspace(0, m - 1, min(m, PROBED)).astype(int)))
    return few.X, few.Y


def _learned_at(epochs: Array, accuracy: Array, bar: float) -> int | None:
    """Return the first epoch from which on no accuracy is below the bar, None without one."""
    below = np.flatnonzero(~(accuracy >= bar))
    first = int(below[-1]) + 1 if len(below) else 0
    return int(epochs[first]) if first < len(accuracy) else None


def _signal(start: Probe, X: Array) -> float:
    """Return the last hidden layer's deviation relative to the inputs', 1 without such a layer."""
    if len(start.deviation) < 2:
        return 1.0
    return _ratio(start.deviation[-2], X.std(dtype=float))


def _ratio(part: float, whole: float) -> float:
    """Return part / whole; 0 / 0 is 1, as neither is larger, and what overflowed is infinite."""
    if not (np.isfinite(part) and np.isfinite(whole)):
        return float("inf")
    if not whole:
        return 1.0 if not part else float("inf")
    return float(part / whole)


def _falling(cost: Array) -> float:
    """Return by which share the cost fell over the last tenth of the epochs."""
    if len(cost) < 2 or not cost[-1]:
        return 0.0
    before = cost[-1 - max(1, len(cost) // 10)]
    return float(1 - cost[-1] / before) if before else 0.0
