"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache
from pages._vanishing import prose
from pages._vanishing.lens import VANISHING

PAGE = Page(
    path="vanishing",
    title="Vanishing and exploding",
    icon=":material/show_chart:",
    section="Starting well",
    teaser="What depth does to activations and gradients, layer by layer, and what cures it.",
    lens=VANISHING,
    explains=(topics.DEPTH,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Fifteen layers, and none may be lost",
            "The gradient of the first layers is smaller than any rounding. Look at the map, then "
            "change one thing at a time: how few changes are enough for 95 % of the training "
            "points?",
            ("activation", "initializer", "init_scale", "learning_rate"),
            (),
            (Goal("train_error", 0.05),),
        ),
        start={},
        solution={"activation": "tanh", "initializer": "xavier"},
    ),
    prepare=lambda: cache.prepare_job([VANISHING.first]),
)
