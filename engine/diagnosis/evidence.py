"""Evidence is what a finished run tells about how it went: each number worked out once, when asked.

What the numbers mean, and from where on they are bad, is for others to say.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.diagnosis import chance
from engine.diagnosis.gaps import THRESHOLD, Diagnosis, Gap, Rate, diagnose, gap
from engine.experiment import symmetry
from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem, load
from engine.inspection.probes import Probe, probe
from engine.nn.network import Network
from engine.nn.types import Array
from engine.training.run import Run
from engine.training.trainer import Trainer

LOOKED_AT = 500
"""A network is looked into on so many training samples: 500 place a share to within 5 %."""

UNLEARNED = 0.05
"""From so much avoidable bias on a network has not learned its samples. More than the 3 points from
which on a gap counts: those of a network that reads 96 % of the digits are no fault in its run."""

AT_CHANCE = 0.95
"""A cost above this share of the chance cost tells no sample from another."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """A run and what can be read off it; where it diverged there may be nothing but that."""

    run: Run

    @property
    def experiment(self) -> Experiment:
        return self.run.experiment

    @cached_property
    def problem(self) -> Problem:
        return load(self.experiment)

    @cached_property
    def network(self) -> Network:
        return self.problem.network(self.experiment)

    @cached_property
    def start(self) -> Array:
        """Theta before training, shape (P,)."""
        kept = self.run.snapshots
        if len(kept.epochs) and kept.epochs[0] == 0:
            first: Array = kept.thetas[0]
            return first
        return Trainer(self.experiment).start

    # --- curves -----------------------------------------------------------------------------------

    @cached_property
    def last(self) -> int:
        """The epoch of the network that the run hands over, and its row: none is left out."""
        return self.run.kept_row

    @cached_property
    def costs(self) -> Array:
        """The training cost, without the penalty, after each epoch up to the last, (last + 1,)."""
        curve: Array = self.run.history["train_cost"][: self.last + 1]
        return curve

    @property
    def cost(self) -> float:
        return float(self.costs[-1])

    @property
    def penalty(self) -> float:
        return float(self.run.history["penalty"][self.last])

    @cached_property
    def chance_cost(self) -> float:
        """The least cost without a look at the inputs, in nats, of the training samples."""
        return chance.chance_cost(self.problem.train.y)

    @cached_property
    def chance_accuracy(self) -> float:
        """The share of the most common class among the training samples."""
        return chance.chance_accuracy(self.problem.train.y)

    @property
    def is_near_chance(self) -> bool:
        """Whether the cost is no lower, or hardly, than without a look at the inputs."""
        return 0 < AT_CHANCE * self.chance_cost <= self.cost

    @property
    def has_moved(self) -> bool:
        """Whether any step was taken."""
        return len(self.run.history["epoch"]) > 1 and self.experiment.learning_rate > 0

    @property
    def steps(self) -> int:
        """How many mini-batches were gone through."""
        m, size = self.problem.train.m, self.experiment.batch_size
        epochs = int(self.run.history["epoch"][-1])
        return epochs * (-(-m // size) if size else 1)

    @cached_property
    def fall(self) -> float:
        """How much the training cost still falls: from the third quarter to the last, relative.

        (c' - c) / c' with the mean costs c' and c of the two quarters; the means take the edge off
        mini-batches. 0 where there is but one epoch's cost.
        """
        return self._fall(len(self.costs))

    @cached_property
    def earlier_fall(self) -> float:
        """What `fall` was when three quarters of the epochs were over."""
        return self._fall(3 * len(self.costs) // 4)

    def _fall(self, count: int) -> float:
        if count < 2:
            return 0.0
        late = 3 * count // 4
        half = min(count // 2, late - 1)
        before, now = self.costs[half:late].mean(), self.costs[late:count].mean()
        return float((before - now) / before) if before > 0 else 0.0

    @cached_property
    def rises(self) -> Array:
        """The steps up of J = cost + penalty from epoch to epoch, in the run's second half, (k,).

        Those down are 0. The first half may look for its way.
        """
        J = self.run.history["train_cost"] + self.run.history["penalty"]
        late = J[len(J) // 2 :]
        up: Array = np.maximum(np.diff(late), 0)
        return up

    # --- errors -----------------------------------------------------------------------------------

    @cached_property
    def diagnosis(self) -> Diagnosis:
        return diagnose(self.run)

    @property
    def is_whole(self) -> bool:
        """Whether the training samples are all there are, so that their error is no estimate."""
        return self.experiment.data.whole

    @property
    def train(self) -> Rate:
        return self.diagnosis.rates["train"]

    @property
    def held_out(self) -> str:
        """The split that judges: dev, or test without one; "" if nothing is held out."""
        return next((name for name in ("dev", "test") if name in self.diagnosis.rates), "")

    @cached_property
    def variance(self) -> Gap | None:
        """What the held-out error has more than the training error.

        The diagnosis's variance, or the same for the test set where there is no dev set.
        """
        if self.diagnosis.variance is not None or not self.held_out:
            return self.diagnosis.variance
        return gap(self.train, self.diagnosis.rates[self.held_out])

    @property
    def held_out_costs(self) -> Array:
        """The cost on the held-out split after each epoch up to the last; empty without one."""
        return self._held_out("cost")

    @property
    def held_out_accuracies(self) -> Array:
        """The accuracy on the held-out split after each epoch up to the last."""
        return self._held_out("accuracy")

    def _held_out(self, quantity: str) -> Array:
        curve: Array = self.run.history.get(f"{self.held_out}_{quantity}", np.empty(0))
        return curve[: self.last + 1]

    @property
    def is_unlearned(self) -> bool:
        """Whether the training samples are surely learned less well than they could be."""
        bias = self.diagnosis.avoidable_bias
        is_high = self.is_whole or (bias.is_high and bias.is_sure)
        return is_high and bias.value - self._bad_luck >= UNLEARNED

    @property
    def _bad_luck(self) -> float:
        """How far the training error is above that of more held-out samples, if counted on a part.

        Nothing is met better than what was learned from: then the part was a hard one.
        """
        held_out = self.diagnosis.rates.get(self.held_out, self.train)
        is_part = self.train.m < self.problem.train.m and self.train.m <= held_out.m
        return max(0.0, self.train.error - held_out.error) if is_part else 0.0

    @property
    def falls_short(self) -> bool:
        """Whether the training samples are not learned, or no better than by chance."""
        return self.is_unlearned or (self.is_near_chance and self.can_be_learned)

    @property
    def can_be_learned(self) -> bool:
        """Whether anybody can do better than always naming the most common class."""
        return self.diagnosis.best < 1 - self.chance_accuracy - 0.01

    @property
    def is_well(self) -> bool:
        """Whether the samples are learned, and those held out met about as well."""
        is_apart = self.variance is not None and self.variance.is_high and self.variance.low > 0
        return not self.falls_short and not is_apart

    @property
    def is_settled(self) -> bool:
        """Whether the training accuracy stayed where it ended, over the last quarter or more.

        Else its end is luck: it comes and goes by more than a gap of THRESHOLD.
        """
        accuracy = self.run.history["train_accuracy"][: self.last + 1]
        late = accuracy[3 * len(accuracy) // 4 :]
        return bool(late.min() > accuracy[-1] - THRESHOLD)

    # --- inside -----------------------------------------------------------------------------------

    def _probe(self, theta: Array) -> Probe:
        train = self.problem.train
        seen = train.select(np.linspace(0, train.m - 1, min(train.m, LOOKED_AT)).astype(int))
        return probe(self.network, theta, seen.X, seen.Y)

    @cached_property
    def now(self) -> Probe:
        """A look into the network that the run hands over."""
        return self._probe(self.run.theta)

    @cached_property
    def then(self) -> Probe:
        """A look into it before training."""
        return self._probe(self.start)

    @cached_property
    def input_rms(self) -> float:
        """The root mean square of the training inputs as the network sees them."""
        train = self.problem.train
        seen = train.select(np.linspace(0, train.m - 1, min(train.m, LOOKED_AT)).astype(int))
        return float(np.sqrt(np.square(seen.X, dtype=float).mean()))

    @cached_property
    def input_offset(self) -> float:
        """How many deviations the mean of an input is away from 0, of the input farthest away.

        An input that never varies is left out.
        """
        train = self.problem.train
        seen = train.select(np.linspace(0, train.m - 1, min(train.m, LOOKED_AT)).astype(int)).X
        if train.rows.dtype == np.uint8:  # pixels share one mean and one deviation
            seen = seen.reshape(1, -1)
        mean, deviation = seen.mean(axis=1, dtype=float), seen.std(axis=1, dtype=float)
        varies = deviation > 0
        return float((np.abs(mean[varies]) / deviation[varies]).max(initial=0.0))

    @cached_property
    def differences(self) -> tuple[Array, Array]:
        """How much the units of each hidden layer differ at the start and at the end, both (L-1,).

        0 is not at all; a layer of one unit counts as 1.
        """
        return self._differences(self.start), self._differences(self.run.theta)

    def _differences(self, theta: Array) -> Array:
        layers = self.network.layout.layers(theta)[:-1]
        return np.array(
            [symmetry.difference(layer) if layer.b.shape[-2] > 1 else 1.0 for layer in layers]
        )
