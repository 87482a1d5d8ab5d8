"""What is said about activations and outputs: the page, its panels, the teacher's plan."""

from typing import Any

import numpy as np

from engine.data.targets import TASKS, targets
from engine.nn.activations import ACTIVATIONS
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from pages._activations.measures import slope
from pages._activations.page import PAGE
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.plans import PLAN


def sigmoid(z: float) -> float:
    """Return what the engine's sigmoid makes of a number."""
    return float(ACTIVATIONS["sigmoid"].function(np.array([z]))[0])


def tried(label: str) -> float:
    """Return the z that something to try sets."""
    (found,) = [each for each in LENS.tries if each.label == label]
    return float(found.page_knobs["z"])


def added(label: str) -> int:
    """Return what something to try adds to all logits."""
    (found,) = [each for each in LENS.tries if each.label == label]
    return int(found.page_knobs["add"])


def lesson_start() -> dict[str, Any]:
    """Return where the ready-made lesson starts."""
    assert PAGE.lesson is not None
    return dict(PAGE.lesson.start)


def is_lost_where_it_is_steepest(layers: float) -> bool:
    """Whether a stack of so many loses nearly all at the lesson's start, a curve's steepest place.

    The lesson has as many layers.
    """
    start = lesson_start()
    steepest = slope(start)
    is_steepest = steepest == ACTIVATIONS[start["g"]].steepest
    return is_steepest and start["L"] == layers and steepest**layers < 1e-5


def lesson_bound() -> float:
    """Return how much a gradient may have changed at the lesson's goal."""
    assert PAGE.lesson is not None
    (goal,) = PAGE.lesson.lesson.goals
    return goal.bound


CLAIMS: Claims = {
    "pages/_activations/page.py": {
        "A gradient through": computed(lambda: [lesson_start()["L"]]),
        "This sigmoid stands": holds(is_lost_where_it_is_steepest),
        "Choose an activation": computed(lambda: [1 - lesson_bound()]),
    },
    "pages/_activations/lens.py": {
        "Add 100 to all": computed(lambda: [added("Add 100 to all")]),
    },
    "pages/_activations/prose/slips.md": {
        "The notes' column": holds(
            lambda five, nine, six, wrong, ten, row: (
                targets(TASKS["ten"], np.array([six]))[int(row), 0] == 1
                and nine < ten == TASKS["ten"].rows
                and wrong == five
            )
        ),
    },
    "pages/_activations/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "A sigmoid says": computed(lambda: [sigmoid(6)]),
        "Collect guesses": computed(lambda: [tried("Sigmoid at z = 6")]),
        "Let them guess": says(100),
    },
}
