"""Runs that someone has asked for before are not trained again, and one is trained at a time."""

import functools
import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import streamlit as st

from engine.checking.bugs import equipped
from engine.checking.checkup import Checkup, check_up, objective_of
from engine.experiment.experiment import Experiment
from engine.experiment.streams import stream
from engine.experiment.wording import are, counted
from engine.inspection import depth
from engine.nn.types import Array
from engine.training.run import Recording, Run
from engine.training.trainer import Trainer
from pages._kit.training import executors
from pages._kit.training.coaching import Coaching
from pages._kit.training.job import SNAPSHOTS, Job
from pages._kit.training.live import Live
from pages._kit.training.queue import Turn

turn = Turn()
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

    From `theta`, (P,), instead of the network's start, if it is given.
    """
    if turn.waiting >= _FEW:
        before = turn.waiting + 1
        st.toast(
            f"{counted(before, 'training')} {are(before)} before yours.",
            icon=":material/hourglass_top:",
        )
    recording = Recording(Trainer(experiment, theta))
    with turn:
        while not recording.finished:
            recording.go_on()
            turn.let_others()
    return recording.runs()[0]


@dataclass(eq=False)
class Once:
    """A run that is made once: whoever asks while somebody makes it waits and gets the same."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    run: Run | None = None


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Experiment: repr})
def once(maker: str, experiment: Experiment) -> Once:
    """Return the place of an experiment's run; shared by all.

    The oldest is forgotten when there are 64. A run of the largest network that the XOR page offers
    (six layers of twelve units) holds 1 MB; of a pinned one there are only its curves and its end.
    """
    return Once()


def cached_runs(function: Callable[[Experiment], Run]) -> Callable[[Experiment], Run]:
    """Share one result per experiment between all visitors; nobody may change it.

    What the function draws on the page, only the visitor sees who makes it train: Streamlit's
    cache would draw it again for everybody else.
    """
    maker = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def shared(experiment: Experiment) -> Run:
        place = once(maker, experiment)
        with place.lock:
            if place.run is None:
                place.run = function(experiment)
            return place.run

    return shared


@cached_runs
def run(experiment: Experiment) -> Run:
    """Train an experiment to its end, or return the run that has been trained before."""
    return train_to_end(experiment)


def pinned(experiment: Experiment) -> Run | None:
    """Return the curves and the end of a pinned run, None if nobody has trained it yet."""
    return once("pinned", experiment).run


def keep_pinned(run: Run) -> None:
    """Keep the curves and the end of a pinned run; shared by all."""
    place = once("pinned", run.experiment)
    with place.lock:
        place.run = place.run or run.without_film()


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs={Experiment: repr})
def job(
    experiments: tuple[Experiment, ...],
    snapshots: int = SNAPSHOTS,
    stacked: bool = True,
    is_brief: bool = False,
) -> Job:
    """Return the job of training these experiments, as far as anybody has taken it; shared."""
    return Job(experiments, snapshots, stacked, is_brief)


def prepare_job(experiments: Sequence[Experiment], snapshots: int = SNAPSHOTS) -> None:
    """Do in the background what the first visitor of a page is going to ask for."""
    ahead = job(tuple(experiments), snapshots, True, False)  # as `jobs.follow` asks for it
    _background.submit(_to_end, ahead)


def work(job: Job, seconds: float) -> None:
    """Train a job for so many seconds, or to its end, letting others go first in between.

    Between two turns and not within one: whoever waits for the job itself must not wait for ever.
    A long job is trained elsewhere, if the server is set to: then wait for what comes of it next.
    """
    executor = executors.executor() if job.estimated_seconds > ELSEWHERE else None
    if executor is not None:
        if not job.has_start:
            with turn:
                job.look()
        job.wait(executor, seconds)  # without a turn: nobody has to wait for who only waits
        return
    left = seconds
    while True:
        with turn:
            start = time.monotonic()
            job.work(min(_SLICE, left))
            left -= time.monotonic() - start
        if job.finished or left <= 0:
            return


def _to_end(ahead: Job) -> None:
    while not ahead.finished:
        work(ahead, 1.0)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Experiment: repr})
def coaching(path: str, experiment: Experiment, _make: Callable[[], Coaching]) -> Coaching:
    """Return the coaching of an experiment's run on a page, as far as anybody has taken it."""
    return _make()


@st.cache_resource(max_entries=32, show_spinner=False)
def deviations(study: str, seed: int) -> Array:
    """Return the deviations of the activations in one of the published studies, from this seed."""
    with turn:
        return depth.deviations(depth.STUDIES[study], stream(seed, "initialization"))


_ahead: dict[Experiment, Future[Live]] = {}


def prepare(experiment: Experiment) -> None:
    """Train in the background what the first visitor of a server is going to ask for."""
    _ahead[experiment] = _background.submit(_finish, experiment)


@st.cache_resource(max_entries=8, show_spinner="Training ...", hash_funcs={Experiment: repr})
def finished(experiment: Experiment) -> Live:
    """Return a watched training that has come to its end; shared by all, so look, don't touch."""
    ahead = _ahead.get(experiment)
    if ahead is None or ahead.exception():  # which may have found too many waiting
        return _finish(experiment)
    return ahead.result()


def _finish(experiment: Experiment) -> Live:
    live = Live(experiment, is_shared=True)
    with turn:
        while not live.is_finished:
            live.work(_SLICE)
            turn.let_others()
    return live


def checkup(experiment: Experiment, theta: Array | None, columns: int, needs: str = "") -> Checkup:
    """Return central differences at theta (P,), or at the network's start; shared by all.

    `columns` of the training samples are used. `needs` is what J must have for a planted bug: a
    "penalty" or "dropout", which it is given if the experiment has none.
    """
    digest = "" if theta is None else hashlib.blake2b(theta.tobytes()).hexdigest()
    return _checkup(experiment, digest, columns, needs, theta)


@st.cache_resource(
    max_entries=8, show_spinner="Taking differences ...", hash_funcs={Experiment: repr}
)
def _checkup(
    experiment: Experiment, digest: str, columns: int, needs: str, _theta: Array | None
) -> Checkup:
    objective, start = objective_of(experiment, columns)
    objective = equipped(objective, needs, stream(experiment.seed, "dropout"))
    with turn:
        return check_up(objective, start if _theta is None else _theta.astype(float))
