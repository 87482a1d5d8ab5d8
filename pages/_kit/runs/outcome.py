"""An outcome is what is remembered of a run: its knobs, its curves thinned, and how it ended."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.knobs.measure import Measure

MOST_POINTS = 100
"""How many epochs of a curve are kept."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """A run without its weights: small enough to keep hundreds, and to be written to a file.

    history has arrays of equal length by name, like a run's but thinned, `epoch` among them;
    finals the numbers of the network that the run hands over, which with early stopping is not the
    last one. `diverged_at` is an epoch or None, `seconds` the time spent training, `parameters`
    how many the network has.
    """

    experiment: Experiment
    history: Mapping[str, Array]
    finals: Mapping[str, float]
    parameters: int
    seconds: float
    diverged_at: int | None

    @classmethod
    def of(cls, run: Run) -> "Outcome":
        """Return the outcome of a run; one that diverged at its very start has no curves."""
        count = len(run.history["epoch"])
        kept = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(int))
        return cls(
            experiment=run.experiment,
            history={name: values[kept] for name, values in run.history.items()},
            finals={name: run.final(name) for name in run.history if count},
            parameters=int(run.theta.size),
            seconds=run.seconds,
            diverged_at=run.diverged_at,
        )

    @property
    def kept_epoch(self) -> int:
        """After how many epochs the network that the run hands over had been reached."""
        epoch = self.final("epoch")
        return int(epoch) if math.isfinite(epoch) else 0  # a file may say anything

    def final(self, name: str) -> float:
        """Return a number of that network, NaN if there is none."""
        return self.finals.get(name, math.nan)


def _error(split: str) -> Callable[[Outcome], float]:
    return lambda outcome: 1 - outcome.final(f"{split}_accuracy")


def _final(name: str) -> Callable[[Outcome], float]:
    return lambda outcome: outcome.final(name)


MEASURES: dict[str, Measure] = {
    "train_error": Measure(title="Training error", read=_error("train"), is_share=True),
    "dev_error": Measure(title="Dev error", read=_error("dev"), is_share=True),
    "test_error": Measure(title="Test error", read=_error("test"), is_share=True),
    "train_cost": Measure(title="Training cost", read=_final("train_cost")),
    "dev_cost": Measure(title="Dev cost", read=_final("dev_cost")),
    "test_cost": Measure(title="Test cost", read=_final("test_cost")),
    "hidden_neurons": Measure(title="Hidden neurons", read=lambda o: sum(o.experiment.hidden)),
    "hidden_layers": Measure(title="Hidden layers", read=lambda o: len(o.experiment.hidden)),
    "parameters": Measure(title="Parameters", read=lambda o: o.parameters),
    "epochs": Measure(title="Epochs", read=_final("epoch")),
    "input_features": Measure(
        title="Input features", read=lambda outcome: len(outcome.experiment.features)
    ),
}
"""What a goal can bound, by its name in a link."""
