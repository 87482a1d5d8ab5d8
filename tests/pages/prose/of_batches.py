"""What is said about batch sizes: the page, its lesson, the teacher's plan."""

import numpy as np

from engine.experiment.problem import training_size
from engine.inspection.gradient_noise import deviation
from engine.training.run import Run
from engine.training.stopwatch import LAPS
from pages._batches import in_order, sizes
from pages._batches.lens import BATCHES as LENS
from pages._pages.registry import READY
from tests.pages.prose.claims import Claims, cited, computed, holds, says
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


def half_the_noise() -> list[float]:
    """The same in the order of another sentence."""
    return four_times_the_samples()[::-1]


def falls_faster(_twice: float) -> bool:
    """Whether near m the noise is less than that of samples drawn with replacement."""
    return bool(deviation(1.0, 190, 200) < 0.5 / np.sqrt(190))


def most_of_a_batch() -> list[float]:
    """Which share of the training set the mini-batches of the three orders hold at most."""
    largest = in_order.experiments(LENS.defaults, 512)[0]
    return [largest.batch_size / training_size(largest)]


CLAIMS: Claims = {
    "pages/_batches/lens.py": {"Samples per step, at most": computed(most_of_a_batch)},
    "pages/_batches/prose/maths.md": {
        "The processor's time": computed(lambda: [LAPS]),
        "Sources: Robbins": cited("theorem 2.2 of Cochran's Sampling Techniques", 2.2),
    },
    "pages/_batches/prose/noise.md": {
        "On average it is that": computed(half_the_noise),
        "Near $B = m$": holds(falls_faster),
    },
    "pages/_batches/prose/order.md": {
        "Three runs with": holds(lambda count: count == len(in_order.ORDERS)),
    },
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
