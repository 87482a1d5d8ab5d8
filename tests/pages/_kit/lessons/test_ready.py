"""The ready-made lessons: not done at their start, and done by the way that teachers are told."""

import pytest

from engine.experiment.experiment import KNOBS
from engine.training.sweep import sweep
from pages._batches import sizes
from pages._initialisation import schemes
from pages._kit.lessons import lesson
from pages._kit.lessons.lesson import are_met
from pages._kit.runs.outcome import Outcome
from pages._kit.site import sitemap
from pages._pages.registry import LENSES, READY
from pages._regularisation.regularisers import REGULARISERS, regularised
from tests.pages.offers import ROOT
from tests.rows import expected_of

ready = pytest.mark.parametrize(("path", "made"), READY.items(), ids=READY)


def shown(path, experiment):
    """The runs that a page shows of an experiment; any of them may reach a lesson's goals."""
    lens = LENSES[path]
    if path == "initialisation":
        chosen = schemes.experiments(experiment, lens.page_knob("schemes").default)
        return sweep(chosen, snapshots=2)
    if path == "regularisation":
        return sweep([regularised(experiment, name) for name in REGULARISERS], snapshots=2)
    if path == "batches":
        chosen = sizes.experiments(experiment, lens.page_knob("sizes").default)
        return sweep(chosen, snapshots=2)
    return sweep([experiment], snapshots=2)


def lens_of(path):
    return sitemap.page(path).lens


def is_reached(path, made, changes):
    lens = lens_of(path)
    if lens.measures:
        said = {own.name: changes.get(own.name, own.first) for own in lens.page_knobs}
        return are_met(made.lesson.goals, said)
    runs = shown(path, lens.defaults.but(**changes))
    return any(are_met(made.lesson.goals, Outcome.of(run)) for run in runs)


def test_every_page_that_trains_has_a_lesson():
    for path in LENSES:
        page = str(ROOT / f"pages/_{path}/page.py")
        expected_of(READY, path, "a ready-made lesson", "PAGE", page)


@ready
def test_its_link_opens_the_lesson_and_leaves_nothing_unread(path, made):
    lens, query = lens_of(path), made.link(lens_of(path))
    found, notes = lesson.read(query, lens)
    assert (found, notes) == (made.lesson, [])
    knobs = {name: text for name, text in query.items() if name not in lesson.PARAMETERS}
    for own in lens.page_knobs:
        if own.name in made.start:
            assert own.read(knobs.pop(own.name, None)) == (made.start[own.name], [])
    start = {name: value for name, value in made.start.items() if name in KNOBS}
    assert lens.read(knobs) == (lens.defaults.but(**start), [])


@ready
def test_the_way_there_turns_only_knobs_that_the_class_has(path, made):
    lens = lens_of(path)
    turned = {name for name in made.solution if name in KNOBS}
    assert turned <= set(made.lesson.visible(lens)) - set(made.lesson.locked)
    assert set(made.solution) - turned <= {own.name for own in lens.page_knobs}


@ready
def test_its_goals_are_not_reached_at_the_start_but_by_the_way_that_is_told(path, made):
    assert not is_reached(path, made, made.start)
    assert is_reached(path, made, {**made.start, **made.solution})
