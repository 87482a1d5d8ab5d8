"""The slips of the notes about a step, run as they stand there."""

import streamlit as st

from engine.checking.slips import SLIPS, Outcome, Slip, outcome
from engine.experiment.wording import size
from engine.inspection.one_step.step import Step
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._one_step import prose
from pages._one_step.lens import SLIP

TITLE = "As the notes write it"


def show(visit: Visit, step: Step) -> None:
    """Let the visitor choose a slip, and say what comes of it on the step of the page."""
    st.markdown(prose("slips"))
    slip = SLIPS[visit.page_knob(SLIP.name)]
    written, right = st.columns(2)
    written.markdown(f"The notes write\n\n> {slip.notes}")
    right.markdown(f"Read\n\n> {slip.right}")
    elements.draw_unless(
        "" if slip.is_possible(step) else "This network has a single layer, without that line.",
        lambda: _run(slip, step),
    )
    st.markdown(slip.reason)


def _run(slip: Slip, step: Step) -> None:
    found = outcome(slip, step)
    if found.passes:
        st.info(f"Nothing is seen of it here: {slip.unseen}.", icon=":material/visibility_off:")
    else:
        st.warning(told(found), icon=":material/close:")


def told(found: Outcome) -> str:
    """Say what comes of a slip that is seen."""
    if found.shapes is None:
        beside = f"The right line has {size(found.right)}."
        return (
            f"All shapes fit, and the gradient is wrong: it is off by a ratio of "
            f"**{size(found.ratio)}** from differences. {beside}"
        )
    left, right = found.shapes
    if found.wrong is not None:
        key = found.wrong[0]
        return (
            f"{_named(key)} comes out as **{left}**, and {_named(key[1:])} is **{right}**: one "
            "cannot be taken off the other."
        )
    return f"**{left}** and **{right}** do not fit: the inner {left[-1]} and {right[0]} differ."


def _named(key: str) -> str:
    return f"{key[:-1]}[{key[-1]}]"
