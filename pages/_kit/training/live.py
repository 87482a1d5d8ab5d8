"""A training that is watched: what it has shown so far, and a way to let it go on for a moment."""

import copy
import dataclasses
import threading
import time
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import KNOBS, Experiment
from engine.nn.types import Array
from engine.training.early_stopping import NEVER
from engine.training.evaluation import evaluate
from engine.training.run import Run, Snapshot, Snapshots, snapshots
from engine.training.trainer import Stretch, Trainer
from pages._kit.training.pace import Pace
from pages._kit.training.shared import Views

ADJUSTABLE = frozenset(
    name for name, knob in KNOBS.items() if knob.section in ("training", "regularisation")
)
"""The knobs a network under way can be given; the others decide what it starts from."""

ESTIMATE = 1000
"""So many held-out samples are looked at within an epoch, and all of them at its end."""


class Estimate(NamedTuple):
    """Cost and accuracy on some of the held-out samples, somewhere within an epoch."""

    epoch: float
    cost: float
    accuracy: float


class Adjustment(NamedTuple):
    """Knobs turned on the way: after how many epochs and mini-batches, from what to what."""

    epoch: float
    step: int
    before: Experiment
    after: Experiment

    @property
    def text(self) -> str:
        """Say "label old → new, ..."; nothing if the numbers are the same either way."""
        both = (self.before, self.after)
        return ", ".join(
            f"{KNOBS[name].label} {KNOBS[name].show(old)} → {KNOBS[name].show(new)}"
            for name, (old, new) in self.before.differences(self.after).items()
            if name != "epochs" and any(map(KNOBS[name].matters, both))
        )


@dataclass(eq=False)
class Live:
    """One visitor's training under way, or finished.

    `is_shared` says that others look at it as well: then it is left as it is, and a `fork` goes on.
    `passed` holds every snapshot's numbers in order (their thetas are dropped, all but the
    trainer's own), `estimates` what was seen of the held-out samples within epochs, `adjustments`
    the knobs turned on the way, `seconds` the time spent training. `is_running` is what the visitor
    asked for, `is_stopped` that it is left as it is, `until` the epoch where it pauses by itself.

    A script run that Streamlit has ended may still be at work for a moment while the next one has
    begun: so all that changes a training is done under its lock, and `work` is done only for the
    latest `worker`.
    """

    experiment: Experiment
    is_running: bool = False
    is_shared: bool = False
    is_stopped: bool = False
    until: int | None = None
    seconds: float = 0.0
    passed: list[Snapshot] = field(default_factory=list)
    estimates: list[Estimate] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.worker: object = None
        self.views = Views()
        self._lock = threading.RLock()
        self._clock = Pace()
        self.trainer = Trainer(self.experiment)
        held_out = self.trainer.problem.splits[self.held_out]
        spread = np.linspace(0, held_out.m - 1, min(ESTIMATE, held_out.m)).astype(int)
        self._sample = held_out.select(spread)
        self.work(0.0)
        self._paced_from = (self.epoch, self.seconds)
        if self.is_running:
            self._clock.start(self.share)

    @property
    def has_start(self) -> bool:
        """Whether it has been looked at: of a large network that may take several stretches."""
        return bool(self.passed) or self.trainer.finished

    @property
    def held_out(self) -> str:
        """The split that the curves show beside the training set: dev, or test without one."""
        return "dev" if self.trainer.problem.dev.m else "test"

    @property
    def epoch(self) -> float:
        """How far it is, in epochs, as long as its numbers were finite."""
        return self.passed[-1].epoch if self.passed else 0.0

    @property
    def is_finished(self) -> bool:
        return self.is_stopped or self.trainer.finished

    @property
    def is_adjusted(self) -> bool:
        """Whether the curves are no longer those that the experiment gives from its start."""
        return any(adjustment.text for adjustment in self.adjustments)

    @property
    def share(self) -> float:
        """How much of the training is done, 0 to 1."""
        return min(1.0, self.epoch / max(self.experiment.epochs, 1))

    @property
    def last_epoch(self) -> Snapshot:
        """The latest snapshot with a history: that of the last whole epoch."""
        return next(snapshot for snapshot in reversed(self.passed) if snapshot.history)

    @property
    def pace(self) -> float:
        """Epochs per second of training since its knobs were last turned; 0 before it moves."""
        epoch, seconds = self._paced_from
        return (self.epoch - epoch) / (self.seconds - seconds) if self.epoch > epoch else 0.0

    @property
    def seconds_left(self) -> float | None:
        """About how long it will still take by the clock on the wall, None before it moves."""
        of_clock = self._clock.left(self.share)
        if of_clock is not None or not self.pace:
            return of_clock
        return (self.experiment.epochs - self.epoch) / self.pace

    def go_on(self, until: int | None = None) -> None:
        """Ask it to run, to its end or to the end of the epoch `until`."""
        with self._lock:
            self.is_stopped, self.until = False, until
            self.is_running = not self.trainer.finished
            self._clock.start(self.share)

    def hand_over(self) -> None:
        """Let somebody else work on it from now on, the `worker`."""
        with self._lock:
            self.worker = object()

    def pause(self) -> None:
        """Ask it to rest where it is."""
        with self._lock:
            self.is_running, self.until = False, None
            self._clock.halt(self.share)

    def stop(self) -> None:
        """End it where it is."""
        with self._lock:
            self.pause()
            self.is_stopped = True

    def step(self) -> None:
        """Train for one mini-batch, or a part of it if it is midway then; nothing when finished."""
        with self._lock:
            if not self.trainer.finished:
                self._advance(1)

    def work(self, budget: float, worker: object = None) -> None:
        """Train for about `budget` seconds, at least one stretch; does nothing when finished.

        Nor for a `worker` that has been relieved.
        """
        with self._lock:
            if worker is self.worker:
                self._clock.look(self.share)
                self._work(budget)

    def _work(self, budget: float) -> None:
        start, has_to_pause = time.perf_counter(), False
        while not self.trainer.finished and not has_to_pause:
            self._advance(None if self.until is None else self.trainer.steps_left)
            is_there = self.until is not None and self.trainer.epoch >= self.until
            has_to_pause = is_there and not self.trainer.is_midway
            if time.perf_counter() - start >= budget:
                break
        if self.trainer.finished or has_to_pause:
            self.pause()

    def can_become(self, experiment: Experiment) -> bool:
        """Return whether the network under way can go on with these knobs."""
        return ADJUSTABLE.issuperset(self.experiment.differences(experiment))

    def adjust(self, experiment: Experiment) -> None:
        """Go on with other knobs from here, and remember what was turned where.

        Raises ValueError if a knob differs that decides what a training starts from.
        """
        if not self.can_become(experiment):
            raise ValueError("A network under way cannot be given another start.")
        with self._lock:
            self._adjust(experiment)

    def _adjust(self, experiment: Experiment) -> None:
        before, step = self.experiment, self.trainer.step
        if self.adjustments and self.adjustments[-1].step == step:
            before = self.adjustments.pop().before
        if before != experiment and step:
            self.adjustments.append(Adjustment(self.epoch, step, before, experiment))
        self.experiment, self.is_stopped = experiment, False
        self._take_in(self.trainer.settle())
        self.trainer.adjust(experiment)
        self._paced_from, self._clock = (self.epoch, self.seconds), Pace()
        if self.is_running:
            self._clock.start(self.share)

    def fork(self) -> "Live":
        """Return the same training, to be taken further without touching this one."""
        with self._lock:
            return self._fork()

    def _fork(self) -> "Live":
        twin = copy.copy(self)
        twin.is_shared, twin._lock, twin._clock = False, threading.RLock(), Pace()
        twin.views = Views()
        twin.trainer = self.trainer.fork()
        for name in ("passed", "estimates", "adjustments"):
            setattr(twin, name, list(getattr(self, name)))
        return twin

    def run(self) -> Run:
        """Return what has been seen of whole epochs as a Run; of thetas it has only the last."""
        trainer = self.trainer
        whole = [snapshot for snapshot in self.passed if snapshot.history]
        names = whole[0].history if whole else ()
        history = {"epoch": np.array([snapshot.epoch for snapshot in whole])}
        history |= {name: np.array([s.history[name] for s in whole]) for name in names}
        diverged_at, stopped_at, best_epoch = (
            None if end == NEVER else int(end)
            for end in (trainer.diverged_at, trainer.stopped_at, trainer.best_epoch)
        )
        theta, nothing = trainer.kept.copy(), Snapshots(history["epoch"][:0], trainer.kept[:0])
        run = Run(
            self.experiment,
            history,
            theta,
            nothing,
            diverged_at,
            self.seconds,
            stopped_at,
            best_epoch,
        )
        kept = Snapshots(np.array([run.kept_epoch]), theta[None])
        return dataclasses.replace(run, snapshots=kept)

    def _advance(self, steps: int | None) -> None:
        """Train for one stretch, of at most so many mini-batches, and note what it showed."""
        start = time.perf_counter()
        self._take_in(self.trainer.advance(steps))
        self.seconds += time.perf_counter() - start

    def _take_in(self, stretch: Stretch | None) -> None:
        was_within = bool(self.passed) and not self.passed[-1].history
        shown = list(snapshots(self.trainer, stretch))
        nothing: Array = self.trainer.theta[:0]
        self.passed += [snapshot._replace(theta=nothing) for snapshot in shown]
        if shown and (was_within or not shown[-1].history):
            with np.errstate(all="ignore"):  # the numbers may be about to leave the finite ones
                seen = evaluate(self.trainer.network, self.trainer.theta, self._sample)
            self.estimates.append(Estimate(self.epoch, *map(float, seen)))
