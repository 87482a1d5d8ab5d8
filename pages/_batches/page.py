"""What others have to know of this page."""

from pages._batches import prose, sizes
from pages._batches.lens import BATCHES
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache


def _prepare() -> None:
    shown = BATCHES.page_knob("sizes").first
    cache.prepare_timed_job(sizes.experiments(BATCHES.defaults, shown))


PAGE = Page(
    path="batches",
    title="Batch, mini-batch, stochastic",
    icon=":material/call_split:",
    section="Faster steps",
    teaser="One sample a step, some, or all: which is ahead depends on what one counts.",
    lens=BATCHES,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "As many epochs, a lower cost",
            "All three go through the data ten times, and none has learned much. Leave the epochs "
            "as they are and find a learning rate with which one of them gets to a cost of 0.1. "
            "Which is it, and how many updates did it have?",
            ("learning_rate",),
            (),
            (Goal("train_cost", 0.1),),
        ),
        start={"epochs": 10, "learning_rate": 0.01},
        solution={"learning_rate": 0.3},
    ),
    prepare=_prepare,
)
