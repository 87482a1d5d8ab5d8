"""The test set stays sealed until the visitor opens it, and every opening is counted."""

import dataclasses

import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.wording import are, counted
from engine.training.run import Run
from pages._bias_variance import prose
from pages._kit.knobs.lens import Lens
from pages._kit.site import session


def opened(lens: Lens) -> list[Experiment]:
    """Return the experiments whose test error the visitor has looked at, in order."""
    return session.keep(f"{lens.path}.opened", list)


def seal(lens: Lens, run: Run) -> Run:
    """Return a run without its numbers on the test set, unless they have been looked at."""
    if run.experiment in opened(lens):
        return run
    kept = {name: v for name, v in run.history.items() if not name.startswith("test_")}
    return dataclasses.replace(run, history=kept)


def warning(run: Run) -> str:
    """Return what to know before a sealed run's script is run, or nothing."""
    if "test_accuracy" in run.history or "test" not in load(run.experiment).splits:
        return ""
    return (
        "The test set is sealed on this page, but the script ends with the error on it: to run the "
        "script is to open the test set."
    )


def draw(lens: Lens, run: Run) -> None:
    """Draw the seal of a finished run's test set, or how often it has been broken."""
    test = load(run.experiment).splits.get("test")
    if test is None:
        st.caption(":material/lock: This split leaves nothing for a test set.")
        return
    looked = opened(lens)
    if run.experiment not in looked:
        st.button(
            "Open the test set",
            icon=":material/lock:",
            key=f"{lens.path}.open_test",
            on_click=_open,
            args=(looked, run.experiment),
            help=prose("sealed"),
        )
    st.caption(_told(looked, run.experiment, test.m))


def _open(looked: list[Experiment], experiment: Experiment) -> None:
    """Break the seal; a click that arrives twice counts once."""
    if experiment not in looked:
        looked.append(experiment)


def _told(looked: list[Experiment], experiment: Experiment, m: int) -> str:
    times = f"{counted(len(looked), 'time')} in this visit"
    if experiment not in looked:
        return (
            f":material/lock: {counted(m, 'test sample')} {are(m)} sealed, so that you choose by "
            f"the dev set alone. Opened {times}."
        )
    warning = (
        "" if len(looked) == 1 else
        " Every look at it, followed by another choice, makes it a little more of a dev set: the "
        "lowest of several test errors is too low on average."
    )  # fmt: skip
    return f":material/lock_open: The test set has been opened {times}.{warning}"
