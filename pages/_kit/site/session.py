"""What a visitor's session keeps: the open page, its knobs, pins and runs, by their names."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.experiment.experiment import Experiment
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.runs.history import History

T = TypeVar("T")

_PAGE, _AGAIN, _NOTES = "frame.page", "frame.again", "frame.notes"
_HELD, _EARLIER = "frame.held", "frame.earlier"


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
        controls.add_to_page_knob(lens, lens.page_knob(name), getattr(experiment, knob))


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
    del st.session_state[_HELD][: st.session_state[_EARLIER]]
    st.session_state[_EARLIER] = 0


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


def draw_again() -> None:
    """Draw the page anew, of itself: what was said to a visitor who has just come stays."""
    st.session_state[_AGAIN] = True
    st.rerun()


def kept_notes(notes: list[str], has_come: bool) -> list[str]:
    """Return what to say: notes are for the moment one comes, however often that is drawn."""
    is_again = st.session_state.pop(_AGAIN, False)
    if has_come or not is_again:
        st.session_state[_NOTES] = notes
    return list(st.session_state[_NOTES])
