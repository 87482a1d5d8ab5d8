"""A visit is one run of a page: what its controls say, what came by the link, what it follows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from engine.experiment.experiment import Experiment
from engine.training.run import Run
from pages._kit import tour
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.lessons import classroom, lesson, teachers
from pages._kit.lessons.lesson import Lesson
from pages._kit.link import link
from pages._kit.runs import pins
from pages._kit.runs.outcome import Outcome
from pages._kit.site import arrival, below, elements, navigation, session, sitemap
from pages._kit.site.arrival import PANEL, PINS, Given


class Visit(NamedTuple):
    """One run of a page: what its controls say, and what came by the link.

    `extras` are the link's parameters that are no knobs, when the visitor has just come by one,
    else None; `notes` say what of the link could not be used, for the page to `say`. `lesson` is
    what the visitor was given as a task, or None. The places are where `finished` says whether its
    goal is reached, and where the link is drawn by `close`, which ends the page and lets what is
    `followed` go on, in that order.
    """

    lens: Lens
    experiment: Experiment
    extras: Mapping[str, str] | None
    notes: list[str]
    lesson: Lesson | None
    goal_place: Any
    link_place: Any
    followed: list[Callable[[], None]]

    def page_knob(self, name: str) -> Any:
        """Draw one of the page's own controls here, and return what it says."""
        return controls.page_knob(self.lens, self.lens.page_knob(name))

    def page_knob_value(self, name: str) -> Any:
        """Return what one of the page's own controls says, without drawing it."""
        return controls.page_knob_value(self.lens, self.lens.page_knob(name))

    def set_page_knob(self, name: str, value: Any) -> None:
        """Set one of the page's own controls; for callbacks."""
        controls.set_page_knob(self.lens, name, value)

    def in_address(self, name: str) -> str:
        """Return a parameter as the address has it now: of a picture, which tells only the link."""
        return str(st.query_params.get(name, ""))

    def finished(self, *runs: Run, note: str = "") -> None:
        """Hand over what the page shows: the runs join the visitor's, and a lesson is judged.

        Of several runs the first one that reaches the lesson's goals is judged, else the last; none
        where the page's own controls are, by `judge`.
        `note` is said with the judgement, where the network on the page is not quite the run's.
        """
        outcomes = [Outcome.of(run) for run in runs]
        for outcome in reversed(outcomes):
            session.history().add(self.lens.path, outcome)
        if self.lesson is not None and not self.lens.measures:
            goals = self.lesson.goals
            best = next((o for o in outcomes if lesson.are_met(goals, o)), outcomes[-1])
            with self.goal_place:
                classroom.judge(self.lesson, best)
                elements.slot((lambda: st.caption(note)) if note else None)

    def judge(self) -> None:
        """Judge a lesson by what the page's own controls say, where it is they that answer it."""
        if self.lesson is not None:
            said = {own.name: self.page_knob_value(own.name) for own in self.lens.page_knobs}
            with self.goal_place:
                classroom.judge(self.lesson, said)

    def panels(self, panels: Mapping[str, Mapping[str, Callable[[], None]]]) -> str:
        """Let the visitor choose one of the panels below the picture, and a part of it; draw that.

        `panels` holds the parts of each by their titles. One for teachers is added to the last.
        Returns the part's title for the link, "" for the first, which is where the page begins. In
        a lesson there are none: the page stays calm.
        """
        *_, last = panels
        offered = {title: dict(parts) for title, parts in panels.items()}
        offered[last][teachers.TITLE] = self._teach
        if self.extras is not None:
            below.come_to(self.lens.path, self.extras.get(PANEL, ""))
        return "" if self.lesson is not None else below.show(self.lens.path, offered)

    def _teach(self) -> None:
        page = sitemap.page(self.lens.path)
        teachers.show(self.lens, self.experiment, page.plan, page.lesson)

    def follow(self, go_on: Callable[[], None]) -> None:
        """Call this at the page's end: it trains for a moment and draws the page anew, or returns.

        What was followed first goes on first.
        """
        self.followed.append(go_on)

    def close(self, **extras: str) -> None:
        """Put all knobs, pins and the page's own parameters, if not empty, into the address.

        This ends the page: what is followed goes on.
        """
        parameters = self.lens.write(self.experiment) | controls.written_page_knobs(self.lens)
        extras[PINS] = pins.write(self.lens, session.pinned(self.lens))
        parameters |= {name: text for name, text in extras.items() if text}
        if self.lesson is not None:
            parameters |= lesson.write(self.lesson)
        with self.link_place:
            link(self.lens.address(parameters), key=f"{self.lens.path}.link")
        session.let_go()
        for go_on in self.followed:
            go_on()


def open_lens(
    lens: Lens,
    question: str,
    extras: Sequence[str] = (),
    beside: Sequence[str] = (),
    stops: Sequence[tour.Stop] = tour.STOPS,
) -> Visit:
    """Draw the question and the controls; return what they say.

    {aim} in the question stands for what the data set asks of a network.

    A visitor who comes by a link sees what the link says, one who comes back finds the page as it
    was left. `extras` names the link's parameters that the page itself reads, `beside` those of its
    own controls that stand below the knobs, `stops` are those of the tour. In a lesson the page has
    the lesson's title, task and goals above it, and only the lesson's knobs beside it.
    """
    has_come = navigation.begin(lens.path)
    notes: list[str] = []
    arrived: Mapping[str, str] | None = None
    if has_come and st.query_params:
        arrived, notes = arrival.arrive(lens, dict(st.query_params), extras)
    elif has_come:
        controls.forget(lens)
    notes = session.kept_notes(notes, has_come)
    session.settle(lens, is_wanted=not has_come)
    given = arrival.given(lens)
    task = given.lesson if given and not given.is_left else None
    with st.sidebar:
        experiment = controls.draw(
            lens,
            session.knobs(lens),
            shown=task.visible(lens) if task else None,
            locked=task.locked if task else (),
        )
        for name in beside:
            controls.page_knob(lens, lens.page_knob(name))
        _buttons(lens, experiment, given.start if given and task else lens.first, task)
    session.keep_knobs(lens, experiment)
    links = _heading(question.format(aim=experiment.data.aim))
    if task is None:
        with links:
            tour.offer(key=f"{lens.path}.tour", stops=stops)
    goal_place = _task(lens, given, task)
    return Visit(lens, experiment, arrived, notes, task, goal_place, links, [])


def open_picture(lens: Lens, title: str, stops: Sequence[tour.Stop] = ()) -> Visit:
    """Draw the title; return the visit of a page whose only knobs are those in its picture.

    Who comes by a link sees what it says, a lesson too where the page has something to judge one
    by. The tour is offered that makes these `stops`.
    """
    has_come = navigation.begin(lens.path)
    notes: list[str] = []
    arrived: Mapping[str, str] | None = None
    if has_come and st.query_params:
        arrived, notes = arrival.arrive(lens, dict(st.query_params), ())
    session.settle(lens, is_wanted=not has_come)
    given = arrival.given(lens) if lens.measures else None
    task = given.lesson if given and not given.is_left else None
    links = _heading(title)
    if stops and task is None:
        with links:
            tour.offer(key=f"{lens.path}.tour", stops=stops)
    goal_place = _task(lens, given, task)
    return Visit(lens, session.knobs(lens), arrived, notes, task, goal_place, links, [])


def _task(lens: Lens, given: Given | None, task: Lesson | None) -> Any:
    """Draw a lesson that was given, or the way back to it; return the place for its goals."""
    goal_place = st.container(border=task is not None)
    if given is not None:
        with goal_place:
            arrival.lesson_bar(lens, given)
    return goal_place


def _heading(text: str) -> Any:
    """Draw a page's heading; return the place beside it, in which the link goes."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.header(text, anchor=False)
        return st.container(horizontal=True, wrap=False, width="content", gap="xsmall")


def _buttons(lens: Lens, experiment: Experiment, start: Experiment, task: Lesson | None) -> None:
    st.button(
        "Again from the same start",
        icon=":material/replay:",
        help="Go back to epoch 0 of the same run: same data, same initial weights.",
        on_click=session.rewind,
        args=(lens,),
        width="stretch",
    )
    st.button(
        "Another seed",
        icon=":material/casino:",
        help="Draw other initial weights, another order of mini-batches and other dropout masks; "
        "all else stays.",
        on_click=session.set_knobs,
        args=(lens, experiment.but(seed=(experiment.seed + 1) % 2**31)),
        width="stretch",
        disabled=task is not None and "seed" in task.locked,
    )
    st.button(
        "All knobs to their defaults",
        icon=":material/restart_alt:",
        on_click=_begin_anew,
        args=(lens, start, task),
        width="stretch",
    )


def _begin_anew(lens: Lens, start: Experiment, task: Lesson | None) -> None:
    """Set all knobs to where a visitor finds them, those of the page too that differ in links."""
    session.set_knobs(lens, start)
    for own in lens.page_knobs if task is None else ():
        if own.opening is not None:
            controls.set_page_knob(lens, own.name, own.opening)
