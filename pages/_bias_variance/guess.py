"""A guess before the verdict: the errors are shown, and what is high is asked first."""

import streamlit as st

from engine.diagnosis.gaps import Diagnosis
from engine.experiment.experiment import Experiment
from engine.experiment.wording import percent
from pages._bias_variance import sentences
from pages._kit.knobs.lens import Lens
from pages._kit.site import session

_NOTHING = "nothing"


def is_pending(lens: Lens, experiment: Experiment) -> bool:
    """Return whether the visitor has not yet said what is wrong with a network."""
    return experiment not in _made(lens)


def ask(lens: Lens, experiment: Experiment, diagnosis: Diagnosis) -> None:
    """Show the errors alone, and ask which gaps are high."""
    errors = {"best": diagnosis.best} | {n: rate.error for n, rate in diagnosis.rates.items()}
    for place, (name, error) in zip(st.columns(len(errors)), errors.items(), strict=True):
        place.metric(sentences.ERRORS[name], percent(error))
    names = {sentences.GAPS[name].title: name for name in diagnosis.gaps}
    key = f"{lens.path}.guess.{experiment!r}"
    chosen = st.pills("What is high?", list(names), selection_mode="multi", key=key)
    guess = tuple(names[title] for title in chosen)
    st.button(
        "Show the verdict" if guess else "Nothing is high: show the verdict",
        icon=":material/visibility:",
        on_click=_make,
        args=(lens, experiment, guess),
    )


def answered(lens: Lens, experiment: Experiment, diagnosis: Diagnosis) -> str:
    """Return whether the guess was right."""
    guess = _made(lens)[experiment]
    if guess == diagnosis.high:
        return ":material/check_circle: As you said."
    said = " and ".join(sentences.GAPS[name].title.lower() for name in guess) or _NOTHING
    return f":material/cancel: You said that {said} would be high."


def _made(lens: Lens) -> dict[Experiment, tuple[str, ...]]:
    return session.keep(f"{lens.path}.guesses", dict)


def _make(lens: Lens, experiment: Experiment, guess: tuple[str, ...]) -> None:
    _made(lens)[experiment] = guess
