"""Predictions to make before looking, and what the runs side by side then say."""

import numpy as np
import streamlit as st

from engine.experiment.problem import network_of
from engine.experiment.wording import number, percent
from engine.inspection.shrinkage import tiny_share
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.site.visit import Visit
from pages._regularisation.side_by_side import SideBySide

TITLE = "Predict first"

_COURSES = ("It falls to the end", "It falls, then it rises", "It stays level")
_PENALTIES = ("L1", "L2", "Both about equally")


def show(visit: Visit, shown: SideBySide) -> None:
    """Ask twice, and answer with the numbers of the runs on show."""
    none, l1, l2 = (shown.drawn.get(name) for name in ("plain", "l1", "l2"))
    if none is None or l1 is None or l2 is None:
        st.markdown("This asks about the runs without regularisation, with L1 and with L2.")
        return
    guess = _asked(visit.lens, "Without regularisation, what does the dev cost do?", _COURSES)
    if guess:
        st.markdown(course(none))
    guess = _asked(visit.lens, "Which penalty leaves more weights next to zero?", _PENALTIES)
    if guess:
        st.markdown(_tiny(l1, l2))
    st.caption("Predict before you look; nobody keeps score.")


def _asked(lens: Lens, question: str, answers: tuple[str, ...]) -> str | None:
    return st.radio(question, answers, index=None, key=f"{lens.path}.guess.{question}")


def course(run: Run) -> str:
    """Return what the dev cost of a run did, and what that says of its later epochs."""
    cost = run.history["dev_cost"]
    best, last = int(np.argmin(cost)), len(cost) - 1
    told = (
        f"It starts at {number(float(cost[0]))}, is least after epoch "
        f"{int(run.history['epoch'][best]):,} with {number(float(cost[best]))}, and ends at "
        f"{number(float(cost[-1]))}. The training cost goes from "
        f"{number(float(run.history['train_cost'][best]))} in that epoch to "
        f"{number(run.final('train_cost'))}"
    )
    if best == last:
        return f"{told}. So far the dev set gains from all that is learned."
    return (
        f"{told}: what the network learns after that epoch raises the cost of the dev set. "
        "Early stopping keeps the epoch with the least dev cost, if it is patient enough to "
        "reach it."
    )


def _tiny(l1: Run, l2: Run) -> str:
    first, second = (
        percent(float(tiny_share(network_of(run.experiment).layout, run.theta))) for run in (l1, l2)
    )
    return (
        f"{first} of the weights are below 0.001 with L1, {second} with L2. The panel "
        "“The weights” shows all of them, and compares the two at equal dev error."
    )
