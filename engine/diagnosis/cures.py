"""What helps a network in which gradients vanish or explode, one cure at a time or together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.experiment.experiment import Experiment
from engine.nn.activations import ACTIVATIONS, Activation


@dataclass(frozen=True)
class Cure:
    """A cure's name, and what it makes of an experiment: the same if there is nothing to change."""

    title: str
    apply: Callable[[Experiment], Experiment]


def _activation(experiment: Experiment) -> Experiment:
    """Return it with ReLU, or with tanh where no layer has a bound."""
    is_unbounded = not any(g.saturates for g in _rows(experiment))
    return experiment.but(activation="tanh" if is_unbounded else "relu")


def _start(experiment: Experiment) -> Experiment:
    """Return it with the start that keeps the size of its activations: He for ReLU, else Xavier."""
    is_rectified = all(g.start.initializer == "he" for g in _rows(experiment))
    fitting = "he" if is_rectified else "xavier"
    return experiment.but(initializer=fitting, init_scale=1.0)


def _rows(experiment: Experiment) -> list[Activation]:
    """Return the activations that the knob names, whether there is a hidden layer or not."""
    names = experiment.activation
    return [ACTIVATIONS[name] for name in ((names,) if isinstance(names, str) else names)]


CURES: dict[str, Cure] = {
    "activation": Cure("ReLU or tanh", _activation),
    "start": Cure("He or Xavier", _start),
    "rate": Cure("A tenth of α", lambda e: e.but(learning_rate=e.learning_rate / 10)),
    "clip": Cure("Gradient clipping", lambda e: e.but(clip=1.0)),
    "standardize": Cure("Standardised inputs", lambda e: e.but(standardize=True)),
}
"""In this order, because the start has to fit the activation."""


def cured(experiment: Experiment, names: Sequence[str]) -> Experiment:
    """Return the experiment with these cures, all at once.

    >>> sick = Experiment(activation="sigmoid", initializer="small")
    >>> cured(sick, ["start"]).initializer, cured(sick, ["start", "activation"]).initializer
    ('xavier', 'he')
    """
    for name, cure in CURES.items():
        if name in names:
            experiment = cure.apply(experiment)
    return experiment


def trials(experiment: Experiment, names: Sequence[str]) -> dict[str, Experiment]:
    """Return title -> experiment: without a cure, with each of these alone, and with all of them.

    A cure that changes nothing here is left out, and so is "together" where it is none of its own.
    """
    tried = {"without": experiment}
    for name, cure in CURES.items():
        if name in names and cured(experiment, [name]) != experiment:
            tried[cure.title] = cured(experiment, [name])
    together = cured(experiment, names)
    if together not in tried.values():
        tried["all together"] = together
    return tried


def idle(experiment: Experiment, names: Sequence[str]) -> list[str]:
    """Return the titles of those cures that change nothing in an experiment."""
    return [CURES[name].title for name in names if cured(experiment, [name]) == experiment]
