"""What others have to know of this page."""

from pages._activations import prose
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS
from pages._activations.measures import CHANGE, MEASURES
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page

PAGE = Page(
    path="activations",
    title="Activations and outputs",
    icon=":material/show_chart:",
    section="A neuron, a network",
    teaser="Every activation with its slope, softmax with its Jacobian, and which output to take.",
    lens=ACTIVATIONS_AND_OUTPUTS,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "A gradient through ten layers",
            "This sigmoid stands where it is steepest, and a stack of ten of them still loses "
            "nearly the whole gradient. Choose an activation and drag z until at least half of it "
            "comes back. Which curves can do that, and where on them?",
            goals=(Goal(CHANGE, 0.5, MEASURES[CHANGE]),),
        ),
        start={"g": "sigmoid", "z": 0.0, "L": 10},
        solution={"g": "tanh", "z": 0.2},
    ),
)
