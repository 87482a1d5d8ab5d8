"""What others have to know of this page."""

from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._neuron import prose
from pages._neuron.lens import NEURON

PAGE = Page(
    path="neuron",
    title="One neuron",
    icon=":material/trip_origin:",
    section="A neuron, a network",
    teaser="Logistic regression with a loop and without, which is faster, and how shapes stretch.",
    lens=NEURON,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Far enough, and not too far",
            "This neuron has only begun. Change the learning rate or the epochs until its cost "
            "says that it is sure.",
            ("learning_rate", "epochs"),
            (),
            (Goal("train_error", 0.0), Goal("train_cost", 0.1)),
        ),
        start={"learning_rate": 0.01, "epochs": 10},
        solution={"learning_rate": 3.0, "epochs": 300},
    ),
)
