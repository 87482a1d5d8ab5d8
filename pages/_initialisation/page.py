"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._initialisation import prose, schemes
from pages._initialisation.lens import INITIALISATION
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache


def _prepare() -> None:
    shown = INITIALISATION.page_knob("schemes").first
    cache.prepare_job(schemes.experiments(INITIALISATION.defaults, shown))


PAGE = Page(
    path="initialisation",
    title="Initialisation",
    icon=":material/casino:",
    section="Starting well",
    teaser=(
        "Zeros, small, large, Xavier and He side by side: why weights start random, and how large."
    ),
    lens=INITIALISATION,
    explains=(topics.STARTS,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Ten layers that learn",
            "Ten hidden layers of sigmoid units learn nothing, whatever their weights start from. "
            "Find an activation and a learning rate with which one of the schemes gets 95 % of the "
            "test points right. Which scheme is it, and why that one?",
            ("activation", "init_scale", "learning_rate", "epochs"),
            (),
            (Goal("test_error", 0.05),),
        ),
        start={"hidden": (12,) * 10, "activation": "sigmoid"},
        solution={"activation": "tanh", "learning_rate": 0.1},
    ),
    prepare=_prepare,
)
