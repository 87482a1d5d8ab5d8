"""What a visitor's session keeps: the open page, its knobs, pins and runs, by their names."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from engine.experiment.experiment import KNOBS, Experiment
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.runs.history import History
from pages._kit.training import visitor

T = TypeVar("T")

_PAGE, _AGAIN, _NOTES = "frame.page", "frame.again", "frame.notes"
_HELD, _EARLIER, _OF_PAGE = "frame.held", "frame.earlier", "frame.of_page"


def come_to(path: str) -> bool:
    """Remember which page is open; return whether the visitor has just come to it."""
    has_come = st.session_state.get(_PAGE) != path
    st.session_state[_PAGE] = path
    held = [] if has_come else st.session_state[_HELD]
    st.session_state[_HELD], st.session_state[_EARLIER] = held, len(held)
    return has_come


def page() -> str:
    """Return the path of the page that is open."""
    return str(st.session_state[_PAGE])


def page_if_any() -> str:
    """Return the path of the page that is open, "" before the first and outside of a visit."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return str(st.session_state.get(_PAGE, ""))


def knobs(lens: Lens) -> Experiment:
    """Return what a page's controls said last, at first what the page opens with."""
    kept: Experiment = st.session_state.get(_knobs(lens), lens.first)
    return kept


def keep_knobs(lens: Lens, experiment: Experiment) -> None:
    """Remember what a page's controls say."""
    st.session_state[_knobs(lens)] = experiment


def _knobs(lens: Lens) -> str:
    return f"lens.{lens.path}"


def set_knobs(lens: Lens, experiment: Experiment) -> None:
    """Set a page's controls; for callbacks and links, before the controls are drawn."""
    controls.forget(lens)
    keep_knobs(lens, experiment)


def open_run(lens: Lens, experiment: Experiment) -> None:
    """Set a page's controls so that it shows a run among others; as `turn`, for callbacks."""
    set_knobs(lens, experiment)
    for knob, name in lens.side_by_side.items():
        value = KNOBS[knob].write(getattr(experiment, knob))
        controls.add_to_page_knob(lens, lens.page_knob(name), value)


def keep(key: str, make: Callable[[], T]) -> T:
    """Return this visitor's object of that name, made at the first call."""
    if key not in st.session_state:
        st.session_state[key] = make()
    kept: T = st.session_state[key]
    return kept


def hold(thing: object) -> None:
    """Hold on to something shared as long as the page shows it, so that it is not let go."""
    st.session_state[_HELD].append(thing)


def let_go() -> None:
    """Let go of what only earlier runs of the page have held: it is all drawn, without them."""
    held = st.session_state[_HELD]
    del held[: st.session_state[_EARLIER]]
    st.session_state[_EARLIER], st.session_state[_OF_PAGE] = 0, len(held)


def let_go_of_drags() -> None:
    """Let go of what is held since the page was last drawn as a whole, by knobs being dragged."""
    del st.session_state[_HELD][st.session_state.get(_OF_PAGE, 0) :]


class Dragged(NamedTuple):
    """What a hot knob has made of a page's experiment; `sequence` numbers what the browser said."""

    experiment: Experiment
    is_over: bool
    sequence: int


def dragged(lens: Lens) -> Dragged | None:
    """Return what hot knobs have made of a page since it was last drawn as a whole."""
    found: Dragged | None = st.session_state.get(_dragged(lens))
    return found


def drag(lens: Lens, to: Dragged) -> None:
    """Keep what a hot knob has made of a page's experiment, until the page is drawn as a whole."""
    st.session_state[_dragged(lens)] = to


def settle(lens: Lens, is_wanted: bool) -> None:
    """Turn a page's knobs to where hot knobs have been dragged, before its controls are drawn.

    Where that is no longer wanted it is forgotten.
    """
    found: Dragged | None = st.session_state.pop(_dragged(lens), None)
    if is_wanted and found is not None and found.experiment != knobs(lens):
        set_knobs(lens, found.experiment)


def _dragged(lens: Lens) -> str:
    return f"{lens.path}.dragged"


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


def rewind(lens: Lens) -> None:
    """Go back to the start of the same run; for callbacks."""
    st.session_state[f"{lens.path}.rewinds"] = rewinds(lens) + 1


def rewinds(lens: Lens) -> int:
    """Return how often the visitor has asked for "again from the same start" on a page."""
    return int(st.session_state.get(f"{lens.path}.rewinds", 0))


def count_try(lens: Lens) -> None:
    """Remember that the visitor has tried something of a page's list; for callbacks."""
    st.session_state[f"{lens.path}.tries"] = tries(lens) + 1


def tries(lens: Lens) -> int:
    """Return how often the visitor has tried something of a page's list."""
    return int(st.session_state.get(f"{lens.path}.tries", 0))


def draw_again() -> None:
    """Draw the page anew, of itself: what was said to a visitor who has just come stays."""
    st.session_state[_AGAIN] = True
    st.rerun()


def heed() -> None:
    """End a page's run that has been drawn if the visitor has asked for something meanwhile.

    A part of the page that is to be drawn by itself, for a hot knob, is not begun by Streamlit
    before this run has ended: so it ends here. Not by `st.stop`, which calls off what was asked.
    """
    visitor.heed()
    context = get_script_run_ctx(suppress_warning=True)
    requests = None if context is None else context.script_requests
    if requests is not None and requests._state is ScriptRequestType.RERUN:
        raise StopException


def kept_notes(notes: list[str], has_come: bool) -> list[str]:
    """Return what to say: notes are for the moment one comes, however often that is drawn."""
    is_again = st.session_state.pop(_AGAIN, False)
    if has_come or not is_again:
        st.session_state[_NOTES] = notes
    return list(st.session_state[_NOTES])
