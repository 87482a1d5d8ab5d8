"""What others have to know of this page."""

from engine.diagnosis.rules import topics
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._kit.training import cache
from pages._mnist import prose
from pages._mnist.lens import MNIST

PAGE = Page(
    path="mnist",
    title="MNIST",
    icon=":material/filter_9_plus:",
    section="Networks that learn",
    teaser="Handwritten digits: 60,000 to learn from, 10,000 to be tested on, in seconds.",
    lens=MNIST,
    explains=(topics.BATCHES,),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Three errors in a hundred",
            "The notes' network misreads 3 to 4 % of the test digits after five epochs. Bring it "
            "to 3 % within ten epochs, with the same 64 hidden neurons. Predict what each knob "
            "will do before you turn it.",
            ("standardize", "learning_rate", "optimizer", "batch_size", "epochs", "keep_prob"),
            (),
            (Goal("test_error", 0.03), Goal("epochs", 10)),
        ),
        start={},
        solution={"optimizer": "adam", "learning_rate": 0.001, "epochs": 10},
    ),
    prepare=lambda: cache.prepare(MNIST.defaults),
)
