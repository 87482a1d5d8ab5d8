"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._xor import prose
from pages._xor.lens import XOR

PAGE = Page(
    path="xor",
    title="XOR",
    icon=":material/join_inner:",
    section="Networks that learn",
    teaser="Four points that one neuron cannot separate, and the small network that can.",
    lens=XOR,
    explains=(topics.STEPS,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "The smallest network for XOR",
            "Four hidden neurons solve XOR. How few are enough? Take them away one by one. When a "
            "network gets stuck, ask first whether another seed helps.",
            ("hidden", "learning_rate", "epochs", "seed"),
            (),
            (Goal("train_error", 0.0), Goal("train_cost", 0.05), Goal("hidden_neurons", 2)),
        ),
        start={"hidden": (4,), "seed": 1},
        solution={"hidden": (2,), "seed": 2},
    ),
)
