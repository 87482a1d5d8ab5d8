"""What is said about averages: the page, its panels, the teacher's plan."""

from collections.abc import Mapping
from typing import Any

from engine.inspection.smoothing import REACH
from engine.optim.averages import exponentially_weighted_average
from engine.optim.forgetting import share
from pages._averages.first_days import HALF, TENS
from pages._averages.lens import AVERAGES as LENS
from pages._averages.page import PAGE
from tests.pages.prose.claims import Claims, computed
from tests.pages.prose.plans import PLAN

TEN = float(TENS[0])


def bound(measure: str) -> float:
    """Return how large a measure of the ready-made lesson may be."""
    assert PAGE.lesson is not None
    (goal,) = [goal for goal in PAGE.lesson.lesson.goals if goal.measure == measure]
    return goal.bound


def averages() -> list[float]:
    """Return both averages of the smallest example."""
    return exponentially_weighted_average(TENS, HALF, correct_bias=False).tolist()


def corrected() -> float:
    """Return the second of them, corrected."""
    return float(exponentially_weighted_average(TENS, HALF)[-1])


def tried(label: str) -> Mapping[str, Any]:
    """Return what something to try sets."""
    (found,) = [each for each in LENS.tries if each.label == label]
    return found.page_knobs


CLAIMS: Claims = {
    "pages/_averages/page.py": {"Drag β until": computed(lambda: [bound("age")])},
    "pages/_averages/prose/first_days.md": {
        "Two days of": computed(lambda: [TEN, HALF]),
        "The first average is half": computed(
            lambda: [1 - HALF, TEN, HALF, 1 - HALF, TEN, averages()[1], corrected()]
        ),
        "The weights so far": computed(lambda: [share(HALF, 2), averages()[1], corrected()]),
    },
    "pages/_averages/prose/maths.md": {"*Measured* is": computed(lambda: [REACH])},
    "pages/_averages/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "**Ask first": computed(lambda: [LENS.page_knob("beta").default]),
        "Drag β to": computed(lambda: [tried("β = 0.98")["beta"]]),
        "Let them work out": computed(lambda: [TEN, TEN, HALF]),
        "Why is the second": computed(lambda: [averages()[1], corrected()]),
    },
    "pages/_averages/lens.py": {
        "Three side by side": computed(lambda: [1 + len(tried("Three side by side")["beside"])]),
    },
}
