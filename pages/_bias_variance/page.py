"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._bias_variance import prose
from pages._bias_variance.lens import BIAS_VARIANCE
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache

PAGE = Page(
    path="bias_variance",
    title="Bias and variance",
    icon=":material/stethoscope:",
    section="Generalising",
    teaser="Train, dev and test errors, what they say is wrong, and the recipe for what to do.",
    lens=BIAS_VARIANCE,
    explains=(topics.GAPS,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "What would you do next?",
            "This network makes no training error and too many dev errors. Name the problem, "
            "choose what the recipe recommends, and bring the dev error to 7 %. The test set stays "
            "closed until you are done.",
            ("samples", "hidden", "epochs", "l2", "keep_prob"),
            (),
            (Goal("dev_error", 0.07),),
        ),
        start={},
        solution={"samples": 2000},
    ),
    prepare=lambda: cache.prepare_job([BIAS_VARIANCE.first]),
)
