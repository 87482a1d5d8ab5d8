"""Experiments with a goal: predict, try, and be told by the engine whether it is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from engine.training.run import Run
from pages._kit.site import session
from pages._kit.site.visit import Visit


@dataclass(frozen=True, kw_only=True, eq=False)
class Challenge:
    """A question with the answers to choose from, knobs to begin with, and a goal.

    is_met(run) judges a finished run; `explanation` is told when the goal is reached.
    """

    title: str
    question: str
    answers: tuple[str, ...]
    answer: str
    setting: Mapping[str, Any]
    goal: str
    is_met: Callable[[Run], bool]
    explanation: str


def show(visit: Visit, challenges: Sequence[Challenge], run: Run) -> None:
    """Ask for a prediction first, set the knobs up, and let the engine judge the goal."""
    titles = [challenge.title for challenge in challenges]
    title = st.selectbox("Experiment", titles, key=f"{visit.lens.path}.challenge")
    challenge = challenges[titles.index(title)]
    st.markdown(challenge.question)
    guess = st.radio(
        "Your prediction", challenge.answers, index=None, key=f"{visit.lens.path}.guess.{title}"
    )
    if guess is None:
        st.caption("Predict before you look; nobody keeps score.")
        return
    st.button(
        "Set it up",
        icon=":material/play_arrow:",
        on_click=session.set_knobs,
        args=(visit.lens, visit.lens.defaults.but(**challenge.setting)),
    )
    st.markdown(f"**Goal.** {challenge.goal}")
    _judge(challenge, run, guess)


def _judge(challenge: Challenge, run: Run, guess: str) -> None:
    if not challenge.is_met(run):
        st.markdown(":material/radio_button_unchecked: Not reached by the run on the stage yet.")
        return
    st.markdown(":material/check_circle: Reached by the run on the stage.")
    fits = "Your prediction was right." if guess == challenge.answer else (
        f"You predicted “{guess}”; it is “{challenge.answer}”."
    )  # fmt: skip
    st.markdown(f"{fits} {challenge.explanation}")
