"""The basic recipe for machine learning: what to ask, and what to do when the answer is yes.

Each action is a function from an experiment to the next one, with the same seeds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from engine.diagnosis.gaps import Diagnosis
from engine.experiment import digits
from engine.experiment.experiment import Experiment
from engine.experiment.problem import training_size

Turn: TypeAlias = Callable[[Experiment], Experiment | None]

_WIDEST = 128
_MOST_EPOCHS, _MOST_SAMPLES = 1000, 2000
_MOST_EPOCHS_OF_IMAGES, _MOST_IMAGES = 60, 10_000


@dataclass(frozen=True)
class Action:
    """Something to do about a gap; `apply` returns None where there is no more of it to be had."""

    name: str
    title: str
    meaning: str
    apply: Turn


class Step(NamedTuple):
    """A question of the recipe, about a gap of the diagnosis, and what helps if it is high."""

    gap: str
    question: str
    actions: tuple[Action, ...]


def current(diagnosis: Diagnosis) -> int:
    """Return the number of the step of RECIPE that is due: len(RECIPE) when nothing is high.

    Bias comes first: what to do about variance depends on what the network can learn at all.
    """
    gaps = [step.gap for step in RECIPE]
    return gaps.index(diagnosis.high[0]) if diagnosis.high else len(RECIPE)


def _bigger_network(experiment: Experiment) -> Experiment | None:
    hidden = tuple(max(width, min(4 * width, _WIDEST)) for width in experiment.hidden) or (8,)
    return None if hidden == experiment.hidden else experiment.but(hidden=hidden)


def _train_longer(experiment: Experiment) -> Experiment | None:
    most = _MOST_EPOCHS_OF_IMAGES if experiment.data.of_images else _MOST_EPOCHS
    epochs = min(max(3 * experiment.epochs, 1), most)
    return experiment.but(epochs=epochs) if epochs > experiment.epochs else None


def _better_optimizer(experiment: Experiment) -> Experiment | None:
    if experiment.optimizer == "adam":
        return None
    return experiment.but(optimizer="adam", learning_rate=0.01)


def _other_architecture(experiment: Experiment) -> Experiment | None:
    """Twice as many units, of the other kind, started as that kind needs it."""
    if experiment.activation == "tanh":
        other = experiment.but(activation="relu", initializer="he")
    else:
        other = experiment.but(activation="tanh", initializer="glorot")
    hidden = tuple(max(width, min(2 * width, _WIDEST)) for width in experiment.hidden)
    return other.but(hidden=hidden) if hidden else None


def _more_data(experiment: Experiment) -> Experiment | None:
    """Four times as many training samples, or all there are; dev keeps its size."""
    m = training_size(experiment)
    most = _MOST_IMAGES if experiment.data.of_images else _MOST_SAMPLES
    if experiment.data.of_images:
        n_dev = digits.sizes(experiment).dev
        n_train_dev = min(n_dev, 4 * m) if experiment.shift != "none" else 0
        samples = min(4 * m + n_dev + n_train_dev, most)
        if samples <= experiment.samples or not experiment.samples:
            return None
        return experiment.but(samples=samples, dev_fraction=round(n_dev / samples, 3))
    n_dev = round(experiment.samples * experiment.dev_fraction)
    n_test = max(0, experiment.samples - m - n_dev)
    samples = min(4 * m + n_dev + n_test, most)
    # Where there are no more to be drawn, the test set lends some of its samples.
    more = min(4 * m, samples - n_dev)
    if more <= m:
        return None
    return experiment.but(
        samples=samples,
        train_fraction=round(more / samples, 3),
        dev_fraction=round(n_dev / samples, 3),
    )


def _more_lambda(experiment: Experiment) -> Experiment | None:
    """A penalty that takes alpha / 200 of every weight at each step, then three times as much."""
    l2 = 3 * experiment.l2 or training_size(experiment) / 200
    l2 = float(f"{l2:.1g}")
    return experiment.but(l2=l2) if 0 < l2 <= 1000 else None


def _dropout(experiment: Experiment) -> Experiment | None:
    lower = [keep for keep in (0.7, 0.5, 0.3) if keep < experiment.keep_prob]
    return experiment.but(keep_prob=lower[0]) if lower and experiment.hidden else None


def _target_data(experiment: Experiment) -> Experiment | None:
    higher = [share for share in (0.1, 0.3, 0.5) if share > experiment.target_share]
    return experiment.but(target_share=higher[0]) if higher else None


RECIPE = (
    Step(
        "avoidable_bias",
        "Is the avoidable bias high?",
        (
            Action(
                "bigger_network",
                "Bigger network",
                "Four times as many units in each hidden layer.",
                _bigger_network,
            ),
            Action("train_longer", "Train longer", "Three times as many epochs.", _train_longer),
            Action(
                "better_optimizer", "Better optimiser", "Adam with α = 0.01.", _better_optimizer
            ),
            Action(
                "other_architecture",
                "Other architecture",
                "Twice as many units of another kind: tanh instead of ReLU, or ReLU instead of "
                "tanh.",
                _other_architecture,
            ),
        ),
    ),
    Step(
        "variance",
        "Is the variance high?",
        (
            Action("more_data", "More data", "Four times as many training samples.", _more_data),
            Action(
                "more_lambda",
                "More λ",
                "An L2 penalty of λ = m/200, or three times the λ there is.",
                _more_lambda,
            ),
            Action("dropout", "Dropout", "A keep_prob of 0.7, then 0.5, then 0.3.", _dropout),
        ),
    ),
    Step(
        "mismatch",
        "Is the mismatch high?",
        (
            Action(
                "target_data",
                "Target data in training",
                "10 %, then 30 %, then half of the training digits from the target distribution.",
                _target_data,
            ),
        ),
    ),
)

ACTIONS = {action.name: action for step in RECIPE for action in step.actions}
