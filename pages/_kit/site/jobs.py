"""A job on a page: it begins by itself if it is short, is drawn as it comes, and can be stopped."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from engine.experiment.experiment import Experiment
from pages._kit.runs.words import duration
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.crowd import crowd
from pages._kit.training.job import SNAPSHOTS, Job
from pages._kit.training.pace import Pace
from pages._kit.training.timed_job import TimedJob

PROMPT = 12.0
"""Estimated seconds of a job that begins without being asked for."""

FIRST, FIRST_PATIENCE = 0.35, 1.0
"""Seconds of work before the page is drawn: a short job is then complete at its first picture. And
for how many seconds that is waited for, where many others work as well."""

SLICE = 0.25
"""Seconds of work between two pictures."""

MOMENT, PATIENT, PATIENCE = 0.05, 20, 0.3
"""Seconds of patient work before the visitor is heeded, how often between two pictures, and for
how many seconds it lets all others go first each time, for each who is patient."""


class Watched(NamedTuple):
    """A job as one visitor sees it: whether it is to go on, and how fast it does."""

    job: Job
    is_on: bool
    pace: Pace
    is_patient: bool = False


class _Known(NamedTuple):
    """What a visitor's session knows of a job; the job itself is held only while it is shown."""

    experiments: tuple[Experiment, ...]
    is_on: bool
    pace: Pace


def follow(
    visit: Visit,
    experiments: Sequence[Experiment],
    part: str = "main",
    snapshots: int = SNAPSHOTS,
    stacked: bool = True,
    is_brief: bool = False,
) -> Watched:
    """Return the job of these experiments, and draw how far it is unless it has come to its end.

    One that takes long waits at epoch 0 to be started, and any can be stopped and continued. `part`
    tells several jobs of a page apart, `stacked` and `is_brief` are the job's own. It goes on when
    the page has been drawn.
    """
    asked = tuple(experiments)
    return _follow(visit, asked, part, lambda: cache.job(asked, snapshots, stacked, is_brief))


def follow_timed(
    visit: Visit, experiments: Sequence[Experiment], part: str = "main"
) -> tuple[Watched, TimedJob]:
    """Do the same with a job by the clock, which is returned as well."""
    asked = tuple(experiments)
    timed = cache.timed_job(asked)
    return _follow(visit, asked, part, lambda: timed), timed


def _follow(
    visit: Visit, asked: tuple[Experiment, ...], part: str, make: Callable[[], Job]
) -> Watched:
    watched = watch(f"{visit.lens.path}.{part}.job", asked, make)
    session.hold(cache.samples_of(asked[0]))  # the page loads them, and is drawn again and again
    visit.follow(lambda: play(watched))
    return watched


def watch(
    key: str,
    asked: tuple[Experiment, ...],
    make: Callable[[], Job],
    doing: str = "Training",
    is_patient: bool = False,
) -> Watched:
    """Return a job as this visitor sees it; `make` finds it among those that are shared.

    Under the key the visitor's session knows whether it is to go on, as long as the same is asked.
    `doing` says in a word or two what it is for. It goes on when `play` is called with it: a
    patient one only then, when the page is drawn, and when nobody else waits.
    """
    job = make()
    session.hold(job)
    known: _Known | None = session.keep(key, lambda: None)
    if known is None or known.experiments != asked:
        known = _Known(asked, job.estimated_seconds <= PROMPT, Pace())
        session.put(key, known)
        if known.is_on:
            known.pace.start(job.share)
        if not is_patient:
            cache.work(job, FIRST if known.is_on else 0.0, FIRST_PATIENCE)
    elif not (job.has_start or is_patient):  # while the visitor was elsewhere it was let go
        cache.work(job, 0.0)
    watched = Watched(job, known.is_on, known.pace, is_patient)
    watched.pace.look(job.share)
    elements.slot(None if job.finished else lambda: _bar(key, watched, doing))
    return watched


def play(watched: Watched) -> None:
    """Go on with a job if it is on and not at its end, then draw the page anew."""
    if not watched.is_on or watched.job.finished:
        return
    if watched.is_patient:
        _play_patiently(watched.job)
    else:
        _play(watched.job)
    session.draw_again()


def _play(job: Job) -> None:
    seen = job.version

    def work() -> None:
        cache.work(job, SLICE)
        session.heed()

    crowd.between_pictures(work, lambda: job.version != seen)


def _play_patiently(job: Job) -> None:
    """Go on for so long that drawing the page costs little, but heed the visitor at once.

    As long as somebody is at work or waits for a page it stays out of the queue, where it would get
    a share: at a busy time all who are patient have a small one together.
    """
    moments, waited = 0, 0.0
    with crowd.patiently():
        while moments < PATIENT and not job.finished:
            if (cache.turn.is_taken or crowd.drawn) and waited < PATIENCE * crowd.patient:
                time.sleep(MOMENT)
                waited += MOMENT
            else:
                cache.work(job, MOMENT)
                moments, waited = moments + 1, 0.0
            session.heed()


def _bar(key: str, watched: Watched, doing: str) -> None:
    job = watched.job
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        st.progress(job.share, _told(watched, doing))
    if watched.is_on:
        right.button(
            "Stop", icon=":material/stop:", key=f"{key}.stop", width="stretch",
            on_click=_turn, args=(key, watched, False),
        )  # fmt: skip
    else:
        right.button(
            "Continue" if job.share else "Train", icon=":material/play_arrow:", key=f"{key}.start",
            width="stretch", on_click=_turn, args=(key, watched, True),
        )  # fmt: skip


def _turn(key: str, watched: Watched, is_on: bool) -> None:
    """Let a job go on, or rest; a click that arrives twice counts once."""
    if is_on:
        watched.pace.start(watched.job.share)
    else:
        watched.pace.halt(watched.job.share)
        watched.job.stop()
    session.put(key, _Known(watched.job.experiments, is_on, watched.pace))


def _told(watched: Watched, doing: str) -> str:
    job, seconds = watched.job, watched.pace.left(watched.job.share)
    if not job.share and not watched.is_on:
        return (
            "This is the start, before training. At a rough guess training takes "
            f"{duration(job.estimated_seconds)}, and longer while others train as well."
        )
    how_far = f"{doing if watched.is_on else 'Stopped'}, {100 * job.share:.0f} % done"
    return how_far if seconds is None else f"{how_far}, about {duration(seconds)} left"
