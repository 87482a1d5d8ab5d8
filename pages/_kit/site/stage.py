"""The stage is where a page shows what became of its experiment, and its hot knobs move it."""

import itertools
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar, cast

import streamlit as st

from engine.experiment import effort
from engine.experiment.digits import TRAINING_DIGITS
from engine.experiment.experiment import Experiment
from engine.experiment.wording import epochs
from pages._kit import hot
from pages._kit.knobs.hot import hot_knobs, turned
from pages._kit.site import below, elements, session
from pages._kit.site.session import Dragged
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.crowd import crowd

T = TypeVar("T")
Trained: TypeAlias = Callable[[Experiment], Sequence[Experiment]]

LIVE = 0.3
"""Seconds of training for a picture while a knob is dragged; what takes longer is cut short."""

FEWER_DIGITS = (50_000, 30_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""As many of these are left, where one epoch on all of them takes longer."""


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
            if is_first:
                return _draw_whole(visit, draw, trained)
            with crowd.drawing():
                return _draw_again(visit, draw, trained)
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
        settled=visit.experiment if dragged is not None and not dragged.is_over else None,
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
            session.count_try(lens)
            session.set_knobs(lens, lens.first.but(**chosen.knobs))
            for name, value in chosen.page_knobs.items():
                visit.set_page_knob(name, value)
            for name, value in chosen.kept.items():
                session.put(f"{lens.path}.{name}", value)
            if chosen.part:
                below.open_part(lens.path, chosen.part)

    names = {knob.name for knob in knobs}
    hot.draw(
        knobs,
        tries,
        key=key,
        is_live=not cache.turn.urgent and _seconds(trained(_briefest(now))) <= LIVE,
        answered=session.keep(sent, int),
        on_turn=turn,
        on_try=try_it,
    )


def _cut_short(experiment: Experiment, trained: Trained) -> tuple[Experiment, str]:
    """Return the experiment, or its beginning if it takes long, and a sentence that says so.

    Where one epoch takes long it is one on fewer of the digits.
    """
    seconds = _seconds(trained(experiment))
    if seconds <= LIVE:
        return experiment, ""
    fewer = max(1, int(experiment.epochs * LIVE / seconds))
    brief = experiment.but(epochs=fewer)
    told = f"While you drag, each network is trained for {epochs(fewer)}"
    if fewer < experiment.epochs:
        told += f" instead of {experiment.epochs:,}"
    digits = _digits(experiment)
    for some in FEWER_DIGITS:
        if _seconds(trained(brief)) > LIVE and some < digits:
            brief = brief.but(samples=some)
    if brief.samples != experiment.samples:
        told += f", on {brief.samples:,} of the {digits:,} digits"
    return brief, f"{told}."


def _briefest(experiment: Experiment) -> Experiment:
    brief = experiment.but(epochs=min(experiment.epochs, 1))
    has_many = _digits(experiment) > FEWER_DIGITS[-1]
    return brief.but(samples=FEWER_DIGITS[-1]) if has_many else brief


def _digits(experiment: Experiment) -> int:
    """Return how many digits an experiment has to train on, 0 where it has points."""
    return (experiment.samples or TRAINING_DIGITS) if experiment.data.of_images else 0


def _seconds(experiments: Sequence[Experiment]) -> float:
    return sum(effort.price(experiment).seconds for experiment in experiments)
