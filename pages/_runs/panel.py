"""The table of a visitor's runs, what can be done with them, and their way to a file and back."""

import math
from typing import Any

import streamlit as st

from pages._kit.lessons.lesson import plain
from pages._kit.panels import common as panels
from pages._kit.panels import look_inside
from pages._kit.runs import pins, runs_file
from pages._kit.runs.history import MOST, NAME_LENGTH, Entry, History
from pages._kit.runs.outcome import MEASURES
from pages._kit.site import session, sitemap
from pages._kit.training import cache
from pages._pages.registry import LENSES

_FEWEST, _MOST = 2, pins.MOST
_COLUMNS = ("train_cost", "train_error", "dev_error", "test_error")


def show(history: History) -> None:
    """Draw the runs of this visit, or say how the first one comes about."""
    if history.entries:
        st.markdown("Choose one run to open, pin or name it, and two to six to compare them.")
        chosen = _table(history.entries)
        _actions(history, chosen)
        if _FEWEST <= len(chosen) <= _MOST:
            _compare(chosen)
        elif len(chosen) > _MOST:
            st.caption(f"At most {_MOST} runs can be compared at once.")
    else:
        st.markdown("There are no runs yet. Every run you look at, on any page, is listed here.")
    _files(history)


def _table(entries: list[Entry]) -> list[Entry]:
    measured = {name: [_cell(entry, name) for entry in entries] for name in _COLUMNS}
    shown = {
        "Run": [entry.title for entry in entries],
        "Page": [sitemap.page(entry.path).title for entry in entries],
        "Differs from the page's defaults": [entry.knobs(LENSES[entry.path]) for entry in entries],
        **{MEASURES[n].title: v for n, v in measured.items() if v.count(None) < len(v)},
        "Training took": [entry.outcome.seconds for entry in entries],
        "Ended": [_end(entry) for entry in entries],
    }
    numbers = st.column_config.NumberColumn
    formats = {
        MEASURES[name].title: numbers(format="%.1f %%" if MEASURES[name].is_share else "%.3g")
        for name in _COLUMNS
    }
    selection = st.dataframe(
        shown,
        hide_index=True,
        key=f"runs.table.{len(entries)}.{entries[0].number}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={**formats, "Training took": numbers(format="%.2f s")},
    )
    return [entries[row] for row in selection.selection.rows if row < len(entries)]


def _cell(entry: Entry, name: str) -> float | None:
    value = MEASURES[name].read(entry.outcome)
    if math.isnan(value):  # a split that this run does not have
        return None
    return 100 * value if MEASURES[name].is_share else value


def _end(entry: Entry) -> str:
    diverged_at = entry.outcome.diverged_at
    epochs = entry.outcome.finals.get("epoch", 0)
    return f"epoch {epochs:,.0f}" if diverged_at is None else f"diverged in epoch {diverged_at:,}"


def _actions(history: History, chosen: list[Entry]) -> None:
    is_one = len(chosen) == 1
    row = st.container(horizontal=True, vertical_alignment="bottom")
    if row.button("Open", icon=":material/open_in_new:", disabled=not is_one):
        entry = chosen[0]
        session.open_run(LENSES[entry.path], entry.outcome.experiment)
        st.switch_page(f"pages/{entry.path}.py")
    _look_inside(row, chosen[0] if is_one else None)
    row.button(
        "Pin on its page", icon=":material/keep:", disabled=not chosen, on_click=_pin,
        args=(chosen,),
    )  # fmt: skip
    row.button(
        "Delete", icon=":material/delete:", disabled=not chosen, on_click=history.delete,
        args=(chosen,),
    )  # fmt: skip
    name = row.text_input(
        "Name", chosen[0].name if is_one else "", disabled=not is_one, max_chars=NAME_LENGTH,
        key=f"runs.name.{chosen[0].number}" if is_one else "runs.name",
    )  # fmt: skip
    if is_one and name.strip() != chosen[0].name:
        history.rename(chosen[0], name)
        st.rerun()


def _look_inside(row: Any, entry: Entry | None) -> None:
    """Draw the way to the step that follows on a run, for those small enough to be read."""
    experiment = entry.outcome.experiment if entry else None
    can_be_read = experiment is not None and look_inside.may_be_read(experiment)
    help_ = "The last step of a small run, line by line."
    if (
        row.button("Look inside", icon=":material/calculate:", disabled=not can_be_read, help=help_)
        and experiment is not None
    ):
        found = look_inside.way(experiment, cache.run(experiment).theta)
        if found is None:
            st.caption("This run's numbers are too large to be shown one by one.")
        else:
            page, link = found
            st.switch_page(page.file, query_params=dict(link))


def _pin(chosen: list[Entry]) -> None:
    for entry in chosen:
        pinned = session.pinned(LENSES[entry.path])
        if entry.outcome.experiment not in pinned and len(pinned) < pins.MOST:
            pinned.append(entry.outcome.experiment)


def _compare(chosen: list[Entry]) -> None:
    named = list(zip(pins.NAMES, chosen, strict=False))
    st.markdown(", ".join(f"**{letter}** {plain(entry.title)}" for letter, entry in named))
    letters = [letter for letter, _ in named]
    panels.differences(letters, [entry.outcome.experiment for entry in chosen])
    drawn = [
        (letter, entry.outcome)
        for letter, entry in named
        if len(entry.outcome.history.get("epoch", ()))
    ]
    if not drawn:
        st.caption("These runs have no curves: they came from a CSV file, or diverged at once.")
        return
    panels.curves(drawn)


def _files(history: History) -> None:
    st.divider()
    left, right = st.columns(2)
    with left:
        st.markdown("**Take them away**")
        row = st.container(horizontal=True)
        row.download_button(
            "JSON, with the curves", runs_file.to_json(history.entries), "runs.json",
            "application/json", disabled=not history.entries, on_click="ignore",
        )  # fmt: skip
        row.download_button(
            "CSV, one line a run", runs_file.to_csv(history.entries), "runs.csv", "text/csv",
            disabled=not history.entries, on_click="ignore",
        )  # fmt: skip
    with right:
        st.markdown("**Bring them back**")
        file = st.file_uploader(
            f"A file that this page has written, up to {MOST} runs", type=["json", "csv"],
            max_upload_size=runs_file.LARGEST // 2**20,
            key="runs.file",
        )  # fmt: skip
        if file is not None and st.button("Add these runs", icon=":material/upload:"):
            _bring(history, file.getvalue())


def _bring(history: History, data: bytes) -> None:
    try:
        brought = runs_file.read(data, LENSES)
    except ValueError as problem:
        st.caption(f":material/error: {problem} Nothing was added.")
        return
    for run in reversed(brought):
        history.add(run.path, run.outcome, run.name)
    st.rerun()
