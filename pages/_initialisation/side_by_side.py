"""The page's picture: the schemes' runs side by side in time, each with its verdict."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from engine.diagnosis.verdicts import Verdict
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array
from engine.training.run import Run
from pages._initialisation import schemes, sentences
from pages._initialisation.gallery import Frames, Gallery, Picture, shared_gallery
from pages._kit.knobs.lens import Lens
from pages._kit.lineup import Entry, Layers, Points, Reading, lineup
from pages._kit.runs import words
from pages._kit.site import jobs, session
from pages._kit.site.visit import Visit
from pages._kit.training.job import Job

_SPLITS = {"train": "Training right", "test": "Test right"}


def follow(visit: Visit, chosen: Sequence[str]) -> tuple[jobs.Watched, Picture, float]:
    """Train the visit's experiment from each of the chosen schemes, and draw the line-up.

    Returns the job, its runs and the epoch where the film rests.
    """
    watched = jobs.follow(visit, schemes.experiments(visit.experiment, chosen))
    return watched, *show(visit.lens, watched.job, words.parse_epoch(visit.extras))


def show(lens: Lens, job: Job, opened_at: float | None) -> tuple[Picture, float]:
    """Draw the line-up of a job's runs; return them, and the epoch where the film rests.

    `opened_at` is the epoch where a link wants it to open, None at its end.
    """
    gallery = shared_gallery(job)
    picture = gallery.look()
    epochs, opening = picture.epochs, _opening(lens, job, opened_at)
    start = None if opening is None else int(np.abs(epochs - opening).argmin())
    gestures = lineup(
        [
            _entry(run, verdict, frames, epochs, is_over)
            for run, verdict, frames, is_over in zip(
                picture.runs, picture.verdicts, picture.frames, job.done(), strict=True
            )
        ],
        epochs,
        key=f"{lens.path}.lineup",
        version=f"{hash(job.experiments)}#{picture.version}#{opening}#{session.rewinds(lens)}",
        title="Initialisation schemes side by side",
        # Runs under way bring new frames again and again: then the film is left where it is.
        start_frame=start if job.finished else None,
        **_plane(gallery),
    )
    st.markdown(f"**{sentences.summary(job.experiments, picture.verdicts)}**")
    rests_at = gestures.epoch
    if rests_at is None:
        rests_at = epochs[-1] if start is None else epochs[start]
    return picture, float(min(rests_at, epochs[-1]))


def _opening(lens: Lens, job: Job, opened_at: float | None) -> float | None:
    """Return the epoch where the film of these runs opens, None at its end.

    It is what a link says, or the start after "again from the same start", until other runs come.
    """
    key, rewinds = f"{lens.path}.opening", session.rewinds(lens)
    seen, of, epoch = session.keep(key, lambda: (rewinds, job.experiments, None))
    if opened_at is not None or seen != rewinds:
        of, epoch = job.experiments, 0.0 if opened_at is None else opened_at
        session.put(key, (rewinds, of, epoch))
    return epoch if of == job.experiments else None


def _plane(gallery: Gallery) -> dict[str, Any]:
    points = gallery.problem.points
    if points is None or gallery.view is None:
        return {}
    drawn = {
        name: Points(points[samples.index], samples.y)
        for name, samples in gallery.problem.splits.items()
        if name == "train"
    }
    return {"points": drawn, "view": gallery.view}


def _entry(run: Run, verdict: Verdict, frames: Frames, epochs: Array, is_over: bool) -> Entry:
    seen = frames.statistics
    count = len(seen.dead)
    layers = {}
    if run.experiment.hidden:
        layers["Activations A"] = Layers(
            seen.activation_counts, seen.activation_edges, seen.activation_deviation
        )
    layers["Gradients dW"] = Layers(
        seen.gradient_counts,
        seen.gradient_edges,
        seen.gradient_rms,
        "typical size (root mean square)",
    )
    return Entry(
        name=schemes.name(run.experiment),
        fields=frames.fields if frames.fields.size else None,
        curves={name: run.history[name] for name in ("train_cost", "train_accuracy")},
        readings=_readings(run, frames, epochs[:count]),
        layers=layers,
        verdict=sentences.verdict(verdict, is_over),
        note=_note(run, is_over),
    )


def _readings(run: Run, frames: Frames, epochs: Array) -> dict[str, Reading]:
    readings = {
        title: Reading(_at(run.history[f"{split}_accuracy"], epochs), "percent")
        for split, title in _SPLITS.items()
        if f"{split}_accuracy" in run.history
    }
    names = run.experiment.activations
    if any(ACTIVATIONS[name].saturates for name in names):
        readings["Saturated"] = Reading(frames.statistics.saturated, "percent")
    if any(ACTIVATIONS[name].is_silent for name in names):
        readings["Dead units"] = Reading(frames.statistics.dead, "percent")
    return readings


def _at(values: Array, epochs: Array) -> Array:
    """Return a curve's numbers at some epochs, NaN where it has none."""
    found = np.full(len(epochs), np.nan)
    known = epochs < len(values)
    found[known] = values[epochs[known].astype(int)]
    return found


def _note(run: Run, is_over: bool) -> str:
    if run.diverged_at is not None:
        return f"diverged in epoch {run.diverged_at:,}"
    return "" if is_over else "training ..."
