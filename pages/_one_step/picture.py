"""The picture of the page: the step with its matrices, and what is changed in it by hand."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.wording import counted
from engine.inspection.one_step.lines import listing
from engine.inspection.one_step.start import Edit, begin, edited, problem_with
from engine.inspection.one_step.step import Step, take_step
from engine.nn.network import Network
from pages._kit.matrices import edits, matrices, place, read_edit
from pages._kit.matrices.place import Place
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._one_step import sentences
from pages._one_step.lens import ONE_STEP, OPEN, OUTPUT

EDITS, LINE = "edit", "line"
"""The link's parameters for cells changed by hand, and for where one rests in the step."""

FIRST = Place("Z1", 1, 1)
"""The cell that is unfolded at first: a unit's sum with both inputs."""

_KEY = f"{ONE_STEP.path}.matrices"


class Shown(NamedTuple):
    """The step on the page, and the cells of it that were changed by hand."""

    step: Step
    edits: tuple[Edit, ...]


class _Kept(NamedTuple):
    """What was changed by hand, in which network; and why the last change was not taken."""

    of: tuple[Experiment, str]
    edits: tuple[Edit, ...]
    refusal: str = ""


def output_of(visit: Visit) -> str:
    """Return the output layer that is chosen, "" for the data's own."""
    chosen = str(visit.page_knob_value(OUTPUT.name))
    return "" if chosen == OUTPUT.default else chosen


def arrive(visit: Visit) -> None:
    """Take the cells that a link brings, if the visitor has just come by one."""
    extras: Mapping[str, str] | None = visit.extras
    if extras is not None:
        session.put(_OPEN, _place(extras.get(LINE, "")))
        made = edits.read(extras.get(EDITS, ""))
        start = begin(visit.experiment, output_of(visit))
        fitting = tuple(edit for edit in made if not problem_with(start, edit))
        session.put(_KEPT, _Kept(_network_of(visit), fitting))


def _place(text: str) -> Place:
    """Return the place that a link names; the first if it makes no sense."""
    return place.read(text, _KEYS) or FIRST


def resting(visit: Visit) -> str:
    """Return where the visitor rests, as only the browser and its address know; "" at first."""
    found = _place(visit.in_address(LINE))
    return "" if found == FIRST else place.write(found)


def show(visit: Visit) -> Shown:
    """Draw the step of a visit's experiment."""
    of = _network_of(visit)
    kept: _Kept = session.keep(_KEPT, lambda: _Kept(of, ()))
    if kept.of != of:
        kept = _Kept(of, ())
    start = begin(visit.experiment, output_of(visit))
    step = take_step(*edited(start, kept.edits), visit.experiment.learning_rate)

    def edit() -> None:
        made = read_edit(session.keep(_KEY, dict))
        if made is not None:
            refusal = problem_with(start, made)
            together = kept.edits if refusal else edits.with_last([*kept.edits, made])
            session.put(_KEPT, _Kept(of, together, refusal))

    base = f"{visit.experiment!r} {of[1]}"
    matrices(
        step,
        key=_KEY,
        base=base,
        version=f"{base} {kept.edits!r}",
        edited=kept.edits,
        refusal=kept.refusal,
        open_at=Place(*session.keep(_OPEN, lambda: FIRST)),
        asked=session.tries(visit.lens),
        first=place.write(FIRST),
        on_edit=edit,
    )
    return Shown(step, kept.edits)


def after(visit: Visit, shown: Shown) -> None:
    """Say below the picture how far J fell, and offer to undo what was changed by hand."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentences.fallen(shown.step, visit.experiment.epochs))
        elements.slot((lambda: _undo(visit, shown)) if shown.edits else None)


def _undo(visit: Visit, shown: Shown) -> None:
    st.button(
        f"Undo {counted(len(shown.edits), 'change')}",
        icon=":material/undo:",
        key=f"{_KEPT}.undo",
        on_click=session.put,
        args=(_KEPT, _Kept(_network_of(visit), ())),
    )


def before(visit: Visit, shown: Shown) -> str:
    """Say what is judged where the step shown is not that of the page's own run."""
    return BEFORE if shown.edits or output_of(visit) else ""


BEFORE = "This speaks of the run as its knobs train it, before your changes."

_KEPT, _OPEN = f"{ONE_STEP.path}.edits", f"{ONE_STEP.path}.{OPEN}"

_KEYS = {line.result for depth in (1, 2, 3) for line in listing(Network((1,) * (depth + 1)))}
"""The lines of networks of any depth that the page shows."""


def _network_of(visit: Visit) -> tuple[Experiment, str]:
    """Return what has the same matrices to be changed, whatever α is."""
    return visit.experiment.but(learning_rate=ONE_STEP.defaults.learning_rate), output_of(visit)
