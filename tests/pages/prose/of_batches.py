"""What is said about batch sizes: the page, its lesson, the teacher's plan."""

import numpy as np

from engine.inspection.gradient_noise import deviation
from engine.training.run import Run
from pages._batches import sizes
from pages._batches.lens import BATCHES as LENS
from pages._pages.registry import READY
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.of_mnist import goal
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import trained

OPENING = LENS.page_knob("sizes").default


def shown(**knobs: object) -> list[Run]:
    """The runs that the page shows with these knobs."""
    return [trained(each) for each in sizes.experiments(LENS.defaults.but(**knobs), OPENING)]


def is_hardly_trained(three: float, ten: float) -> bool:
    """Whether the lesson starts with so many runs of so many epochs, all with a cost above 0.3."""
    runs = shown(**READY["batches"].start)
    epochs = {run.experiment.epochs for run in runs}
    costs = [run.final("train_cost") for run in runs]
    return len(runs) == three and epochs == {ten} and min(costs) > 0.3


def four_times_the_samples() -> list[float]:
    """How many times the samples halve the noise, and what becomes of it, in a large set."""
    less = deviation(1.0, np.array([4, 16]), 10**9)
    return [4, float(less[1] / less[0])]


CLAIMS: Claims = {
    "pages/_batches/page.py": {
        "All three go through": holds(is_hardly_trained),
        "Leave the epochs": computed(lambda: [goal("batches", "train_cost")]),
    },
    "pages/_batches/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "The same network, the same data": says(10),
        "Then *Noise": computed(four_times_the_samples),
        "*Cutting m into batches*": says(5, 10**6, 1000),
    },
}
