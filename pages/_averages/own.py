"""The panel for a series of one's own: pasted or brought as a file, and used in the picture."""

from collections.abc import Callable

import streamlit as st

from engine.experiment.wording import counted
from pages._averages import brought, prose
from pages._averages.lens import AVERAGES, MOST_DAYS, OWN
from pages._kit.site import session
from pages._kit.site.visit import Visit

TITLE = "Your own series"

_KEY = f"{AVERAGES.path}.{OWN}"
_TEXT, _FILE, _PROBLEM = (f"{_KEY}.{name}" for name in ("text", "file", "problem"))


def show(visit: Visit) -> None:
    """Offer both ways in, and say what has become of what was brought."""
    st.markdown(prose("own"))
    typed, file = st.columns(2)
    with typed:
        st.text_area(
            "Values, one a line or in a row", key=_TEXT, height=120, placeholder="10\n10\n12,5"
        )
        st.button(
            "Use these values", icon=":material/show_chart:", on_click=_take,
            args=(visit, lambda: session.keep(_TEXT, str).encode()),
        )  # fmt: skip
    with file:
        st.file_uploader(
            f"CSV or text, a column of up to {MOST_DAYS:,} numbers",
            key=_FILE,
            type=["csv", "txt"],
            on_change=_bring,
            args=(visit,),
        )
    problem = session.keep(_PROBLEM, str)
    st.caption(
        f":material/error: {problem} The series stays as it was." if problem else state(visit)
    )


def state(visit: Visit) -> str:
    """Say which series of one's own there is, and whether it travels in the link."""
    values = visit.page_knob_value(OWN)
    if not values:
        return "There is no series of your own yet."
    knob = AVERAGES.knob(OWN)
    assert isinstance(knob, brought.Brought)
    told = f"Your series has {counted(len(values), 'value')}. "
    if knob.travels(values):
        return told + "The link holds it."
    return told + "It is too long for a link: it stays in this tab."


def _bring(visit: Visit) -> None:
    """Take the file just brought."""
    file = session.keep(_FILE, lambda: None)
    if file is not None:
        _take(visit, file.getvalue)


def _take(visit: Visit, content: Callable[[], bytes]) -> None:
    """Use the values of a text in the picture, or keep the sentence that says what is wrong."""
    knob = AVERAGES.knob(OWN)
    assert isinstance(knob, brought.Brought)
    try:
        values = brought.read(content(), knob)
    except ValueError as error:
        session.put(_PROBLEM, str(error))
        return
    session.put(_PROBLEM, "")
    visit.set_page_knob(OWN, values)
    visit.set_page_knob("series", OWN)
    visit.set_page_knob("t", min(visit.page_knob_value("t"), len(values)))
