"""The coach on a page: what it sees in a run, one click to mend it, and the page that says why."""

from collections.abc import Callable

import streamlit as st

from engine.coach import Finding
from engine.experiment import KNOBS, Experiment
from engine.training import Run
from pages._shared import cache, frame, words
from pages._shared.frame import Visit
from pages._shared.lens import Lens
from pages._shared.words import number, percent

_ON = "coach"

Apply = Callable[[Lens, Experiment], None]


def show(visit: Visit, run: Run, apply: Apply = frame.turn, note: str = "") -> None:
    """Say what there is to mend in a finished run, unless the visitor has turned the coach off.

    `apply` makes the page show another experiment; it is called back when that is asked for. `note`
    is said beside it, where the network on the page is not quite this run's. In a
    lesson there is no coach, because it would give the answer away. But that a run diverged is
    always said, and here is the place for it.
    """
    if visit.lesson is not None:
        _say_divergence(run)
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            place = st.container()
            is_on = frame.switch("Coach", _ON)
        found = cache.findings(run) if is_on else []
        place.markdown(_summary(run, found) if is_on else "The coach is off.")
        frame.slot((lambda: st.caption(note)) if note and is_on else None)
        for finding in found:
            _mend(visit.lens, run, finding, apply)
    if not is_on:
        _say_divergence(run)


def _say_divergence(run: Run) -> None:
    if run.diverged_at is not None:
        st.warning(words.diverged(run), icon=":material/trending_up:")


def _summary(run: Run, found: list[Finding]) -> str:
    if found:
        count = ("one thing", "two things", "three things")[len(found) - 1]
        return f":material/sports: **The coach sees {count} to mend.**"
    last = -1 if run.best_epoch is None else run.best_epoch
    names = {"train": "training", "dev": "dev", "test": "test"}
    errors = [
        f"{percent(1 - float(run.history[f'{split}_accuracy'][last]))} of the {name}"
        for split, name in names.items()
        if f"{split}_accuracy" in run.history
    ]
    cost = number(float(run.history["train_cost"][last]))
    return (
        f":material/check_circle: The coach sees nothing to mend: {_listed(errors)} samples are "
        f"wrong, at a training cost of {cost}."
    )


def _mend(lens: Lens, run: Run, finding: Finding, apply: Apply) -> None:
    """Draw a finding, a button for the first of its changes that the page can make, and why."""
    if finding.name == "diverged":
        st.warning(finding.seen, icon=":material/trending_up:")
        st.markdown(finding.advice)
    else:
        st.markdown(f"**{finding.title}.** {finding.seen} {finding.advice}")
    afters = (lens.turned(run.experiment, change) for change in finding.changes)
    after = next((one for one in afters if one is not None), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        if after is not None:
            st.button(
                _label(after, run.experiment), icon=":material/build:", on_click=apply,
                args=(lens, after), key=f"{lens.path}.coach.{finding.name}",
                help="Train again from the same seeds, with this changed.",
            )  # fmt: skip
        if finding.why != lens.path:
            title = frame.title(finding.why)
            st.page_link(f"pages/{finding.why}.py", label=f"Why: {title}", icon=":material/help:")


def _label(after: Experiment, before: Experiment) -> str:
    """Return what a button does: "Set learning rate α to 0.3 and ..."."""
    turns = [
        f"{_uncapitalised(KNOBS[name].label)} to {KNOBS[name].show(new)}"
        for name, (new, _) in after.differences(before).items()
    ]
    return f"Set {_listed(turns)}"


def _listed(parts: list[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _uncapitalised(label: str) -> str:
    """Return a label as it stands within a sentence; L2 keeps its capital."""
    return label if label[1:2].isdigit() else label[0].lower() + label[1:]
