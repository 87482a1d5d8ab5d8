"""A lesson is a page as a teacher hands it out: a task, the knobs it needs, and a goal."""

import math
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.experiment import numerals
from engine.experiment.experiment import KNOBS
from engine.experiment.wording import number, percent
from pages._kit.knobs.lens import Lens
from pages._kit.knobs.measure import Measure
from pages._kit.runs.outcome import MEASURES, Outcome

TITLE_LENGTH, TASK_LENGTH, MOST_GOALS = 80, 1000, 5
PARAMETERS = ("lesson_title", "lesson_task", "lesson_show", "lesson_lock", "lesson_goal")


Shown: TypeAlias = Outcome | Mapping[str, Any]
"""What a goal is asked of: a run, or where nothing is trained what the page's controls say."""


def measures_of(lens: Lens) -> Mapping[str, Measure]:
    """Return what a lesson on a page can ask, by its name in a link."""
    return lens.measures or MEASURES


@dataclass(frozen=True)
class Goal:
    """A bound that what is shown has to keep: the measure is at most `bound`.

    `own` is the measure where it is the page's own, and not among those of runs.

    >>> Goal("dev_error", 0.03).text
    'Dev error at most 3.0 %'
    >>> Goal("hidden_neurons", 8).text
    'Hidden neurons at most 8'
    """

    measure: str
    bound: float
    own: Measure | None = field(default=None, compare=False)

    @property
    def _measure(self) -> Measure:
        return self.own or MEASURES[self.measure]

    @property
    def text(self) -> str:
        return f"{self._measure.title} at most {self._said(self.bound)}"

    def value(self, shown: Shown) -> float:
        """Return what was reached, NaN where there is no such number."""
        return float(self._measure.read(shown))

    def is_met(self, shown: Shown) -> bool:
        """Return whether the goal is reached; a run that diverged reaches none."""
        return not has_diverged(shown) and self.value(shown) <= self.bound + 1e-12

    def reached(self, shown: Shown) -> str:
        """Return in words where one is."""
        value = self.value(shown)
        return "this run has no such number" if math.isnan(value) else f"now {self._said(value)}"

    def _said(self, value: float) -> str:
        return percent(value) if self._measure.is_share else number(value)


def has_diverged(shown: Shown) -> bool:
    """Return whether what is shown is a run that diverged."""
    return isinstance(shown, Outcome) and shown.diverged_at is not None


@dataclass(frozen=True)
class Lesson:
    """What the class sees: title, task, the knobs shown, those that cannot be turned, the goals.

    `shown` None stands for all knobs of the page. A locked knob is shown as well.
    """

    title: str = ""
    task: str = ""
    shown: tuple[str, ...] | None = None
    locked: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()

    def visible(self, lens: Lens) -> tuple[str, ...]:
        """Return the lens's knobs that the class sees, in the lens's order."""
        shown = lens.knobs if self.shown is None else (*self.shown, *self.locked)
        return tuple(name for name in lens.knobs if name in shown)


def write(lesson: Lesson) -> dict[str, str]:
    """Return a lesson as link parameters; `read` gives it back."""
    shown = None if lesson.shown is None else (".".join(lesson.shown) or "none")
    goals = "~".join(f"{goal.measure}:{goal.bound:.6g}" for goal in lesson.goals)
    values = (lesson.title, lesson.task, shown, ".".join(lesson.locked), goals)
    return {name: text for name, text in zip(PARAMETERS, values, strict=True) if text}


def read(query: Mapping[str, str], lens: Lens) -> tuple[Lesson | None, list[str]]:
    """Return a link's lesson, None if it has none, and a sentence for what was not usable."""
    if not any(name in query for name in PARAMETERS):
        return None, []
    notes: list[str] = []
    title, task, show, lock, goal = (query.get(name, "") for name in PARAMETERS)
    if len(title) > TITLE_LENGTH or len(task) > TASK_LENGTH:
        notes.append(
            f"A lesson's title has at most {TITLE_LENGTH} characters and its task {TASK_LENGTH:,}; "
            "the rest is left out."
        )
    shown = _shown(show, lens, notes)
    lesson = Lesson(
        title[:TITLE_LENGTH].strip(),
        task[:TASK_LENGTH].strip(),
        shown,
        _knobs(lock, lens, notes),
        _goals(goal, lens, notes),
    )
    return lesson, notes


def _shown(text: str, lens: Lens, notes: list[str]) -> tuple[str, ...] | None:
    """Return the knobs that a lesson shows: None for all of them, () for none."""
    if not text:
        return None
    return () if text == "none" else _knobs(text, lens, notes)


def _knobs(text: str, lens: Lens, notes: list[str]) -> tuple[str, ...]:
    names = text.split(".")[: len(KNOBS)] if text else []
    known = tuple(name for name in lens.knobs if name in names)
    if len(known) < len(set(names)):
        notes.append("Some knobs the lesson names are not on this page.")
    return known


def _goals(text: str, lens: Lens, notes: list[str]) -> tuple[Goal, ...]:
    goals: list[Goal] = []
    parts = text.split("~") if text else []
    for part in parts[:MOST_GOALS]:
        measure, _, bound = part.partition(":")
        try:
            value = numerals.real(bound)
        except ValueError:
            continue
        if measure in measures_of(lens) and 0 <= value <= 1e9:
            goals.append(Goal(measure, value, lens.measures.get(measure)))
    if len(goals) < len(parts):
        notes.append("Some goals of the lesson were not usable.")
    return tuple(goals)


def plain(text: str) -> str:
    r"""Return a stranger's text as Markdown that shows it letter by letter, with its line breaks.

    Every sign that Markdown, LaTeX or Streamlit's own directives could act on is escaped. What is
    looked for in the text when that is done, addresses, arrows and the names of pictures such as
    :smile:, is kept from being found by spaces without width.

    >>> print(plain("<b>*Hi*</b> :red[x] http://a"))
    \<b\>\*Hi\*\</b\> \:&#8203;red\[x\] http\:&#8203;//a
    """
    escaped = "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)
    escaped = re.sub(r"\\[:@]|\\[-<>](?=\\[-=>])|(?i:www)(?=\\\.)", r"\g<0>&#8203;", escaped)
    return "  \n".join(line.strip() for line in escaped.splitlines())


_SIGNS = frozenset(string.punctuation) - {"/"}


def are_met(goals: Sequence[Goal], shown: Shown) -> bool:
    """Return whether what is shown reaches every goal."""
    return all(goal.is_met(shown) for goal in goals)
