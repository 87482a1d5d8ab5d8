"""A job on a page: it begins by itself if it is short, is drawn as it comes, and can be stopped."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from engine.experiment import Experiment
from pages._shared import cache, frame
from pages._shared.job import SNAPSHOTS, Job
from pages._shared.lens import Lens
from pages._shared.words import duration

PROMPT = 10.0
"""Estimated seconds of a job that begins without being asked for."""

FIRST = 0.35
"""Seconds of work before the page is drawn: a short job is then complete at its first picture."""

SLICE = 0.25
"""Seconds of work between two pictures."""


class Watched(NamedTuple):
    """A job as one visitor sees it: whether it is to go on."""

    job: Job
    is_on: bool


def follow(
    lens: Lens,
    experiments: Sequence[Experiment],
    part: str = "main",
    snapshots: int = SNAPSHOTS,
    stacked: bool = True,
    is_brief: bool = False,
) -> Watched:
    """Return the job of these experiments, and draw how far it is unless it has come to its end.

    One that takes long waits at epoch 0 to be started, and any can be stopped and continued. `part`
    tells several jobs of a page apart, `stacked` and `is_brief` are the job's own. `play` has to be
    called with it at the page's end.
    """
    key = f"{lens.path}.{part}.job"
    asked = tuple(experiments)
    # The visit holds on to its job: however many others there are, it is not begun anew.
    watched: Watched | None = frame.keep(key, lambda: None)
    if watched is None or watched.job.experiments != asked:
        job = cache.job(asked, snapshots, stacked, is_brief)
        watched = Watched(job, is_on=job.estimated_seconds <= PROMPT)
        frame.put(key, watched)
        if not job.finished:
            with cache.turn:
                job.work(FIRST if watched.is_on else 0.0)
    seen = watched
    frame.slot(None if seen.job.finished else lambda: _bar(key, *seen))
    return watched


def play(*watched: Watched) -> None:
    """Go on with the first job that is on and not at its end, then draw the page anew."""
    for job, is_on in watched:
        if is_on and not job.finished:
            with cache.turn:
                job.work(SLICE)
            frame.draw_again()


def _bar(key: str, job: Job, is_on: bool) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        st.progress(job.share, _told(job, is_on))
    if is_on:
        right.button(
            "Stop", icon=":material/stop:", key=f"{key}.stop", width="stretch",
            on_click=frame.put, args=(key, Watched(job, is_on=False)),
        )  # fmt: skip
    else:
        right.button(
            "Continue" if job.share else "Train", icon=":material/play_arrow:", key=f"{key}.start",
            width="stretch", on_click=frame.put, args=(key, Watched(job, is_on=True)),
        )  # fmt: skip


def _told(job: Job, is_on: bool) -> str:
    left = duration(job.estimated_seconds * (1 - job.share))
    if is_on:
        return f"Training, {100 * job.share:.0f} % done"
    if job.share:
        return f"Stopped at {100 * job.share:.0f} %, about {left} left"
    return f"This is the start, before training. Training takes about {left}."
