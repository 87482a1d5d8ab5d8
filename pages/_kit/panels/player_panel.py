"""The player on a page: it shows the run, and answers what the visitor asks of it."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import streamlit as st

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Points
from engine.experiment.problem import load
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.player import Gestures, player
from pages._kit.player.replay import Replay
from pages._kit.runs import words
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache

Labelled: TypeAlias = tuple[tuple[float, float, int], ...]
"""Points x1, x2 of the plane with their labels."""


class Shown(NamedTuple):
    """What the stage shows: the run, its film, and the epoch and theta (P,) where it rests.

    `run` is what the knobs train. The film is another one where the visitor has trained on from
    weights changed by hand, and `theta` is what such a change, kept at this frame, has made of it.
    """

    run: Run
    film: Replay
    epoch: float
    theta: Array
    is_end: bool
    is_edited: bool = False

    @property
    def when(self) -> str:
        """Say of which moment theta is: "epoch 420", and whether it was changed by hand."""
        return f"epoch {self.epoch:,.0f}{', edited by hand' if self.is_edited else ''}"

    @property
    def is_changed(self) -> bool:
        """Whether the network shown is, or comes of, one that was changed by hand."""
        return self.is_edited or len(self.film.origins) > 1


BEFORE = "This speaks of the run as its knobs train it, before your change."
"""What is said beside whatever is not about the network on a stage once that is changed."""


def of_the_run(shown: Shown, draw: Callable[[], None]) -> None:
    """Draw what is about the run, and say so where the network shown is another one."""
    elements.slot((lambda: elements.caption(BEFORE)) if shown.is_changed else None)
    draw()


def of_visit(visit: Visit) -> Shown:
    """Draw the player of a page that is about its experiment's own run."""
    title, epoch = words.task(visit.experiment), words.parse_epoch(visit.extras)
    return show(
        visit.lens, visit.experiment, title, epoch=epoch, can_build=_may_turn(visit, "hidden")
    )


def _may_turn(visit: Visit, name: str) -> bool:
    """Return whether the visitor may turn a knob: a lesson may hide it, or lock it."""
    lesson = visit.lesson
    is_free = lesson is None or (name in lesson.visible(visit.lens) and name not in lesson.locked)
    return is_free and name in visit.lens.knobs


def show(
    lens: Lens,
    experiment: Experiment,
    title: str,
    *,
    part: str = "main",
    epoch: float | None = None,
    height: int | None = None,
    can_build: bool = False,
) -> Shown:
    """Draw the player for an experiment on a lens's page.

    `part` tells several players of a page apart, `epoch` is where a link wants the film to open,
    `height` bounds the picture in pixels. With `can_build` the diagram can be given other layers.
    """
    key = f"{lens.path}.{part}"
    try:
        finished = cache.run(experiment)
    except ValueError as problem:  # a valid experiment that leaves nothing to train on
        st.warning(str(problem), icon=":material/info:")
        st.stop()
    film = _film(key, finished, session.rewinds(lens), epoch)
    gestures = player(
        film.movie(title),
        key=f"{key}.player",
        height=height,
        editable_points=experiment.dataset == "own",
        finer=film.batches > 1,
        widths=lens.offers.get("hidden", ()) if can_build else (),
    )
    changed = _answer(film, gestures)
    if changed is not None:
        session.put(key, _Kept(session.rewinds(lens), changed))
        st.rerun()
    if gestures.hidden is not None and gestures.hidden != experiment.hidden:
        _build(lens, experiment, gestures.hidden)
    if gestures.points:
        _take_points(lens, experiment, gestures.points, key)
    for note in _notes(key, experiment):
        elements.caption(f":material/info: {note}")
    resting = film.frame_at(gestures.epoch)
    at, is_end = float(film.steps[resting] / film.batches), resting == len(film.steps) - 1
    edit = gestures.edit
    if edit is not None and edit.step == film.steps[resting]:
        return Shown(finished, film, at, edit.theta, is_end, is_edited=True)
    return Shown(finished, film, at, film.thetas[resting], is_end)


def _build(lens: Lens, experiment: Experiment, hidden: tuple[int, ...]) -> None:
    """Turn the page to a network of other hidden layers; a new one is activated as the last."""
    activation: Any = experiment.activation
    if not isinstance(activation, str):
        activation = (*activation, *activation[-1:] * len(hidden))[: len(hidden)]
    wanted = experiment.but(hidden=hidden, activation=activation or lens.first.activation)
    session.set_knobs(lens, lens.bounded(wanted)[0])
    st.rerun()


def _take_points(lens: Lens, experiment: Experiment, points: Labelled, key: str) -> None:
    """Turn the page to points put in by hand, as far as the knob and the page allow."""
    knob = KNOBS["points"]
    assert isinstance(knob, Points)
    low, high = -knob.bound, knob.bound  # there is a margin in the picture around them
    wanted = experiment.but(
        points=[(min(max(x1, low), high), min(max(x2, low), high), y) for x1, x2, y in points]
    )
    wanted, notes = lens.bounded(wanted)
    if wanted != experiment:
        session.put(f"{key}.notes", (wanted, notes))
        session.set_knobs(lens, wanted)
        st.rerun()


def _notes(key: str, experiment: Experiment) -> list[str]:
    """Return what was said when points were put in by hand, until the next change."""
    of, notes = session.keep(f"{key}.notes", lambda: (experiment, list[str]()))
    return notes if of == experiment else []


class _Kept(NamedTuple):
    """The film as the visitor left it, and how often the page had been rewound by then."""

    rewinds: int
    film: Replay


def _film(key: str, finished: Run, rewinds: int, epoch: float | None) -> Replay:
    """Return the film as the visitor left it, or a fresh one for another experiment or a rewind."""
    kept: _Kept | None = session.keep(key, lambda: None)
    is_same = kept is not None and kept.film.experiment == finished.experiment
    if kept is not None and is_same and kept.rewinds == rewinds:
        return kept.film
    problem = load(finished.experiment)
    if kept is not None and is_same:
        film = Replay.of(finished, problem, rewound=True, edition=kept.film.edition + 1)
    else:
        film = Replay.of(finished, problem)
    if epoch is not None:
        film = film.opened_at(epoch)
    session.put(key, _Kept(rewinds, film))
    return film


def _answer(film: Replay, gestures: Gestures) -> Replay | None:
    """Return the film that a gesture asks for, or None."""
    if gestures.train_on is not None:
        asked = gestures.train_on
        onward = cache.train_to_end(film.experiment, asked.theta)
        return film.branched(asked.theta, asked.step, onward)
    if gestures.steps_from is not None:
        with cache.turn:
            return film.closer(gestures.steps_from, cache.turn.let_others, cache.marks)
    return None
