"""What visitors share is not made twice, and one training is at work at a time."""

import hashlib
import math
import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from engine.checking.bugs import equipped
from engine.checking.checkup import Checkup, check_up, objective_of
from engine.data import mnist
from engine.experiment import problem
from engine.experiment.experiment import Experiment
from engine.experiment.problem import Problem
from engine.experiment.streams import stream
from engine.experiment.wording import counted
from engine.inspection import depth
from engine.nn.stops import to_end
from engine.nn.types import Array
from engine.training.run import Recording, Run
from engine.training.trainer import Trainer
from pages._kit.training import executors
from pages._kit.training.budget import Budget
from pages._kit.training.coaching import Coaching
from pages._kit.training.crowd import crowd
from pages._kit.training.job import SNAPSHOTS, Job
from pages._kit.training.live import Live
from pages._kit.training.queue import Turn
from pages._kit.training.settings import settings
from pages._kit.training.timed_job import TimedJob
from pages._kit.training.visitor import heed, visitor

Made = TypeVar("Made")

shared = Budget(settings().megabytes * 10**6)
"""All that visitors share, by its kind and what it is of; nobody may change it."""

turn = Turn(visitor=visitor, heed=heed, is_urgent=lambda: crowd.waits)
"""Held while training, by everybody."""

_background = ThreadPoolExecutor(1, "prepare")
"""Prepares one thing after the other: so a visitor never stands behind more than one of them."""

_SLICE = 0.05
"""Seconds of a long training after which others may go first."""

ELSEWHERE = 1.0
"""Estimated seconds of a job beyond which an executor trains it, if the server has one."""

_FEW = 2
"""A queue of so many is over before anybody has read that there is one."""


def train_to_end(experiment: Experiment, theta: Array | None = None) -> Run:
    """Train in one's turn, letting others go first between two stretches of a long training.

    From `theta`, (P,), instead of the network's start, if it is given. A visitor who leaves ends
    this: who asks for the same training next goes on from there.
    """
    if turn.waiting >= _FEW:
        before = turn.waiting + 1
        st.toast(
            f"{counted(before, 'training')} take turns with yours.",
            icon=":material/hourglass_top:",
        )
    key = "training", experiment, _digest(theta)
    recording = shared.get(key, lambda: Recording(experiment, theta=theta))
    try:
        with turn:
            while not recording.finished:
                recording.go_on()
                turn.let_others()
    except BaseException:  # the visitor has left
        shared.charge(recording)
        raise
    shared.forget(key)
    if recording.marks:
        keep = Marks(recording.marks)
        shared.get(_key_of_marks(experiment, theta), lambda: keep)
    return recording.runs()[0]


@dataclass(eq=False)
class Marks:
    """A long training at some of its steps, so that a close-up need not begin at its start."""

    trainers: list[Trainer]


def marks(experiment: Experiment, theta: Array | None) -> list[Trainer]:
    """Return the training from theta, or from its start, at steps on its way, if any are known."""
    found = shared.find(_key_of_marks(experiment, theta))
    return found.trainers if isinstance(found, Marks) else []


def _key_of_marks(experiment: Experiment, theta: Array | None) -> Hashable:
    return "marks", experiment, _digest(theta)


def _digest(theta: Array | None) -> str:
    return "" if theta is None else hashlib.blake2b(theta.tobytes()).hexdigest()


def run(experiment: Experiment) -> Run:
    """Train an experiment to its end, or return the run that has been trained before."""
    return shared.get(("run", experiment), lambda: train_to_end(experiment))


def pinned(experiment: Experiment) -> Run | None:
    """Return the curves and the end of a pinned run, None if nobody has trained it yet."""
    found = shared.find(("pinned", experiment))
    return found if isinstance(found, Run) else None


def keep_pinned(run: Run) -> None:
    """Keep the curves and the end of a pinned run; shared by all."""
    shared.get(("pinned", run.experiment), run.without_film)


def job(
    experiments: tuple[Experiment, ...],
    snapshots: int = SNAPSHOTS,
    stacked: bool = True,
    is_brief: bool = False,
) -> Job:
    """Return the job of training these experiments, as far as anybody has taken it; shared."""
    key = ("job", experiments, snapshots, stacked, is_brief)
    return shared.get(key, lambda: Job(experiments, snapshots, stacked, is_brief))


def prepare_job(experiments: Sequence[Experiment], snapshots: int = SNAPSHOTS) -> None:
    """Do in the background what the first visitor of a page is going to ask for."""
    ahead = job(tuple(experiments), snapshots, True, False)  # as `jobs.follow` asks for it
    _background.submit(_to_end, ahead)


def timed_job(experiments: tuple[Experiment, ...]) -> TimedJob:
    """Return the job of training these experiments by the clock, as far as it has come; shared."""
    return shared.get(("timed job", experiments), lambda: TimedJob(experiments))


def prepare_timed_job(experiments: Sequence[Experiment]) -> None:
    """Do the same as `prepare_job` for a job by the clock."""
    _background.submit(_to_end, timed_job(tuple(experiments)))


def in_background(make: Callable[[], object]) -> None:
    """Make in the background what the first visitor of a page is going to ask for."""
    _background.submit(make)


def work(job: Job, seconds: float, patience: float = math.inf) -> None:
    """Train a job for so many seconds, or to its end, letting others go first in between.

    Where so many others do that this takes longer than the visitor's `patience`, in seconds of
    waiting and work together, leave it at that.
    Between two turns and not within one: whoever waits for the job itself must not wait for ever.
    A long job is trained elsewhere, if the server is set to: then wait for what comes of it next.
    """
    left, end = seconds, time.monotonic() + patience
    if not job.has_start and any(experiment.data.of_images for experiment in job.experiments):
        mnist.load()  # not in a turn: while they are unpacked others can work
    while not job.has_start:
        left -= _in_turn(job.look, _SLICE)
    is_sent = job.can_be_sent and job.estimated_seconds > ELSEWHERE
    executor = executors.executor() if is_sent else None
    if executor is not None:
        job.wait(executor, left)  # without a turn: nobody has to wait for who only waits
    while executor is None and left > 0 and time.monotonic() < end and not job.finished:
        left -= _in_turn(job.work, min(_SLICE, left))
    shared.charge(job)


def samples_of(experiment: Experiment) -> Problem:
    """Return what `load` returns, made ready in one's turn, and kept for all who look at it.

    Points are drawn in a moment, and need no turn.
    """

    def make() -> Problem:
        if not experiment.data.of_images:
            return problem.load(experiment)
        mnist.load()
        with turn:
            return to_end(problem.prepare(experiment), turn.let_others)

    return shared.get(("samples", problem.key_of(experiment)), make)


def in_turn(make: Callable[[], Made]) -> Made:
    """Return what `make` returns, worked out in one's turn: something of a moment."""
    with turn:
        return make()


def _in_turn(work: Callable[[float], None], seconds: float) -> float:
    """Work so long when it is one's turn; return the seconds it took, the waiting not counted."""
    with turn:
        start = time.monotonic()
        work(seconds)
        return time.monotonic() - start


def _to_end(ahead: Job) -> None:
    while not ahead.finished:
        work(ahead, 1.0)


def coaching(path: str, experiment: Experiment, make: Callable[[], Coaching]) -> Coaching:
    """Return the coaching of an experiment's run on a page, as far as anybody has taken it."""
    return shared.get(("coaching", path, experiment), make)


def worked_out(key: Hashable, make: Callable[[Callable[[], None]], Made]) -> Made:
    """Return what `in_slices` returns of `make`, made once and shared by all who ask by its key."""
    return shared.get(key, lambda: in_slices(make))


def in_slices(make: Callable[[Callable[[], None]], Made]) -> Made:
    """Return what make(rest) returns, worked out in one's turn; rest() lets others go first."""
    with turn:
        return make(turn.let_others)


def deviations(study: str, seed: int) -> Array:
    """Return the deviations of the activations in one of the published studies, from this seed."""

    def make(rest: Callable[[], None]) -> Array:
        rng = stream(seed, "initialization")
        return depth.deviations(depth.STUDIES[study], rng, rest=rest)

    return worked_out(("deviations", study, seed), make)


def prepare(experiment: Experiment) -> None:
    """Train in the background what the first visitor of a server is going to ask for."""
    _background.submit(lambda: _finish(begun(experiment)))


def watched(experiment: Experiment, is_running: bool = False, is_shared: bool = False) -> Live:
    """Return a training to be watched, as far as its start has been looked at."""
    _held = samples_of(experiment)
    with turn:
        live = Live(experiment, is_running=is_running, is_shared=is_shared)
    while not live.has_start:
        with turn:
            live.work(0.0)  # a stretch at a time, and none beyond the start
    return live


def finished(experiment: Experiment, patience: float = math.inf) -> Live:
    """Return a watched training that has come to its end; shared by all, so look, don't touch.

    Where so many others train that it takes longer than `patience`, in seconds, return it as far as
    it has come: it goes on when it is watched.
    """
    live = begun(experiment)
    if not live.is_finished:
        with st.spinner("Training ..."):
            _finish(live, patience)
    return live


def begun(experiment: Experiment) -> Live:
    """Return a watched training as far as anybody has taken it; all who wait for it share it."""
    return shared.get(
        ("finished", experiment), lambda: watched(experiment, is_running=True, is_shared=True)
    )


def _finish(live: Live, patience: float = math.inf) -> None:
    """Take a shared training to its end, together with all who wait for it."""
    end = time.monotonic() + patience
    while not live.is_finished and time.monotonic() < end:
        watch(live, _SLICE)


def watch(live: Live, seconds: float, worker: object = None) -> None:
    """Let a watched training go on for so many seconds, others first in between; see `Live.work`.

    At least for one stretch of it.
    """
    end = time.monotonic() + seconds
    while not live.is_finished:
        with turn:
            live.work(min(_SLICE, end - time.monotonic()), worker)
        if time.monotonic() >= end or not live.is_running:
            break
    if live.is_shared and live.is_finished:
        shared.charge(live)


def step(live: Live) -> None:
    """Take one step of a watched training, letting others go first if it is a long one."""
    is_over = False
    while not is_over:
        with turn:
            live.step()
            is_over = not live.trainer.is_midway


def checkup(experiment: Experiment, theta: Array | None, columns: int, needs: str = "") -> Checkup:
    """Return central differences at theta (P,), or at the network's start; shared by all.

    `columns` of the training samples are used. `needs` is what J must have for a planted bug: a
    "penalty" or "dropout", which it is given if the experiment has none.
    """

    def make() -> Checkup:
        _held = samples_of(experiment)
        with st.spinner("Taking differences ..."), turn:
            objective, start = objective_of(experiment, columns)
            objective = equipped(objective, needs, stream(experiment.seed, "dropout"))
            at = start if theta is None else theta.astype(float)
            return check_up(objective, at, rest=turn.let_others)

    return shared.get(("checkup", experiment, _digest(theta), columns, needs), make)


def crossed(checkup: Checkup, at: int) -> Array:
    """Return of which of a check-up's differences the ends lie on two sides of a kink; shared."""
    with turn:
        return checkup.crossed(at, turn.let_others)
