"""The main picture: a network's errors, the gaps between them, and what is wrong with it."""

import math
from typing import NamedTuple

import streamlit as st

from engine.diagnosis.chance import chance_accuracy
from engine.diagnosis.gaps import Diagnosis, Rate, best_error, diagnosis_of, measure
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.wording import counted, percent
from engine.inspection.field import field
from engine.training.run import Run
from pages._bias_variance import charts, guess, misread, sealed, sentences
from pages._kit.charts import boundary
from pages._kit.player import replay
from pages._kit.runs import words
from pages._kit.site import elements, jobs, session
from pages._kit.site.jobs import Watched
from pages._kit.site.visit import Visit

_MOST = 60
"""How many networks' errors are remembered."""

_CAN_BE_READ = 200
"""Pixels of a control whose label and value are not cut off."""


class Seen(NamedTuple):
    """A network as the page shows it.

    `diagnosis` is None where there is no error to speak of; `is_told` tells whether the visitor
    may know it yet, or is to guess first.
    """

    run: Run
    diagnosis: Diagnosis | None
    is_over: bool
    is_told: bool = True


class Scale(NamedTuple):
    """What errors are judged by: the best possible one, if the visitor set it, and a threshold."""

    best: float | None
    threshold: float

    def judge(self, experiment: Experiment, rates: dict[str, Rate]) -> Diagnosis:
        best = best_error(experiment) if self.best is None else self.best
        return diagnosis_of(rates, best, self.threshold)


def follow(visit: Visit, *, is_guessing: bool) -> tuple[Seen, Scale]:
    """Train the visit's experiment, and draw what is wrong with it as far as it has come."""
    return show(visit, jobs.follow(visit, [visit.experiment]), is_guessing=is_guessing)


def show(visit: Visit, watched: Watched, *, is_guessing: bool) -> tuple[Seen, Scale]:
    """Draw the picture for the page's own experiment; return what is seen, and how it is judged."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        ladder = st.container()
        scale = _scale(visit)
        told = st.container()
    seen = look(visit, watched.job.runs()[0], scale, is_over=watched.job.finished)
    if is_guessing and guess.is_pending(visit.lens, seen.run.experiment):
        seen = seen._replace(is_told=False)
    with ladder:
        is_drawn = _ladder(visit, seen, scale, is_guessing=is_guessing)
    with told:
        elements.slot((lambda: _in_words(seen, scale)) if is_drawn else None)
    with right:
        _plane(seen.run)
        _curves(seen)
    if seen.run.experiment.data.of_images:
        misread.show(seen.run)
    elements.slot((lambda: sealed.draw(visit.lens, seen.run)) if is_drawn else None)
    return seen, scale


def look(visit: Visit, run: Run, scale: Scale, *, is_over: bool) -> Seen:
    """Return a run, sealed, with its diagnosis; one that is over is remembered."""
    run = sealed.seal(visit.lens, run)
    try:
        rates = measure(run)
    except ValueError:
        return Seen(run, None, is_over)
    if is_over:
        known = remembered(visit)
        known[run.experiment] = rates
        for oldest in list(known)[:-_MOST]:
            del known[oldest]
    return Seen(run, scale.judge(run.experiment, rates), is_over)


def remembered(visit: Visit) -> dict[Experiment, dict[str, Rate]]:
    """Return the errors of the networks that have been trained on the page in this visit."""
    return session.keep(f"{visit.lens.path}.rates", dict)


def _scale(visit: Visit) -> Scale:
    grid = st.grid(2, min_column_width=_CAN_BE_READ)
    left, right = grid.cell(), grid.cell()
    with left:
        best = visit.page_knob("best")
    with right:
        threshold = visit.page_knob("threshold")
    return Scale(None if best == "known" else float(best), threshold / 100)


def _ladder(visit: Visit, seen: Seen, scale: Scale, *, is_guessing: bool) -> bool:
    """Draw the errors and the gaps, or ask for them; return whether they are final and shown."""
    run, diagnosis = seen.run, seen.diagnosis
    elements.slot(None if run.diverged_at is None else lambda: _say_divergence(run))
    if diagnosis is None:
        return False
    is_asking = seen.is_over and not seen.is_told
    elements.slot((lambda: guess.ask(visit.lens, run.experiment, diagnosis)) if is_asking else None)
    if is_asking:
        return False
    st.markdown(_heading(visit, seen, diagnosis, is_guessing=is_guessing))
    of_people = _of_people(run, scale)
    elements.chart(charts.error_ladder(diagnosis), sentences.rates(diagnosis, of_people=of_people))
    return seen.is_over


def _of_people(run: Run, scale: Scale) -> bool:
    """Return whether the best possible error is what people misread."""
    return run.experiment.data.of_images and scale.best is None


def _in_words(seen: Seen, scale: Scale) -> None:
    run, diagnosis = seen.run, seen.diagnosis
    assert diagnosis is not None
    told = _told(diagnosis, of_people=_of_people(run, scale))
    by_chance = percent(1 - chance_accuracy(load(run.experiment).train.y))
    told.append(
        f"Always naming the most common class of the training samples gets {by_chance} of them "
        "wrong."
    )
    with st.expander("The gaps, and how sure they are"):
        st.markdown("\n".join(f"- {line}" for line in told))


def _say_divergence(run: Run) -> None:
    st.warning(
        f"The numbers left the finite range in epoch {run.diverged_at:,}: training diverged. "
        "A smaller learning rate helps.",
        icon=":material/trending_up:",
    )


def _heading(visit: Visit, seen: Seen, diagnosis: Diagnosis, *, is_guessing: bool) -> str:
    if not seen.is_over:
        return f"#### So far, after epoch {int(seen.run.history['epoch'][-1]):,}"
    heading = f"#### {sentences.verdict(diagnosis)}"
    if not is_guessing:
        return heading
    return f"{heading}\n\n{guess.answered(visit.lens, seen.run.experiment, diagnosis)}"


def _told(diagnosis: Diagnosis, *, of_people: bool) -> list[str]:
    has_train_dev = "train_dev" in diagnosis.rates
    told = [
        sentences.gap(name, gap, has_train_dev=has_train_dev)
        for name, gap in diagnosis.gaps.items()
    ]
    told += [sentences.below_best(diagnosis, of_people=of_people), sentences.lucky(diagnosis)]
    return [line for line in told if line]


_POINTS = {"Training": "train", "Dev": "dev"}


def _plane(run: Run) -> None:
    """Draw what the network says over the plane, with the points of one set."""
    experiment, problem = run.experiment, load(run.experiment)
    if problem.points is None:
        return
    names = [title for title, name in _POINTS.items() if name in problem.splits]
    split = _POINTS[elements.choose("Points", names, "bias_variance.points")]
    network = problem.network(experiment)
    area = replay.view(experiment, problem.points)
    drawn = field(network, run.theta, experiment.features, problem.standardizer, area)
    samples = problem.splits[split]
    error = 1 - run.final(f"{split}_accuracy")
    wrong = "an unknown share" if math.isnan(error) else percent(error)
    elements.chart(
        boundary(drawn, problem.points[samples.index], samples.y),
        f"The {counted(samples.m, 'dev point' if split == 'dev' else 'training point')} and what "
        f"the network says of every place: {wrong} of them lie on the wrong side."
        f"{words.ties_told(network, run.theta, samples.X)}{_moved(experiment, split)}",
        key="bias_variance.plane",
    )


def _moved(experiment: Experiment, split: str) -> str:
    """Return that points are not drawn where the network met them, if they are not."""
    if split == "train" or not (experiment.standardize and experiment.fitted_on == "each"):
        return ""
    return (
        " They were scaled by themselves, so the network met them at other places than these, "
        "which are where they would be with the training set's mean and deviation."
    )


def _curves(seen: Seen) -> None:
    if seen.diagnosis is not None:
        elements.chart(
            charts.error_curves(seen.run, seen.diagnosis.best), sentences.curves(seen.run)
        )
