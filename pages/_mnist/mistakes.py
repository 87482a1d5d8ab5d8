"""Which digits the network misreads, and as what."""

from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.wording import are, counted, percent
from engine.inspection.confusion import Confusion
from engine.nn.types import Array
from pages._kit.runs.words import a
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.tiles import tiles
from pages._kit.training.live import Live
from pages._mnist import charts_inside as charts
from pages._mnist import one_digit, picks
from pages._mnist.insight import CLASSES, Insight, shared_insight

_COUNTS, _SHARES = "Counts", "Per cent of the row"
TITLE = "Mistakes"

_TRUE, _READ = "mnist.mistakes.true", "mnist.mistakes.read"
_TURNS = "mnist.mistakes.turns"
_SHOWN = "mnist.mistakes.shown"
_ANY = "any"
_OPTIONS = (_ANY, *map(str, range(CLASSES)))
_SHEET = 30
"""So many digits are shown at once."""

_MOST_TIES = 2
"""So many confusions are named besides, if they are as common as the first."""


def show(visit: Visit, live: Live) -> None:
    """Draw the confusion matrix, each digit's accuracy, and the digits behind every number."""
    elements.draw_unless(
        "The network is learning. Its mistakes are shown when it rests." if live.is_running else "",
        lambda: _look(live),
    )


def _look(live: Live) -> None:
    insight = shared_insight(live)
    if not insight.is_finite:
        elements.caption("The numbers in this network have overflowed: it reads nothing any more.")
        return
    st.markdown(summary(insight.confusion))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _matrix(insight.confusion)
    with right:
        _accuracy(insight.confusion)
    _digits(insight)


def summary(seen: Confusion) -> str:
    """Return in words how much is misread, and what most often."""
    text = (
        f"**{seen.wrong:,} of {seen.m:,} test digits {are(seen.wrong)} misread "
        f"({percent(seen.wrong / max(seen.m, 1))}).**"
    )
    common = seen.most_common()
    if not common:
        return text
    (i, j), *others = common
    ties = "".join(f", as often as {a(true)} as {a(read)}" for true, read in others[:_MOST_TIES])
    return (
        f"{text} The most common confusion: {a(i)} is read as {a(j)}, "
        f"{counted(seen.counts[i, j], 'time')} ({percent(float(seen.shares[i, j]))} of all "
        f"{seen.sizes[i]:,} digits {i}){ties}."
    )


def _matrix(seen: Confusion) -> None:
    choice = elements.choose("Numbers", (_COUNTS, _SHARES), key="mnist.mistakes.numbers")
    label, read_as = _wanted()
    marked = None if label is None or read_as is None else (label, read_as)
    key = f"mnist.mistakes.matrix.{session.keep(_TURNS, int)}"
    elements.chart(
        charts.confusion_matrix(seen, choice == _SHARES, marked),
        "A row holds all test digits of one class, a column all that were read alike. Blue cells "
        "are right, orange ones wrong, the deeper the more. Choose a cell to see its digits.",
        key=key,
        on_select=lambda: _open_cell(session.keep(key, dict)),
    )


def _open_cell(event: Any) -> None:
    """Show the digits of the cell that was clicked."""
    for cell in event.get("selection", {}).get(charts.CELL, []):
        true, read = str(cell.get("true")), str(cell.get("read"))
        if true in _OPTIONS and read in _OPTIONS:
            session.put(_TRUE, true)
            session.put(_READ, read)


def _forget_cell() -> None:
    """Draw the matrix as a new one, in which no cell is chosen, so that every cell can be."""
    session.put(_TURNS, session.keep(_TURNS, int) + 1)


def _accuracy(seen: Confusion) -> None:
    accuracy = np.diagonal(seen.shares)
    worst, best = int(accuracy.argmin()), int(accuracy.argmax())
    low, high = (float(end[worst]) for end in seen.interval())
    elements.chart(
        charts.class_accuracy(seen),
        f"The {worst} is the hardest digit, {percent(float(accuracy[worst]))} read right, the "
        f"{best} the easiest, {percent(float(accuracy[best]))}. The bars are 95 % intervals "
        f"(Wilson): with {seen.sizes[worst]:,} digits {worst} a share between {percent(low)} and "
        f"{percent(high)} would not surprise.",
        key="mnist.mistakes.accuracy",
    )


def _wanted() -> tuple[int | None, int | None]:
    """Return which true class and which reading the visitor asks for; None stands for any."""
    true, read = (session.keep(key, lambda: _ANY) for key in (_TRUE, _READ))
    return (None if true == _ANY else int(true)), (None if read == _ANY else int(read))


def _digits(insight: Insight) -> None:
    st.subheader("The digits themselves", anchor=False)
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    for column, title, key in ((left, "True digit", _TRUE), (middle, "Read as", _READ)):
        column.selectbox(title, _OPTIONS, key=key, persist_state="session", on_change=_forget_cell)
    label, read_as = _wanted()
    found, heading = chosen(insight, label, read_as)
    if not len(found):
        st.markdown(heading)
        return
    start = 0
    if len(found) > _SHEET:
        sheets = -(-len(found) // _SHEET)
        sheet = right.number_input(
            f"Page of digits, 1 to {sheets}",
            1,
            sheets,
            key=f"mnist.mistakes.sheet.{label}.{read_as}.{sheets}",
        )
        start = _SHEET * (int(sheet) - 1)
    st.markdown(heading)
    _sheet(insight, found[start : start + _SHEET])


def chosen(insight: Insight, label: int | None, read_as: int | None) -> tuple[Array, str]:
    """Return the positions of the digits that are asked for, in order, and a sentence on them."""
    whom = "digit" if label is None else f"digit {label}"
    whoms = "digits" if label is None else f"digits {label}"
    if label is not None and label == read_as:
        found, how, first = insight.read_right(label)[::-1], "read right", "least sure"
    else:
        found, first = insight.misread(label, read_as), "surest"
        how = "misread" if read_as is None else f"wrongly read as {read_as}"
    counted = _many(len(found), f"{whom} is", f"{whoms} are")
    return found, f"{counted} {how}" + (f"; the {first} come first." if len(found) > 1 else ".")


def _many(count: int, single: str, several: str) -> str:
    return f"{count or 'No'} {single}" if count < 2 else f"{count:,} {several}"


def _sheet(insight: Insight, positions: Array) -> None:
    """Draw digits, the same in words, and one of them closely."""
    readings = [insight.read(position) for position in positions.tolist()]
    kept = session.keep(_SHOWN, lambda: -1)
    shown = next((reading for reading in readings if reading.position == kept), readings[0])
    left, right = st.columns([3, 2], gap="large")
    with left:
        tiles(
            [
                one_digit.tile(
                    reading,
                    f"{reading.label} → {reading.prediction}\n{percent(reading.confidence)}",
                )
                for reading in readings
            ],
            "Digits with what they are read as",
            key="mnist.mistakes.tiles",
            size=64,
            chosen=shown.position,
            on_choose=lambda position: session.put(_SHOWN, position),
        )
        with st.expander("The same in words"):
            st.markdown(
                "\n".join(
                    f"- Test digit {reading.position + 1:,}: {one_digit.in_words(reading)}"
                    for reading in readings
                )
            )
    with right:
        st.markdown(one_digit.verdict_on(shown))
        one_digit.output(shown)
        st.button(
            "Choose it for See inside",
            icon=":material/conversion_path:",
            help="See inside then shows this digit on its way through the network.",
            on_click=picks.look_at,
            args=(shown.position,),
        )
