"""A panel for every page that trains: backpropagation held against central differences."""

from typing import Any

import numpy as np
import streamlit as st

from engine.checking.bugs import BUGS, Bug, possible
from engine.checking.checkup import EPSILONS, Checkup
from engine.experiment.experiment import Experiment
from engine.experiment.wording import power, size
from engine.nn.types import Array
from pages._kit import charts
from pages._kit.panels import gradient_words, prose
from pages._kit.panels.check import SECRET
from pages._kit.panels.gradient_words import Findings
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.live import Live

TITLE = "Gradient check"

_WORST = 8


def show(visit: Visit, experiment: Experiment, theta: Array) -> None:
    """Draw the check of an experiment's network, at its start or at the page's theta (P,)."""
    st.markdown(prose("gradient_check"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        at_start = visit.page_knob("check_network") == "start"
        with st.container(width=200):
            columns = visit.page_knob("check_samples")
        with st.container(width=320):
            at = EPSILONS.index(10.0 ** visit.page_knob("check_step"))
    chosen = visit.page_knob("check_bug")
    looked_at = None if at_start else theta
    checkup = cache.checkup(experiment, looked_at, columns)
    bug = _bug(visit, chosen, checkup)
    given = bug.needs if bug and bug.needs in gradient_words.missing(checkup.objective) else ""
    if given:
        checkup = cache.checkup(experiment, looked_at, columns, given)
    if not checkup.is_finite:
        elements.caption("The numbers in this network overflow: there is nothing to compare.")
        return
    sound = checkup.objective.gradient(checkup.theta)
    planted = sound if bug is None else bug.gradient(checkup.objective, checkup.theta)
    if not np.isfinite(planted).all():
        elements.caption(
            "With this bug the numbers overflow: that would be seen without any check."
        )
        return
    findings = Findings(checkup, at, bug, sound, planted, given)
    _verdict(findings, is_secret=chosen == SECRET)
    _pictures(findings)
    if bug is not None and chosen == SECRET:
        _guess(visit, bug, checkup)
    st.markdown(gradient_words.price(checkup))
    with st.expander("How to read the pattern"):
        st.markdown(prose("gradient_check_patterns"))
    with st.expander("Where the check itself lies, and the maths"):
        st.markdown(prose("gradient_check_maths"))


def of_live(visit: Visit, live: Live) -> None:
    """Draw the panel for a training that is watched, when it rests."""
    elements.draw_unless(
        "The network is learning. Its gradient is checked when it rests."
        if live.is_running
        else "",
        lambda: show(visit, live.experiment, live.trainer.kept),
    )


def _bug(visit: Visit, name: str, checkup: Checkup) -> Bug | None:
    """Return the bug to plant, which this network can have; else say why there is none."""
    if name == SECRET:
        return _secret(visit.page_knob_value("check_draw"), checkup)
    bug = BUGS.get(name)
    if bug is not None and not possible(bug, checkup.objective):
        st.info("This bug needs a hidden layer, and this network has none.")
        return None
    return bug


def _secret(draw: int, checkup: Checkup) -> Bug | None:
    """Return a bug drawn by chance that this network can have and that changes its gradient."""
    objective, theta = checkup.objective, checkup.theta
    lacking, right = gradient_words.missing(objective), checkup.exact(objective.gradient(theta))
    can_be = [
        bug
        for bug in BUGS.values()
        if possible(bug, objective)
        and bug.needs not in lacking
        and _changes(checkup.exact(bug.gradient(objective, theta)), right)
    ]
    if not can_be:
        st.info("The gradient is zero here: no bug would change it.")
        return None
    return can_be[int(np.random.default_rng([draw, 7]).integers(len(can_be)))]


def _changes(wrong: Array, right: Array) -> bool:
    """Whether a bug gives numbers, and other ones."""
    return bool(np.isfinite(wrong).all() and np.any(wrong != right))


def _verdict(findings: Findings, is_secret: bool) -> None:
    """Say the ratio and what it means, and show the lines of code where a bug is planted."""
    ratio, meaning = st.columns([1, 3], vertical_alignment="center")
    ratio.metric("Ratio", power(findings.ratio), help="‖d_approx − dθ‖ / (‖d_approx‖ + ‖dθ‖)")
    meaning.markdown(gradient_words.verdict(findings, is_secret))
    meaning.caption(gradient_words.subject(findings))
    bug = findings.bug
    if bug is not None and not is_secret:
        st.code(gradient_words.code(bug, findings.checkup.objective.network), language="python")


def _pictures(findings: Findings) -> None:
    checkup, at = findings.checkup, findings.at
    exact, numeric = checkup.exact(findings.checked), checkup.numeric[at]
    left, right = st.columns(2, gap="large")
    with left:
        elements.chart(
            charts.agreement(numeric, exact, checkup.places), gradient_words.agreement(findings)
        )
    with right:
        is_planted = findings.bug is not None
        sound, planted = checkup.ratios(findings.sound), checkup.ratios(findings.checked)
        elements.chart(
            charts.epsilon_curve(at, sound, planted if is_planted else None),
            gradient_words.curve(findings),
        )
    left, right = st.columns(2, gap="large")
    left.markdown("**Which matrices give it away**")
    left.dataframe(_written(gradient_words.table(findings)), hide_index=True)
    right.markdown("**The largest differences**")
    right.dataframe(_written(gradient_words.worst(findings, _WORST)), hide_index=True)


def _written(columns: dict[str, list[Any]]) -> dict[str, list[str]]:
    """Return a table whose numbers are written as in the sentences around it."""
    return {
        title: [size(cell) if isinstance(cell, float) else cell for cell in cells]
        for title, cells in columns.items()
    }


def _guess(visit: Visit, bug: Bug, checkup: Checkup) -> None:
    """Let the visitor name the secret bug, and say whether it is that one."""
    draw = visit.page_knob_value("check_draw")
    titles = [
        candidate.title for candidate in BUGS.values() if possible(candidate, checkup.objective)
    ]
    guess = st.radio(
        "Which bug is it?", titles, index=None, key=f"{visit.lens.path}.check.guess.{draw}"
    )
    if guess is None:
        elements.caption(
            "The matrices that are wrong, and the points' pattern, tell which line it is. The "
            "page's link carries the bug: whoever opens it has the same one to find."
        )
        return
    if guess == bug.title:
        told = gradient_words.replaced(bug, checkup.objective.network)
        st.markdown(f":material/check_circle: Yes. {told}")
    else:
        st.markdown(f":material/radio_button_unchecked: No, it is not “{guess}”. Look again.")
    st.button(
        "Another one", icon=":material/casino:", on_click=visit.set_page_knob,
        args=("check_draw", (draw + 1) % 1000),
    )  # fmt: skip
