"""A prediction before one looks: the page's schemes in a situation that is not on screen yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from engine.diagnosis.verdicts import Verdict
from engine.experiment.experiment import Experiment
from engine.training.run import Run
from pages._initialisation import schemes
from pages._kit.site import session
from pages._kit.site.visit import Visit


@dataclass(frozen=True, eq=False)
class Situation:
    """Knobs to be turned, all others at their defaults, and what to think about beforehand."""

    title: str
    setting: Mapping[str, Any]
    hint: str


SITUATIONS = (
    Situation(
        "One hidden layer of 12 tanh units",
        {"hidden": (12,), "activation": "tanh", "learning_rate": 1.0},
        "With one hidden layer there is not much of a way for a signal to vanish on.",
    ),
    Situation(
        "Five layers of tanh instead of ReLU",
        {"activation": "tanh"},
        "tanh cannot die and cannot grow beyond 1. What does that change for large weights?",
    ),
    Situation(
        "Five layers of sigmoid units",
        {"activation": "sigmoid"},
        "The slope of the sigmoid is at most ¼, and a gradient is multiplied by one per layer.",
    ),
    Situation(
        "Ten ReLU layers of 32 units",
        {"hidden": (32,) * 10},
        "ReLU cuts away half of each signal's power, ten times over.",
    ),
    Situation(
        "Logistic regression: no hidden layer, moons",
        {"dataset": "moons", "hidden": ()},
        "Is there any symmetry to break without hidden units? Can a straight line do it?",
    ),
)


def show(
    visit: Visit, chosen: Sequence[str], runs: Sequence[Run], verdicts: Sequence[Verdict]
) -> None:
    """Ask which schemes will learn, set the situation up, and compare with what became of them."""
    key = f"{visit.lens.path}.predict"
    titles = [situation.title for situation in SITUATIONS]
    title = st.selectbox("Situation", titles, key=f"{key}.situation")
    situation = SITUATIONS[titles.index(title)]
    names = [schemes.TITLES[scheme] for scheme in chosen]
    guess = st.pills(
        "Which of these will learn it?", names, selection_mode="multi", key=f"{key}.guess.{title}"
    )
    st.caption(situation.hint)
    wanted = visit.lens.defaults.but(**situation.setting)
    if not _is_set_up(visit.experiment, wanted):
        st.button(
            "Set it up and see", icon=":material/play_arrow:", key=f"{key}.set_up",
            on_click=session.set_knobs, args=(visit.lens, wanted),
        )  # fmt: skip
        return
    learned = [
        schemes.TITLES[run.experiment.initializer]
        for run, verdict in zip(runs, verdicts, strict=True)
        if verdict.kind == "learned"
    ]
    st.markdown(f"**{_score(names, guess, learned)}** The verdict on each is on its picture above.")


def _is_set_up(now: Experiment, wanted: Experiment) -> bool:
    """Whether the page shows the situation, whatever the seeds."""
    return now == wanted.but(seed=now.seed, data_seed=now.data_seed, initializer=now.initializer)


def _score(names: Sequence[str], guess: Sequence[str], learned: Sequence[str]) -> str:
    right = sum((name in guess) == (name in learned) for name in names)
    said = ", ".join(guess) or "none of them"
    found = ", ".join(learned) or "none of them"
    return f"You said {said}; learned: {found}. That is {right} of {len(names)} right."
