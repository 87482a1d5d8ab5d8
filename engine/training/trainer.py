"""The training loop: one experiment, or many of one shape stacked as replicas, step by step."""

import copy
import time
from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem, load
from engine.experiment.streams import stream
from engine.nn.losses import LOSSES
from engine.nn.memory import aligned_copy
from engine.nn.network import Pass
from engine.nn.regularization import Dropout, Penalty
from engine.nn.types import Array
from engine.optim.clipping import clip_by_norm
from engine.optim.optimizers import OPTIMIZERS, Rate
from engine.optim.schedules import SCHEDULES
from engine.training.batches import Batches
from engine.training.early_stopping import NEVER
from engine.training.progress import Epochs, Progress
from engine.training.running_means import RunningMeans

_STRETCH_EPOCHS = 256
_STRETCH_BYTES = 2**23

_MARK_BYTES = 2**16

_clock = getattr(time, "thread_time", time.perf_counter)
"""Seconds of the processor for this thread, whoever else is at work; else those that go by."""


class Stretch(NamedTuple):
    """A stretch of training: the k epochs it completed (k may be 0), and where it stopped.

    epochs and steps (k,), thetas (k, ..., P) and history name -> (k, ...) describe the completed
    epochs. `epoch` counts in fractions, `step` in mini-batches, both from the start. batch_cost
    and batch_accuracy (...,) are means over the mini-batches of the stretch as they were met, with
    dropout and before their own step; None where an epoch is so short that nobody needs them.
    """

    epochs: Array
    steps: Array
    thetas: Array
    history: dict[str, Array]
    epoch: float
    step: int
    batch_cost: Array | None = None
    batch_accuracy: Array | None = None


class _End(NamedTuple):
    """An epoch's end: its number, the steps taken by then, and theta (..., P)."""

    epoch: int
    step: int
    theta: Array


class Trainer:
    """A training under way, which may be looked at, halted, and given other knobs at any step.

    Given one experiment, theta has shape (P,). Given several, which must agree in everything that
    `stack_key` names, theta has shape (R, P) and they are trained at once. With `is_brief` only the
    start and the last epoch are evaluated, unless early stopping has to see them all: where nobody
    asks how it came about, most of a small network's time would go into looking. Without
    `is_tallied` the mini-batches' own costs, as they are met, are not counted.
    """

    def __init__(
        self,
        experiments: Experiment | Sequence[Experiment],
        theta: Array | None = None,
        is_brief: bool = False,
        is_tallied: bool = True,
    ) -> None:
        self._lead: tuple[int, ...]
        if isinstance(experiments, Experiment):
            self.experiments, self._lead = [experiments], ()
        else:
            self.experiments, self._lead = list(experiments), (len(experiments),)
        first = self.experiments[0]
        self.problem: Problem = load(first)
        if not self.problem.train.m:
            knob = "dev_fraction" if first.data.of_images else "train_fraction"
            raise ValueError(
                f"{knob} is {getattr(first, knob):g}, but must leave at least one training sample."
            )
        self.network = self.problem.network(first)
        self._dtype = self.problem.train.dtype
        start = self._initial_theta() if theta is None else theta
        self.theta = aligned_copy(start, self._dtype)
        self.start = self.theta.copy()
        """theta before the first step, shape (..., P)."""
        self._optimizer_state, self._updates = None, 0
        self.epoch, self.step, self._started, self._is_within_step = 0, 0, False, False
        self._is_brief = is_brief and not any(e.patience for e in self.experiments)
        self._is_tallied = is_tallied
        self.seconds, self._since = 0.0, 0.0
        """What its steps have taken of the processor; neither looks nor waiting are counted."""
        self._progress = Progress(self.problem, self.network, self.theta, self._patience())
        seeds = [experiment.seed for experiment in self.experiments]
        shufflers = seeds[:1] if len(set(seeds)) == 1 else seeds
        self._price = effort.price(first, len(self.experiments), is_brief)
        self._batches = Batches(
            self.problem.train,
            first.batch_size,
            [stream(seed, "batches") for seed in shufflers],
            effort.most_columns(first),
            first.shuffle,
        )
        self._droppers = [stream(seed, "dropout") for seed in seeds]
        self._stretch: Generator[None, None, Stretch] | None = None
        self._configure()

    @property
    def is_midway(self) -> bool:
        """Whether a step, or a look at all samples, has been interrupted because it is so long."""
        return self._stretch is not None

    @property
    def can_be_marked(self) -> bool:
        """Whether a fork may be kept for later: of a single small network, between two steps."""
        return not (self.is_midway or self._lead) and self.theta.nbytes <= _MARK_BYTES

    @property
    def finished(self) -> bool:
        if not self._started or self.is_midway:
            return False
        is_last = self.epoch >= self.experiments[0].epochs
        return is_last or self._progress.is_over

    @property
    def _has_epochs_left(self) -> bool:
        return self.epoch < self.experiments[0].epochs

    @property
    def steps_left(self) -> int:
        """How many mini-batches there are to the end of the epoch under way."""
        return self._batches.steps_left

    @property
    def estimated_seconds(self) -> float:
        """A rough estimate of how long the training takes in all, the same on every machine."""
        return self._price.seconds

    @property
    def kept(self) -> Array:
        """What each replica hands over, (..., P): see `Progress`."""
        return self._progress.kept

    @property
    def diverged_at(self) -> Array:
        """The epoch in which each replica left the finite numbers, or NEVER; shape (...,)."""
        return self._progress.diverged_at

    @property
    def stopped_at(self) -> Array:
        """The epoch in which early stopping ended each replica, or NEVER; shape (...,)."""
        return self._progress.stopped_at

    @property
    def best_epoch(self) -> Array:
        """Each replica's epoch with the least dev cost, NEVER without early stopping; (...,)."""
        return self._progress.best_epoch

    @property
    def has_diverged(self) -> bool:
        """Whether every replica has left the finite numbers."""
        return bool((self.diverged_at != NEVER).all())

    def adjust(self, experiment: Experiment) -> None:
        """Go on with the knobs of another experiment, from the next mini-batch.

        What the network has learned and the optimiser remembers is kept; data and their order,
        network and start must be the same. Only for a single experiment, and never midway
        (ValueError): `settle` comes before.
        """
        self._refuse_midway()
        before = self.experiments[0]
        self.experiments = [experiment]
        self._price = effort.price(experiment)
        if experiment.optimizer != before.optimizer:
            self._optimizer_state, self._updates = None, 0
        self._batches.resize(experiment.batch_size, effort.most_columns(experiment))
        self._progress.resume(self._patience())
        self._configure()

    def fork(self) -> "Trainer":
        """Return a trainer that goes on from here by itself, and leaves this one as it is.

        Raises ValueError midway.
        """
        self._refuse_midway()
        twin = copy.copy(self)
        twin.experiments = list(self.experiments)
        twin.theta = aligned_copy(self.theta, self._dtype)
        twin._optimizer_state = copy.deepcopy(self._optimizer_state)
        twin._batches = self._batches.fork()
        twin._droppers = copy.deepcopy(self._droppers)
        twin._progress = self._progress.fork()
        twin._configure()
        return twin

    def _refuse_midway(self) -> None:
        if self.is_midway:
            raise ValueError("The trainer is midway; settle it first.")

    def advance(self, steps: int | None = None) -> Stretch | None:
        """Train for a while and return what happened; the first call only looks at the start.

        How long a stretch is depends on the experiment alone, never on the clock. Given `steps`,
        it is at most so many mini-batches, and tells how they went however short the epoch is.
        Where one step, or looking at all samples, takes longer than a stretch should, it comes
        back midway with None: the next call goes on there.
        """
        if self._stretch is None:
            self._stretch = self._train_on(steps) if self._started else self._begin()
        try:
            with np.errstate(all="ignore"):
                next(self._stretch)
        except StopIteration as end:
            self._stretch = None
            stretch: Stretch = end.value
            return stretch
        return None

    def settle(self) -> Stretch | None:
        """Come back from midway: forget the step that is not over, or end the look and return it.

        A step that is forgotten will be taken anew.
        """
        if self._is_within_step:
            self._batches.take_back()
            self._stretch, self._is_within_step = None, False
        stretch = None
        while self._stretch is not None:
            stretch = self.advance()
        return stretch

    def walk(self, steps: int) -> None:
        """Train for exactly so many mini-batches and evaluate nothing; stops at the last epoch."""
        self._started = True
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if self.epoch >= self.experiments[0].epochs:
                    break
                self._take_step(None)

    def _begin(self) -> Generator[None, None, Stretch]:
        self._started = True
        return (yield from self._look([self._end()], None))

    def _train_on(self, most: int | None) -> Generator[None, None, Stretch]:
        epoch_seconds = self._batches.steps * self._price.step
        is_long = epoch_seconds > effort.STRETCH
        if is_long:
            epochs, steps = 1, max(1, int(effort.STRETCH / self._price.step))
        else:
            room = max(1, min(_STRETCH_EPOCHS, _STRETCH_BYTES // self.theta.nbytes))
            epochs = min(int(effort.STRETCH / epoch_seconds), room)
            steps = epochs * self._batches.steps
        epochs = min(epochs, self.experiments[0].epochs - self.epoch)

        steps = steps if most is None else min(steps, most)
        ends: list[_End] = []
        has_tally = self._is_tallied and (is_long or most is not None)
        tally = self._tally(steps) if has_tally else None
        last = self.epoch + epochs
        self._since = _clock()
        while self.epoch < last and steps:
            if self._batches.is_cut:
                yield from self._take_long_step(tally)
            else:
                self._take_step(tally)
            steps -= 1
            if self._batches.position == 0 and not (self._is_brief and self._has_epochs_left):
                ends.append(self._end())
        self.seconds += _clock() - self._since
        return (yield from self._look(ends, tally))

    def _take_step(self, tally: RunningMeans | None) -> None:
        """Go through one mini-batch; `tally` counts how it went."""
        if self._decays and self._batches.position == 0:
            self._set_rate()
        self._move(self._batch_gradient(tally))

    def _take_long_step(self, tally: RunningMeans | None) -> Generator[None, None, None]:
        """Go through one mini-batch that is cut into parts, and stop after each of them."""
        if self._decays and self._batches.position == 0:
            self._set_rate()
        self._is_within_step = True
        total = np.zeros_like(self.theta)
        for X, Y in self._batches.take():
            total += self._gradient(X, Y, tally)
            self.seconds += _clock() - self._since
            yield
            self._since = _clock()
        self._is_within_step = False
        self._move(total)

    def _move(self, gradient: Array) -> None:
        """Change theta by what the gradient (..., P) of a mini-batch says; it is overwritten."""
        if self._penalty is not None:
            self._penalty.add_gradient(self.theta, gradient)
        if self._clip is not None:
            clip_by_norm(gradient, self._clip)
        self.step += 1
        self._updates += 1  # of this optimiser's state, which a change of optimiser begins anew
        if self._gain is None:
            gradient = self._optimizer.update(
                gradient, self._optimizer_state, self._updates, self.theta
            )
        np.subtract(self.theta, gradient, out=self.theta)
        self.epoch += self._batches.position == 0

    def _batch_gradient(self, tally: RunningMeans | None) -> Array:
        total: Array | None = None
        for X, Y in self._batches.take():
            gradient = self._gradient(X, Y, tally)
            if X.shape[-1] == self._batches.columns:
                return gradient
            total = gradient.copy() if total is None else np.add(total, gradient, out=total)
        assert total is not None
        return total

    def _gradient(self, X: Array, Y: Array, tally: RunningMeans | None) -> Array:
        """Return what a part of a mini-batch contributes to its gradient, (..., P)."""
        width = X.shape[-1]
        if self._dropout is not None:
            self._dropout.draw(width)
        both_ways = self._pass(width)
        trace = both_ways.forward(X)
        gain = 1.0 if self._gain is None else self._gain
        gradient = both_ways.backward(Y, gain / self._batches.columns)
        if tally is not None:
            tally.add(trace.Z[-1], Y)
        return gradient

    def _tally(self, steps: int) -> RunningMeans:
        m = steps * self._batches.size
        shape = (*self._lead, self.network.sizes[-1])
        return RunningMeans(LOSSES[self.network.output], shape, m, self._dtype)

    def _pass(self, width: int) -> Pass:
        if width not in self._passes:
            masks = None if self._dropout is None else self._dropout.masks(width)
            self._passes[width] = Pass(self.network, self.theta, (*self._lead, width), masks)
        return self._passes[width]

    def _end(self) -> "_End":
        return _End(self.epoch, self.step, self.theta.copy())

    def _look(
        self, ends: "list[_End]", tally: RunningMeans | None
    ) -> Generator[None, None, Stretch]:
        """Evaluate the epochs that ended, and go back to where early stopping stops."""
        over, history = self._stacked_ends(ends), {}
        if ends:
            parts = int(self._price.look / effort.STRETCH)
            history = yield from self._progress.take_in(over, self._penalty, parts)
        else:
            self._progress.look_at(self.theta, self.epoch + 1)
        if not self._lead and self.stopped_at != NEVER and ends:
            count = int(np.searchsorted(over.epochs, self.stopped_at, side="right"))
            over = Epochs(*(array[:count] for array in over))
            history = {name: values[:count] for name, values in history.items()}
            self.epoch, self.step = int(over.epochs[-1]), int(over.steps[-1])
            self.theta[...] = over.thetas[-1]
        cost, accuracy = (None, None) if tally is None else tally.means()
        part = self._batches.position / self.problem.train.m
        return Stretch(*over, history, self.epoch + part, self.step, cost, accuracy)

    def _stacked_ends(self, ends: "list[_End]") -> Epochs:
        none = np.empty((0, *self.theta.shape), self._dtype)
        return Epochs(
            np.array([end.epoch for end in ends], int),
            np.array([end.step for end in ends], int),
            np.stack([end.theta for end in ends]) if ends else none,
        )

    def _initial_theta(self) -> Array:
        thetas = [
            self.network.layout.initialize(
                stream(experiment.seed, "initialization"),
                experiment.initializer,
                experiment.init_scale,
            )
            + experiment.init_noise * self._noise(experiment.seed)
            for experiment in self.experiments
        ]
        return np.stack(thetas) if self._lead else thetas[0]

    def _noise(self, seed: int) -> Array:
        """Draw N(0, 1) for every weight and 0 for every bias, shape (P,)."""
        layout = self.network.layout
        return layout.weight_mask * stream(seed, "symmetry").standard_normal(layout.size)

    def _configure(self) -> None:
        """Build what the knobs decide: penalty, dropout, clipping, optimiser."""
        first = self.experiments[0]
        l1, l2, keep_prob, clip = map(self._knob, ("l1", "l2", "keep_prob", "clip"))
        self._penalty = None
        if np.any(l1) or np.any(l2):
            layout, m = self.network.layout, self.problem.train.m
            self._penalty = Penalty(layout, l1, l2, m, self._dtype.type)
        self._dropout = None
        if first.hidden and np.any(np.less(keep_prob, 1)):
            self._dropout = Dropout(
                first.hidden, keep_prob, self._droppers, self._lead, self._dtype.type
            )
        self._clip = _trailing(clip) if np.any(clip) else None
        self._decays = any(experiment.decay != "none" for experiment in self.experiments)
        self._passes: dict[int, Pass] = {}
        self._set_rate()
        if self._optimizer_state is None:
            self._optimizer_state = self._optimizer.init(self.theta)

    def _patience(self) -> Array:
        """Return each replica's patience (...,), 0 where there is no dev set to be patient with."""
        patience = np.broadcast_to(np.asarray(self._knob("patience"), int), self._lead)
        return patience if self.problem.dev.m else np.zeros(self._lead, int)

    def _set_rate(self) -> None:
        """Build the optimiser for this epoch's learning rate; its state is kept."""
        first = self.experiments[0]
        factors = [
            SCHEDULES[e.decay].factor(e.decay_rate, self.epoch, e.decay_interval)
            for e in self.experiments
        ]
        rates = [e.learning_rate * f for e, f in zip(self.experiments, factors, strict=True)]
        method, rate = OPTIMIZERS[first.optimizer], self._stacked(rates)
        self._optimizer = method(_trailing(rate), **self._step_knobs(method.uses))
        # The learning rate of a plain step goes where the 1/m goes, which saves a pass over theta.
        is_plain = method.is_plain and self._penalty is None and self._clip is None
        self._gain = rate if is_plain and isinstance(rate, float) else None

    def _step_knobs(self, names: Sequence[str]) -> dict[str, Rate]:
        """Return the knobs that an optimiser uses; weight decay has none for the biases."""
        knobs = {name: _trailing(self._knob(name)) for name in names}
        if "weight_decay" in knobs:
            spared = knobs["weight_decay"] * self.network.layout.weight_mask
            knobs["weight_decay"] = spared.astype(self._dtype)
        return knobs

    def _knob(self, name: str) -> float | Array:
        """Return a knob's value: a number if all replicas agree, else one per replica (R,)."""
        return self._stacked([getattr(experiment, name) for experiment in self.experiments])

    def _stacked(self, values: list[float]) -> float | Array:
        return values[0] if len(set(values)) == 1 else np.array(values, self._dtype)


def _trailing(value: float | Array) -> float | Array:
    """Give an array with one value per replica a trailing axis, so that it multiplies theta."""
    return value[..., None] if isinstance(value, np.ndarray) else value
