"""What is said about activations and outputs: the page, its panels, the teacher's plan."""

import numpy as np

from engine.nn.activations import ACTIVATIONS
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from tests.pages.prose.claims import Claims, computed, says
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


CLAIMS: Claims = {
    "pages/_activations/lens.py": {
        "Add 100 to all": computed(lambda: [added("Add 100 to all")]),
    },
    "pages/_activations/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "A sigmoid says": computed(lambda: [sigmoid(6)]),
        "Collect guesses": computed(lambda: [tried("Sigmoid at z = 6")]),
        "Let them guess": says(100),
    },
}
