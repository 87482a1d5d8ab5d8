"""What others have to know of this page."""

from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._one_step import digits, inside, prose
from pages._one_step.lens import ONE_STEP

PAGE = Page(
    path="one_step",
    title="Inside one step",
    icon=":material/calculate:",
    section="A neuron, a network",
    teaser="Forwards, backwards and the update, line by line, with every number of every matrix.",
    lens=ONE_STEP,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "A step that goes uphill",
            "The slope says where J falls, not how far. This step goes too far: J rises. Read in "
            "its last lines what the slope has promised, and find a learning rate that keeps it.",
            ("learning_rate",),
            (),
            (Goal("train_cost", 0.7),),
        ),
        start={
            "dataset": "blobs",
            "activation": "relu",
            "initializer": "he",
            "learning_rate": 10.0,
        },
        solution={"learning_rate": 3.0},
    ),
    prepare=digits.prepare,
    inside=inside.link,
)
