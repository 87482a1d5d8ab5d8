"""The ready-made lessons: not done at their start, and done by the way that teachers are told."""

import pytest

from engine.training import run
from pages._shared import lesson
from pages._shared.atlas import LENSES
from pages._shared.lesson import are_met
from pages._shared.outcome import Outcome
from pages._shared.ready import READY

ready = pytest.mark.parametrize(("path", "made"), READY.items(), ids=READY)


def test_every_page_that_trains_has_a_lesson():
    assert set(READY) == set(LENSES)


@ready
def test_its_link_opens_the_lesson_and_leaves_nothing_unread(path, made):
    lens, query = LENSES[path], made.link(LENSES[path])
    found, notes = lesson.read(query, lens)
    assert (found, notes) == (made.lesson, [])
    knobs = {name: text for name, text in query.items() if name not in lesson.PARAMETERS}
    assert lens.read(knobs) == (lens.defaults.but(**made.start), [])


@ready
def test_the_way_there_turns_only_knobs_that_the_class_has(path, made):
    assert set(made.solution) <= set(made.lesson.visible(LENSES[path])) - set(made.lesson.locked)


@ready
def test_its_goals_are_not_reached_at_the_start_but_by_the_way_that_is_told(path, made):
    start = LENSES[path].defaults.but(**made.start)
    assert not are_met(made.lesson.goals, Outcome.of(run(start)))
    assert are_met(made.lesson.goals, Outcome.of(run(start.but(**made.solution))))
