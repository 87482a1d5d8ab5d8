"""Batch sizes side by side: how they are called, and the experiments that compare them."""

from collections.abc import Sequence

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size
from engine.experiment.wording import exact

FULL = "0"
"""Names all m samples at once, as the knob of an experiment says it."""

TITLES = {**{str(size): str(size) for size in (1, 4, 16, 64, 128, 256, 512)}, FULL: "m"}
"""The sizes that one can choose, by what they are written as in a link."""


def kept(base: Experiment, names: Sequence[str]) -> list[str]:
    """Return the sizes that differ: those of m and more are all full batch."""
    m = training_size(base)
    smaller = [name for name in names if 0 < int(name) < m]
    return [*smaller, *([FULL] if len(smaller) < len(names) else [])]


def experiments(
    base: Experiment, names: Sequence[str], rates: Sequence[float] = ()
) -> list[Experiment]:
    """Return one experiment per size, equal in everything else but, if given, the rates."""
    sized = [base.but(batch_size=int(name)) for name in kept(base, names)]
    if not rates:
        return sized
    return [each.but(learning_rate=rate) for each, rate in zip(sized, rates, strict=True)]


def name(experiment: Experiment, has_own_rate: bool = False) -> str:
    """Return how a size is called: as a number, and with the notes' word for it or its own rate.

    >>> own = Experiment(dataset="own")
    >>> [name(own.but(batch_size=size)) for size in (1, 2, 0)]
    ['B = 1, stochastic', 'B = 2, mini-batch', 'B = m = 4, full batch']
    """
    m, size = training_size(experiment), effort.batch_size(experiment)
    if has_own_rate:
        return f"{short(experiment)}, α = {exact(experiment.learning_rate)}"
    if size == m:
        return f"B = m = {m:,}, full batch"
    return f"B = {size:,}, {'stochastic' if size == 1 else 'mini-batch'}"


def short(experiment: Experiment) -> str:
    """Return a size in a sentence: "B = 16", "B = m"."""
    size = effort.batch_size(experiment)
    return "B = m" if size == training_size(experiment) else f"B = {size:,}"
