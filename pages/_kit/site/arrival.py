"""Arrival by a link: it sets the page, and what of it cannot be used is said."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from engine.experiment.experiment import Experiment
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.lessons import classroom, lesson
from pages._kit.lessons.lesson import Lesson
from pages._kit.link import VERSION
from pages._kit.runs import pins
from pages._kit.site import session

PANEL, PINS = "panel", "pins"
"""The link's parameters that every page has, besides its knobs and page_knobs."""

_VERSION = "v"
_OURS = ("embed", "embed_options")


class Arrival(NamedTuple):
    """What a link brought: the page's own parameters by name, and what was not usable of it."""

    extras: Mapping[str, str]
    notes: list[str]


class Given(NamedTuple):
    """A lesson that came by a link: what it starts from, and whether the visitor has left it."""

    lesson: Lesson
    start: Experiment
    is_left: bool = False


def arrive(lens: Lens, query: dict[str, str], extras: Sequence[str]) -> Arrival:
    """Set the page as a link says; `extras` are the parameters that the page itself reads."""
    for name in _OURS:
        query.pop(name, None)
    notes = _of_version(query.pop(_VERSION, ""))
    arrived = {name: query.pop(name) for name in (*extras, PANEL) if name in query}
    task, remarks = lesson.read(query, lens)
    for name in lesson.PARAMETERS:
        query.pop(name, None)
    kept, of_pins = pins.read(lens, query.pop(PINS, ""))
    session.put(f"{lens.path}.pins", kept)
    of_page_knobs: list[str] = []
    for page_knob in lens.page_knobs:
        value, of_page_knob = page_knob.read(query.pop(page_knob.name, None))
        controls.set_page_knob(lens, page_knob.name, value)
        of_page_knobs += of_page_knob
    experiment, unusable = lens.read(query)
    session.set_knobs(lens, experiment)
    session.put(_lesson(lens), task and Given(task, experiment))
    return Arrival(arrived, [*notes, *remarks, *unusable, *of_page_knobs, *of_pins])


def _of_version(text: str) -> list[str]:
    if text in ("", VERSION):
        return []
    return ["It was made by another version of this app."]


def given(lens: Lens) -> Given | None:
    """Return the lesson that came by a page's link."""
    return session.keep(_lesson(lens), lambda: None)


def _lesson(lens: Lens) -> str:
    return f"{lens.path}.lesson"


def lesson_bar(lens: Lens, given: Given) -> None:
    """Draw the task, or a way back to it."""

    def leave(is_left: bool) -> None:
        session.put(_lesson(lens), given._replace(is_left=is_left))

    if given.is_left:
        st.button("Back to the lesson", icon=":material/school:", on_click=leave, args=(False,))
        return
    words, way_out = st.columns([4, 1])
    with words:
        classroom.heading(given.lesson)
    way_out.button(
        "Show the whole page", icon=":material/lock_open:", on_click=leave, args=(True,),
        width="stretch",
    )  # fmt: skip
