"""The stage is where a page shows what became of its experiment, and its hot knobs move it."""

import itertools
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar, cast

import streamlit as st

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.wording import epochs
from pages._kit import hot
from pages._kit.knobs.hot import hot_knobs, turned
from pages._kit.site import below, elements, session
from pages._kit.site.session import Dragged
from pages._kit.site.visit import Visit
from pages._kit.training import cache

T = TypeVar("T")
Trained: TypeAlias = Callable[[Experiment], Sequence[Experiment]]

LIVE = 0.3
"""Seconds of training for a picture while a knob is dragged; what takes longer is cut short."""


def alone(experiment: Experiment) -> Sequence[Experiment]:
    """Return what a page trains that shows its experiment's own run."""
    return [experiment]


def show(
    visit: Visit,
    draw: Callable[[Visit], T],
    trained: Trained = alone,
) -> T:
    """Draw a page's hot knobs and below them its picture, and return what `draw` returns.

    While a knob is dragged the picture alone is drawn anew, for what the knob says by then, by a
    `draw` whose visit has nothing to follow. `trained` says what is trained for a picture. When the
    knob is let go the whole page follows.
    """
    rounds, failed = itertools.count(), list[Exception]()

    @st.fragment
    def drawn() -> T | None:
        is_first = next(rounds) == 0
        try:
            return (
                _draw_whole(visit, draw, trained) if is_first else _draw_again(visit, draw, trained)
            )
        except Exception as error:  # in a fragment nobody would say what is wrong, in words
            failed.append(error)
        if not is_first:
            st.rerun()
        return None

    shown = drawn()
    if failed:
        raise failed[0]
    return cast("T", shown)


def _draw_whole(visit: Visit, draw: Callable[[Visit], T], trained: Trained) -> T:
    """Draw the row and the picture, as a part of the whole page."""
    row = st.container()
    shown = draw(visit)
    elements.slot(None)
    with row:
        _draw_row(visit, trained)
    return shown


def _draw_again(visit: Visit, draw: Callable[[Visit], T], trained: Trained) -> T:
    """Draw the picture by itself while a knob is dragged; else have the whole page follow."""
    dragged = session.dragged(visit.lens)
    if dragged is None:  # something was done in the picture
        _draw_whole(visit, draw, trained)
    if dragged is None or dragged.is_over:
        st.rerun()
    session.let_go_of_drags()
    row = st.container()
    brief, note = _cut_short(dragged.experiment, trained)
    shown = draw(visit._replace(experiment=brief, extras=None, followed=[]))
    elements.slot((lambda: st.caption(note)) if note else None)
    with row:
        _draw_row(visit, trained)
    return shown


def _draw_row(visit: Visit, trained: Trained) -> None:
    lens, lesson, key = visit.lens, visit.lesson, f"{visit.lens.path}.hot"
    dragged = session.dragged(lens)
    now = visit.experiment if dragged is None else dragged.experiment
    knobs = hot_knobs(
        lens,
        now,
        shown=lens.knobs if lesson is None else lesson.visible(lens),
        locked=() if lesson is None else lesson.locked,
    )
    tries = lens.tries if lesson is None else ()
    if not knobs and not tries:
        return
    sent = f"{key}.sequence"

    def turn() -> None:
        said = hot.read_turn(session.keep(key, dict))
        if said is None:
            return
        session.put(sent, said.sequence)
        before = session.dragged(lens)
        base = session.knobs(lens) if before is None else before.experiment
        after = turned(lens, base, said.name, said.value) if said.name in names else None
        session.drag(lens, Dragged(after or base, said.is_over or after is None, said.sequence))

    def try_it() -> None:
        which = hot.read_try(session.keep(key, dict), len(tries))
        if which is not None:
            chosen = tries[which]
            session.set_knobs(lens, lens.first.but(**chosen.knobs))
            for name, value in chosen.kept.items():
                session.put(f"{lens.path}.{name}", value)
            if chosen.part:
                below.open_part(lens.path, chosen.part)

    names = {knob.name for knob in knobs}
    hot.draw(
        knobs,
        tries,
        key=key,
        is_live=not cache.turn.waiting and _seconds(trained(_briefest(now))) <= LIVE,
        answered=session.keep(sent, int),
        on_turn=turn,
        on_try=try_it,
    )


def _cut_short(experiment: Experiment, trained: Trained) -> tuple[Experiment, str]:
    """Return the experiment, or its beginning if it takes long, and a sentence that says so."""
    seconds = _seconds(trained(experiment))
    if seconds <= LIVE:
        return experiment, ""
    fewer = max(1, int(experiment.epochs * LIVE / seconds))
    return experiment.but(epochs=fewer), (
        f"While you drag, each network is trained for {epochs(fewer)} instead of "
        f"{experiment.epochs:,}."
    )


def _briefest(experiment: Experiment) -> Experiment:
    return experiment.but(epochs=min(experiment.epochs, 1))


def _seconds(experiments: Sequence[Experiment]) -> float:
    return sum(effort.price(experiment).seconds for experiment in experiments)
