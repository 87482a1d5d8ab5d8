"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache
from pages._regularisation import prose
from pages._regularisation.lens import REGULARISATION
from pages._regularisation.regularisers import regularised
from pages._regularisation.side_by_side import FRAMES


def _prepare() -> None:
    names = REGULARISATION.page_knob("shown").first
    shown = [regularised(REGULARISATION.defaults, name) for name in names]
    cache.prepare_job(shown, FRAMES)


PAGE = Page(
    path="regularisation",
    title="Regularisation",
    icon=":material/compress:",
    section="Generalising",
    teaser=("L2, L1, dropout and early stopping against a network that learns its noise by heart."),
    lens=REGULARISATION,
    explains=(topics.PENALTIES,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Close the gap",
            "All six networks know their training points by heart, because every regulariser is "
            "almost off. Turn them up until one has at most 13 % dev error. Then go on: what does "
            "too much of it look like?",
            ("l2", "l1", "keep_prob", "patience"),
            (),
            (Goal("dev_error", 0.13),),
        ),
        start={"l2": 0.001, "l1": 0.001, "keep_prob": 1.0, "patience": 0},
        solution={"l2": 0.3},
    ),
    prepare=_prepare,
)
