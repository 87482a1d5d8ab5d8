"""Predictions to make before looking, and what the runs side by side then say."""

import numpy as np
import streamlit as st

from engine.problem import network_of
from engine.shrinkage import tiny_share
from engine.training import Run
from pages._shared.lens import Lens
from pages._shared.regularisation.side_by_side import SideBySide
from pages._shared.words import number, percent

TITLE = "Predict first"

_COURSES = ("It falls to the end", "It falls, then it rises", "It stays level")
_PENALTIES = ("L1", "L2", "Both about equally")


def show(lens: Lens, shown: SideBySide) -> None:
    """Ask twice, and answer with the numbers of the runs on show."""
    none, l1, l2 = (shown.drawn.get(name) for name in ("plain", "l1", "l2"))
    if none is None or l1 is None or l2 is None:
        st.markdown("This asks about the runs without regularisation, with L1 and with L2.")
        return
    guess = _asked(lens, "Without regularisation, what does the dev cost do?", _COURSES)
    if guess:
        st.markdown(_course(none))
    guess = _asked(lens, "Which penalty leaves more weights next to zero?", _PENALTIES)
    if guess:
        st.markdown(_tiny(l1, l2))
    st.caption("Predict before you look; nobody keeps score.")


def _asked(lens: Lens, question: str, answers: tuple[str, ...]) -> str | None:
    return st.radio(question, answers, index=None, key=f"{lens.path}.guess.{question}")


def _course(run: Run) -> str:
    cost = run.history["dev_cost"]
    best = int(np.argmin(cost))
    at = int(run.history["epoch"][best])
    return (
        f"It starts at {number(float(cost[0]))} nats, is least after epoch {at:,} with "
        f"{number(float(cost[best]))}, and ends at {number(float(cost[-1]))}. The training cost "
        f"ends at {number(run.final('train_cost'))}: what the network learns late is "
        "true of the training points alone. Early stopping would keep that epoch."
    )


def _tiny(l1: Run, l2: Run) -> str:
    one, other = (
        percent(float(tiny_share(network_of(run.experiment).layout, run.theta))) for run in (l1, l2)
    )
    return (
        f"{one} of the weights are below 0.001 with L1, {other} with L2. The panel “The weights” "
        "shows all of them, and compares the two at equal dev error."
    )
