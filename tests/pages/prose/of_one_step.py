"""What is said about a single step: the page, its lesson, the teacher's plan."""

from engine.experiment.experiment import Experiment
from engine.inspection.one_step.start import begin
from pages._one_step import digits
from pages._one_step.lens import ONE_STEP
from tests.pages.prose.claims import Claims, computed
from tests.pages.prose.plans import PLAN


def classes(experiment: Experiment) -> list[float]:
    """Return how many classes an experiment's output tells apart."""
    return [begin(experiment).network.sizes[-1]]


CLAIMS: Claims = {
    "pages/_one_step/lens.py": {
        "After an epoch on 6,000": computed(lambda: [digits.LEARNED.samples]),
        "Softmax, three classes": computed(lambda: classes(ONE_STEP.first.but(dataset="blobs"))),
    },
    "pages/_one_step/prose/teachers.md": {"Fifteen minutes": PLAN},
}
