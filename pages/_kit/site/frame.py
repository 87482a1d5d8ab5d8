"""The frame around every page: navigation, the question, the controls, and a state that stays."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import streamlit as st

from engine.experiment.experiment import Experiment
from engine.training.run import Run
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.lessons import classroom, lesson, teachers
from pages._kit.lessons.lesson import Lesson
from pages._kit.link import VERSION, link
from pages._kit.runs import pins
from pages._kit.runs.history import History
from pages._kit.runs.outcome import Outcome
from pages._kit.site import sitemap
from pages._kit.training.turn import BusyError

T = TypeVar("T")

_ICON = Path(__file__).with_name("icon.svg")

_NAVIGATED = "frame.navigated"
_PAGE = "frame.page"


def run() -> None:
    """Draw the navigation and run the chosen page; the entry file's only call."""
    st.session_state[_NAVIGATED] = True
    try:
        _navigation().run()
    except BusyError as busy:
        st.warning(str(busy), icon=":material/hourglass_top:")
        st.button("Try again")


def _navigation() -> Any:
    # Before st.navigation, or the browser would fetch the page's Material icon from the network.
    st.set_page_config(page_icon=str(_ICON), layout="wide")
    start = sitemap.pages()[0]
    pages = {"": [st.Page(start.file, title=start.title, icon=start.icon, default=True)]}
    for section, found in sitemap.sections().items():
        pages[section] = [st.Page(page.file, title=page.title, icon=page.icon) for page in found]
    return st.navigation(pages)


def begin(path: str) -> bool:
    """Call this first on every page; return whether the visitor has just come to it.

    On a server that has just started, a deep link is answered by Streamlit's own discovery of the
    folder pages/, without the entry file: then switch that off for good and start over.
    """
    if _NAVIGATED not in st.session_state:
        _navigation()
        st.rerun()
    has_come = st.session_state.get(_PAGE) != path
    st.session_state[_PAGE] = path
    return has_come


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

    def dial(self, name: str) -> Any:
        """Draw one of the page's own controls here, and return what it says."""
        return controls.dial(self.lens, self.lens.dial(name))

    def dial_value(self, name: str) -> Any:
        """Return what one of the page's own controls says, without drawing it."""
        return controls.dial_value(self.lens, self.lens.dial(name))

    def set_dial(self, name: str, value: Any) -> None:
        """Set one of the page's own controls; for callbacks."""
        controls.set_dial(self.lens, name, value)

    def finished(self, *runs: Run, note: str = "") -> None:
        """Hand over what the page shows: the runs join the visitor's, and a lesson is judged.

        Of several runs the first one that reaches the lesson's goals is judged, else the last.
        `note` is said with the judgement, where the network on the page is not quite the run's.
        """
        outcomes = [Outcome.of(run) for run in runs]
        for outcome in reversed(outcomes):
            history().add(self.lens.path, outcome)
        if self.lesson is not None:
            goals = self.lesson.goals
            best = next((o for o in outcomes if lesson.are_met(goals, o)), outcomes[-1])
            with self.goal_place:
                classroom.judge(self.lesson, best)
                slot((lambda: st.caption(note)) if note else None)

    def panels(self, panels: Mapping[str, Callable[[], None]]) -> str:
        """Let the visitor choose one of the panels below the picture, and draw it.

        One for teachers is added to them. Returns the panel's title for the link, "" for the first,
        which is where the page begins. In a lesson there are none: the page stays calm.
        """
        key, titles = f"{self.lens.path}.panel", [*panels, teachers.TITLE]
        if self.extras is not None:
            put(key, self.extras.get(PANEL))
        if self.lesson is not None:
            return ""
        chosen = choose("Below the picture", titles, key)
        # Each has a place of its own, so that the one before is gone before this one is drawn.
        places = {title: st.container() if title == chosen else st.empty() for title in titles}
        with places[chosen]:
            if chosen == teachers.TITLE:
                page = sitemap.page(self.lens.path)
                teachers.show(self.lens, self.experiment, page.plan, page.lesson)
            else:
                panels[chosen]()
        return "" if chosen == titles[0] else chosen

    def follow(self, go_on: Callable[[], None]) -> None:
        """Call this at the page's end: it trains for a moment and draws the page anew, or returns.

        What was followed first goes on first.
        """
        self.followed.append(go_on)

    def close(self, **extras: str) -> None:
        """Put knobs, dials, pins and the page's own parameters, if not empty, into the address.

        This ends the page: what is followed goes on.
        """
        parameters = self.lens.write(self.experiment) | controls.written_dials(self.lens)
        extras[PINS] = pins.write(self.lens, pinned(self.lens))
        parameters |= {name: text for name, text in extras.items() if text}
        if self.lesson is not None:
            parameters |= lesson.write(self.lesson)
        with self.link_place:
            link(self.lens.address(parameters), key=f"{self.lens.path}.link")
        for go_on in self.followed:
            go_on()


def say(notes: Sequence[str]) -> None:
    """Say in one note what of a link could not be used."""
    if notes:
        st.info(
            "Part of the link could not be used. " + " ".join(notes), icon=":material/link_off:"
        )


def open_lens(lens: Lens, question: str, extras: tuple[str, ...] = ()) -> Visit:
    """Draw the question and the controls; return what they say.

    {aim} in the question stands for what the data set asks of a network.

    A visitor who comes by a link sees what the link says, one who comes back finds the page as it
    was left. `extras` names the link's parameters that the page itself reads. In a lesson the page
    has the lesson's title, task and goals above it, and only the lesson's knobs beside it.
    """
    has_come, store = begin(lens.path), f"lens.{lens.path}"
    notes: list[str] = []
    arrived: dict[str, str] | None = None
    if has_come and st.query_params:
        arrived, notes = _arrive(lens, dict(st.query_params), (*extras, PANEL))
    elif has_come:
        controls.forget(lens)
    notes = _kept_notes(notes, has_come)
    given: _Given | None = st.session_state.get(f"{lens.path}.lesson")
    task = given.lesson if given and not given.is_left else None
    with st.sidebar:
        experiment = controls.draw(
            lens,
            st.session_state.get(store, lens.first),
            shown=task.visible(lens) if task else None,
            locked=task.locked if task else (),
        )
        _buttons(lens, experiment, given.start if given and task else lens.first, task)
    st.session_state[store] = experiment
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.header(question.format(aim=experiment.data.aim), anchor=False)
    links = right.container(horizontal=True, horizontal_alignment="right")
    goal_place = st.container(border=task is not None)
    if given is not None:
        with goal_place:
            _lesson_bar(lens, given)
    return Visit(lens, experiment, arrived, notes, task, goal_place, links, [])


def draw_again() -> None:
    """Draw the page anew, of itself: what was said to a visitor who has just come stays."""
    st.session_state[_AGAIN] = True
    st.rerun()


def _kept_notes(notes: list[str], has_come: bool) -> list[str]:
    """Return what to say: notes are for the moment one comes, however often that is drawn."""
    is_again = st.session_state.pop(_AGAIN, False)
    if has_come or not is_again:
        st.session_state[_NOTES] = notes
    return list(st.session_state[_NOTES])


_AGAIN, _NOTES = "frame.again", "frame.notes"
_VERSION, PANEL, PINS = "v", "panel", "pins"
_OURS = ("embed", "embed_options")


class _Given(NamedTuple):
    """A lesson that came by a link: what it starts from, and whether the visitor has left it."""

    lesson: Lesson
    start: Experiment
    is_left: bool = False


def _arrive(
    lens: Lens, query: dict[str, str], extras: tuple[str, ...]
) -> tuple[dict[str, str], list[str]]:
    """Set the page as a link says; return the page's own parameters, and what was not usable."""
    for name in _OURS:
        query.pop(name, None)
    notes = _of_version(query.pop(_VERSION, ""))
    arrived = {name: query.pop(name) for name in extras if name in query}
    task, remarks = lesson.read(query, lens)
    for name in lesson.PARAMETERS:
        query.pop(name, None)
    kept, of_pins = pins.read(lens, query.pop(PINS, ""))
    put(f"{lens.path}.pins", kept)
    of_dials: list[str] = []
    for dial in lens.dials:
        value, of_dial = dial.read(query.pop(dial.name, None))
        controls.set_dial(lens, dial.name, value)
        of_dials += of_dial
    experiment, unusable = lens.read(query)
    turn(lens, experiment)
    st.session_state[f"{lens.path}.lesson"] = task and _Given(task, experiment)
    return arrived, [*notes, *remarks, *unusable, *of_dials, *of_pins]


def _of_version(text: str) -> list[str]:
    if text in ("", VERSION):
        return []
    return ["It was made by another version of this app."]


def _lesson_bar(lens: Lens, given: _Given) -> None:
    """Draw the task, or a way back to it."""
    key = f"{lens.path}.lesson"

    def leave(is_left: bool) -> None:
        st.session_state[key] = given._replace(is_left=is_left)

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


def turn(lens: Lens, experiment: Experiment) -> None:
    """Set a page's controls; for callbacks and links, before the controls are drawn."""
    controls.forget(lens)
    st.session_state[f"lens.{lens.path}"] = experiment


def open_run(lens: Lens, experiment: Experiment) -> None:
    """Set a page's controls so that it shows a run among others; as `turn`, for callbacks."""
    turn(lens, experiment)
    for knob, name in lens.side_by_side.items():
        controls.add_to_dial(lens, lens.dial(name), getattr(experiment, knob))


def keep(key: str, make: Callable[[], T]) -> T:
    """Return this visitor's object of that name, made at the first call."""
    if key not in st.session_state:
        st.session_state[key] = make()
    kept: T = st.session_state[key]
    return kept


def put(key: str, value: Any) -> None:
    """Put another object under a name that `keep` or `choose` knows."""
    st.session_state[key] = value
    st.session_state.pop(f"{key}.widget", None)


def pinned(lens: Lens) -> list[Experiment]:
    """Return the runs pinned on a page, a list that may be changed."""
    return keep(f"{lens.path}.pins", list)


def history() -> History:
    """Return the runs of this visit, from all pages."""
    return keep("frame.history", History)


def has_reported(key: str) -> bool:
    """Return whether the component of that key is on screen and has told its state."""
    return key in st.session_state


def choose(label: str, options: Sequence[str], key: str) -> str:
    """Let the visitor choose one of a few, and remember it when the page is left."""
    widget = f"{key}.widget"
    if widget not in st.session_state:
        kept = st.session_state.get(key)
        st.session_state[widget] = kept if kept in options else options[0]
    chosen = st.segmented_control(
        label, options, key=widget, required=True, label_visibility="collapsed"
    )
    st.session_state[key] = chosen
    return str(chosen)


def slot(draw: Callable[[], object] | None) -> None:
    """Draw something, or where there is nothing to draw, an empty element in its place.

    The browser knows elements by counting them, and what a run of the page has less than the one
    before it clears away at the run's very end. With a training under way, which draws the page
    anew before it comes to its end, that takes as long as the training. So what is not there in
    every run has a place that is: then nothing below it moves, and nothing is left of it.
    """
    with st.empty() if draw is None else st.container():
        if draw is not None:
            draw()


def draw_unless(reason: str, draw: Callable[[], None]) -> None:
    """Say why something cannot be shown now; without a reason, show it."""
    slot((lambda: st.caption(reason)) if reason else None)
    slot(None if reason else draw)


def switch(label: str, key: str) -> bool:
    """Let the visitor turn something on or off, for all pages at once; at first it is on."""
    widget = f"{st.session_state[_PAGE]}.{key}"
    if widget not in st.session_state:
        st.session_state[widget] = keep(key, lambda: True)
    st.session_state[key] = st.toggle(label, key=widget)
    return bool(st.session_state[key])


def _buttons(lens: Lens, experiment: Experiment, start: Experiment, task: Lesson | None) -> None:
    st.button(
        "Again from the same start",
        icon=":material/replay:",
        help="Go back to epoch 0 of the same run: same data, same initial weights.",
        on_click=_rewind,
        args=(lens,),
        width="stretch",
    )
    st.button(
        "Another seed",
        icon=":material/casino:",
        help="Draw other initial weights, another order of mini-batches and other dropout masks; "
        "all else stays.",
        on_click=turn,
        args=(lens, experiment.but(seed=(experiment.seed + 1) % 2**31)),
        width="stretch",
        disabled=task is not None and "seed" in task.locked,
    )
    st.button(
        "All knobs to their defaults",
        icon=":material/restart_alt:",
        on_click=turn,
        args=(lens, start),
        width="stretch",
    )


def _rewind(lens: Lens) -> None:
    st.session_state[f"{lens.path}.rewinds"] = rewinds(lens) + 1


def rewinds(lens: Lens) -> int:
    """Return how often the visitor has asked for "again from the same start" on a page."""
    return int(st.session_state.get(f"{lens.path}.rewinds", 0))


_INK = {"light": "#1F2933", "dark": "#E6EBF0"}
"""The text colours of .streamlit/config.toml."""


def chart(
    spec: dict[str, Any],
    sentence: str,
    *,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a chart and say below it in words what it shows.

    `on_select` is called when something in it is chosen; what it is, `keep(key)` then tells.
    """
    # Vega writes in black, whatever the theme; axes and legends are Streamlit's, and follow it.
    config = {**spec.get("config", {}), "text": {"color": _INK[st.context.theme.type or "light"]}}
    st.vega_lite_chart(
        {**spec, "config": config}, width="stretch", key=key, on_select=on_select or "ignore"
    )
    st.caption(sentence)
