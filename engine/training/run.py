"""Training as a stream of snapshots, or run to its end."""

import math
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem, prepare
from engine.nn.types import Array
from engine.training.early_stopping import NEVER
from engine.training.trainer import Stretch, Trainer

SNAPSHOTS = 121
"""A run keeps at most this many thetas, fewer if they would fill more than SNAPSHOT_BYTES."""

SNAPSHOT_BYTES = 2**24

MARK = 10_000
"""Steps of a small network that are repeated in some tenths of a second."""

_WALK = 32
"""Steps on the way to a close-up after which others may go first."""


class Snapshot(NamedTuple):
    """A moment of training. `history` has one number per name after a whole epoch, else none."""

    epoch: float
    step: int
    theta: Array
    history: Mapping[str, float]
    batch_cost: float | None
    batch_accuracy: float | None


@dataclass(frozen=True, eq=False)
class Snapshots:
    """Some epochs of a run with their theta: epochs (K,) ascending, thetas (K, P)."""

    epochs: Array
    thetas: Array


@dataclass(frozen=True, eq=False)
class Run:
    """What is left of a training: its curves, its last theta and some on the way.

    history has arrays of shape (epochs + 1,), from before training on: `epoch`, `penalty`, and
    `train_cost`, `train_accuracy`, likewise dev and test, for each split that is not empty. The
    costs are mean losses without the penalty, so J = train_cost + penalty. A run that diverged
    keeps what came before the epoch `diverged_at`, which is nothing if the start itself, epoch 0,
    overflows. With early stopping theta is that of `best_epoch`, the epoch with the least dev cost,
    and the snapshots end there; the history goes on to `stopped_at` (None: the patience was never
    over). So who asks how a run ended asks for its `final` numbers, not for the history's last.
    """

    experiment: Experiment
    history: Mapping[str, Array]
    theta: Array
    snapshots: Snapshots
    diverged_at: int | None
    seconds: float
    stopped_at: int | None = None
    best_epoch: int | None = None

    @property
    def kept_row(self) -> int:
        """Which row of the history tells of theta, the network handed over; -1 if there are none.

        That is the last one but for early stopping. Rows need not be epochs: a brief history has
        only both ends.
        """
        epochs = self.history["epoch"]
        if self.best_epoch is None:
            return len(epochs) - 1
        return int(np.searchsorted(epochs, self.best_epoch))

    @property
    def kept_epoch(self) -> int:
        """After how many epochs the training had theta."""
        epochs = self.history["epoch"]
        return int(epochs[self.kept_row]) if len(epochs) else 0

    def final(self, name: str) -> float:
        """Return a number of the history for the network handed over, NaN if there is none."""
        values = self.history.get(name, ())
        return float(values[self.kept_row]) if len(values) else math.nan

    def without_film(self) -> "Run":
        """Return the run with theta as its only snapshot, for those who show its curves and end."""
        return replace(self, snapshots=Snapshots(np.array([self.kept_epoch]), self.theta[None]))

    def without_thetas(self) -> "Run":
        """Return the run's curves alone, for those who show how many of them end; theta is (0,)."""
        nothing = Snapshots(np.empty(0, int), np.empty((0, 0), self.theta.dtype))
        return replace(self, theta=np.empty(0, self.theta.dtype), snapshots=nothing)


def snapshot_epochs(epochs: int, theta_bytes: int, most: int = SNAPSHOTS) -> Array:
    """Return which epochs of a run are kept: the first and the last, and dense at the beginning.

    Most happens early, so the k-th of K snapshots stands at (k / (K - 1))^1.5 of the way.

    >>> snapshot_epochs(4, 100)
    array([0, 1, 2, 3, 4])
    >>> len(snapshot_epochs(1000, 100)), len(snapshot_epochs(1000, 2**23))
    (121, 2)
    """
    count = max(2, min(most, SNAPSHOT_BYTES // max(theta_bytes, 1)))
    if epochs < count:
        return np.arange(epochs + 1)
    even = np.linspace(0, 1, count)
    spread: Array = np.rint(epochs * even**1.5).astype(int)
    # Early ones may round to the same epoch: no two snapshots are closer than one epoch.
    return np.maximum(spread, np.arange(count))


def train(experiment: Experiment, theta: Array | None = None) -> Iterator[Snapshot]:
    """Yield a snapshot before training, after every epoch, and several times in a long epoch.

    `theta` starts from given parameters instead of the initialiser's. Training stops by itself
    when it diverges: the last snapshot is then the last one with finite numbers.
    """
    trainer = Trainer(experiment, theta)
    while not trainer.finished:
        yield from snapshots(trainer, trainer.advance())


def snapshots(trainer: Trainer, stretch: Stretch | None) -> Iterator[Snapshot]:
    """Yield what a stretch of one experiment's training shows: its epochs, and where it halted.

    Midway there is nothing to be shown.
    """
    if stretch is None:
        return
    measured = (stretch.batch_cost, stretch.batch_accuracy)
    batch = [None if value is None else float(value) for value in measured]
    is_partial = len(stretch.epochs) == 0
    for k, epoch in enumerate(stretch.epochs):
        if trainer.has_diverged and epoch >= trainer.diverged_at:
            return
        history = {name: float(values[k]) for name, values in stretch.history.items()}
        is_last = k == len(stretch.epochs) - 1
        yield Snapshot(
            float(epoch),
            int(stretch.steps[k]),
            stretch.thetas[k],
            history,
            *(batch if is_last else (None, None)),
        )
    if is_partial and not trainer.has_diverged:
        yield Snapshot(stretch.epoch, stretch.step, trainer.theta.copy(), {}, *batch)


def run(experiment: Experiment, theta: Array | None = None) -> Run:
    """Train to the end and return the curves, the last theta and a bounded number on the way."""
    return record(experiment, theta=theta)[0]


def close_up(
    experiment: Experiment,
    first: int,
    count: int,
    theta: Array | None = None,
    rest: Callable[[], None] = lambda: None,
    marks: Sequence[Trainer] = (),
) -> tuple[Array, Array]:
    """Return the steps first, first + 1, ... (k,) and theta (k, P) after each, at most `count`.

    Training is repeated up to there, which gives the same numbers, from its start or from the
    nearest of the `marks`, the same training on its way; it ends early where the experiment's
    epochs end or the numbers are no longer finite. `rest` is called now and then on the way.
    """
    near = max((mark for mark in marks if mark.step <= first), key=_step, default=None)
    trainer = Trainer(experiment, theta) if near is None else near.fork()
    for walked in range(trainer.step, first, _WALK):
        trainer.walk(min(_WALK, first - walked))
        rest()
    steps, thetas = [trainer.step], [trainer.theta.copy()]
    for _ in range(count - 1):
        trainer.walk(1)
        if trainer.step == steps[-1] or not np.isfinite(trainer.theta).all():
            break
        steps.append(trainer.step)
        thetas.append(trainer.theta.copy())
    return np.array(steps), np.stack(thetas)


def _step(trainer: Trainer) -> int:
    return trainer.step


class Recording:
    """A training under way whose curves, and some thetas on the way, are kept.

    The trainer, which holds much more than that, is made when it is needed and let go at the end.
    `planned` are the epochs whose theta is kept, if the training comes that far. With no snapshots
    at all its runs are without any theta. `marks` are forks of a single training on its way, about
    every MARK steps, from where `close_up` can go on.
    """

    def __init__(
        self,
        experiments: Experiment | Sequence[Experiment],
        most_snapshots: int = SNAPSHOTS,
        theta: Array | None = None,
        is_brief: bool = False,
    ) -> None:
        self._experiments, self._theta, self._is_brief = experiments, theta, is_brief
        self._most_snapshots = most_snapshots
        self._preparation: Generator[None, None, Problem] | None = None
        self._trainer: Trainer | None = None
        self._resting: list[Run] = []
        self._ended: list[Run] | None = None
        self._seconds, self._epoch, self._repeats = 0.0, 0.0, False
        self.planned: Array = np.empty(0, int)
        self.marks: list[Trainer] = []
        self._histories: list[Mapping[str, Array]] = []
        self._epochs: list[Array] = []
        self._thetas: list[Array] = []

    @property
    def _first(self) -> Experiment:
        given = self._experiments
        return given if isinstance(given, Experiment) else given[0]

    @property
    def begun(self) -> bool:
        """Whether there is something to be seen of it."""
        return bool(self._ended or self._histories)

    @property
    def finished(self) -> bool:
        return self._ended is not None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        epochs = self._first.epochs
        return 1.0 if self.finished or not epochs else self._epoch / epochs

    def go_on(self) -> None:
        """Train for a stretch; the first ones make the samples ready and look at the start."""
        start = time.perf_counter()
        if self._trainer is None and not self._is_prepared():
            return
        trainer = self._trainer or self._made()
        stretch = self._advance(trainer)
        self._seconds += time.perf_counter() - start
        if stretch is not None and not self._repeats:
            self._take_in(stretch)
        self._repeats = self._repeats and stretch is None
        if trainer.step >= MARK * (len(self.marks) + 1) and trainer.can_be_marked:
            self.marks.append(trainer.fork())
        if trainer.finished:
            self.end_with(self.runs())

    def end_with(self, runs: list[Run]) -> None:
        """Take these as its end: the same training, one Run per experiment, perhaps elsewhere."""
        self._ended, self._resting, self._trainer = runs, [], None
        self._histories, self._epochs, self._thetas = [], [], []

    def rest(self) -> None:
        """Let the trainer of a training at its start go, once, until it is needed."""
        is_at_start = self.begun and self._epoch == 0 and not self._resting
        if is_at_start and self._trainer is not None and not self._trainer.is_midway:
            self._resting, self._trainer = self.runs(), None

    def runs(self) -> list[Run]:
        """Return one Run per experiment, as far as it has come; `go_on` must have been called."""
        if self._ended is not None or (self._trainer is None and self._resting):
            return self._ended or self._resting
        trainer = self._trainer or self._made()
        names = self._histories[0]
        history = {name: np.concatenate([h[name] for h in self._histories]) for name in names}
        kept = Snapshots(np.concatenate(self._epochs), np.concatenate(self._thetas))
        replicas = len(trainer.experiments)
        seconds = self._seconds / replicas
        runs = [_assemble(trainer, k, history, kept, seconds) for k in range(replicas)]
        return runs if self._most_snapshots else [run.without_thetas() for run in runs]

    def _is_prepared(self) -> bool:
        """Make the samples ready as far as their next stop, and the trainer once they are."""
        if self._preparation is None:
            self._preparation = prepare(self._first)
        try:
            next(self._preparation)
        except StopIteration as end:
            _ready, self._preparation = end.value, None  # remembered as long as they are in use
            self._made()
        return self._trainer is not None

    def _made(self) -> Trainer:
        """Make the trainer; if it had been let go, its look at the start is known already."""
        trainer = self._trainer = self._new_trainer()
        epochs, replicas = trainer.experiments[0].epochs, len(trainer.experiments)
        size = trainer.kept.nbytes // replicas
        if self._most_snapshots:
            self.planned = snapshot_epochs(epochs, size, self._most_snapshots)
        self._repeats = self.begun
        return trainer

    def _new_trainer(self) -> Trainer:
        return Trainer(self._experiments, self._theta, self._is_brief)

    def _advance(self, trainer: Trainer) -> Stretch | None:
        return trainer.advance()

    def _take_in(self, stretch: Stretch) -> None:
        self._epoch = stretch.epoch
        chosen = np.isin(stretch.epochs, self.planned)
        self._epochs.append(stretch.epochs[chosen])
        self._thetas.append(stretch.thetas[chosen])
        if stretch.history:
            self._histories.append({"epoch": stretch.epochs, **stretch.history})


def record(
    experiments: Experiment | Sequence[Experiment],
    most_snapshots: int = SNAPSHOTS,
    theta: Array | None = None,
    is_brief: bool = False,
) -> list[Run]:
    """Train to the end and return one Run per experiment."""
    recording = Recording(experiments, most_snapshots, theta, is_brief)
    while not recording.finished:
        recording.go_on()
    return recording.runs()


def _assemble(
    trainer: Trainer, position: int, history: Mapping[str, Array], kept: Snapshots, seconds: float
) -> Run:
    """Cut one replica's Run out of the stacked arrays, up to where it diverged."""
    where = (position,) if trainer.theta.ndim > 1 else ()
    diverged_at, stopped_at, best_epoch = (
        None if ends[where] == NEVER else int(ends[where])
        for ends in (trainer.diverged_at, trainer.stopped_at, trainer.best_epoch)
    )
    end = diverged_at if stopped_at is None else stopped_at + 1
    if end is not None:  # an epoch, which is its place among the rows if all were looked at
        end = int(np.searchsorted(history["epoch"], end))
    theta = trainer.kept[where].copy()
    epochs, thetas = kept.epochs, kept.thetas[(slice(None), *where)]
    curves = {
        name: values[:end] if values.ndim == 1 else values[(slice(end), *where)]
        for name, values in history.items()
    }
    last = max(diverged_at - 1, 0) if diverged_at is not None else None
    last = last if best_epoch is None else best_epoch
    if last is not None:
        before = epochs < last
        epochs = np.append(epochs[before], last)
        thetas = np.concatenate([thetas[before], theta[None]])
    return Run(
        trainer.experiments[position],
        curves,
        theta,
        Snapshots(epochs, thetas),
        diverged_at,
        seconds,
        stopped_at,
        best_epoch,
    )
