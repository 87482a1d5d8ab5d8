"""Runs that someone has asked for before are not trained again, and one is trained at a time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

from engine.experiment import Experiment
from engine.sweep import sweep
from engine.trainer import Trainer
from engine.training import Recording, Run
from pages._shared.initialisation.gallery import Gallery
from pages._shared.job import SNAPSHOTS, Job
from pages._shared.live import Live
from pages._shared.mnist.insight import Insight
from pages._shared.turn import Turn

turn = Turn()
"""Held while training, by everybody."""

_SLICE = 0.1
"""Seconds of a long training after which others may go first."""

_FEW = 2
"""A queue of so many is over before anybody has read that there is one."""


def train_to_end(experiment: Experiment) -> Run:
    """Train in one's turn, letting others go first between two stretches of a long training."""
    if turn.waiting >= _FEW:
        st.toast(f"{turn.waiting + 1} trainings are before yours.", icon=":material/hourglass_top:")
    recording = Recording(Trainer(experiment))
    with turn:
        while not recording.finished:
            recording.go_on()
            turn.let_others()
    return recording.runs()[0]


def cached_runs(function: Callable[[Experiment], Run]) -> Callable[[Experiment], Run]:
    """Share one result per experiment between all visitors; nobody may change it.

    The oldest is forgotten when there are 64. A run of the largest network that a page with a
    plane offers (six layers of twelve units) holds 1 MB, one of 784-64-10 holds 1.2 MB.
    """
    return st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Experiment: repr})(
        function
    )


@cached_runs
def run(experiment: Experiment) -> Run:
    """Train an experiment to its end, or return the run that has been trained before."""
    return train_to_end(experiment)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs={Experiment: repr})
def job(experiments: tuple[Experiment, ...], snapshots: int = SNAPSHOTS) -> Job:
    """Return the job of training these experiments, as far as anybody has taken it; shared."""
    return Job(experiments, snapshots)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Job: id})
def gallery(job: Job) -> Gallery:
    """Return the pictures of a job on the initialisation page; shared by all who look at it."""
    # A gallery holds on to its job, so no other can get the same id while it is remembered.
    return Gallery(job)


def prepare_job(experiments: tuple[Experiment, ...]) -> None:
    """Do in the background what the first visitor of a page is going to ask for."""
    ThreadPoolExecutor(1, "prepare").submit(_to_end, experiments)


def _to_end(experiments: tuple[Experiment, ...]) -> None:
    ahead = job(experiments)
    while not ahead.finished:
        with turn:
            ahead.work(_SLICE)


_ahead: dict[Experiment, Future[Live]] = {}


def prepare(experiment: Experiment) -> None:
    """Train in the background what the first visitor of a server is going to ask for."""
    _ahead[experiment] = ThreadPoolExecutor(1, "prepare").submit(_finish, experiment)


@st.cache_resource(max_entries=8, show_spinner="Training ...", hash_funcs={Experiment: repr})
def finished(experiment: Experiment) -> Live:
    """Return a watched training that has come to its end; shared by all, so look, don't touch."""
    ahead = _ahead.get(experiment)
    return _finish(experiment) if ahead is None else ahead.result()


def _finish(experiment: Experiment) -> Live:
    live = Live(experiment, is_shared=True)
    with turn:
        while not live.is_finished:
            live.work(_SLICE)
            turn.let_others()
    return live


def insight(live: Live) -> Insight:
    """Return what there is to see in a watched training at rest; shared by all who look at it."""
    return _insight(live, live.trainer.step)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Live: id})
def _insight(live: Live, step: int) -> Insight:
    # An insight holds on to its training, so no other can get the same id while it is remembered.
    return Insight(live)


SEEDS = 32


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Experiment: repr})
def seeds(experiment: Experiment) -> list[Run]:
    """Train an experiment from SEEDS starts, seeds 0, 1, ...; only the curves and ends are kept."""
    with turn:
        return sweep([experiment.but(seed=seed) for seed in range(SEEDS)], snapshots=2)
