"""What others have to know of this page."""

from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._optimisers import prose
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.measures import MEASURES, OUTSIDE

PAGE = Page(
    path="optimisers",
    title="Optimisers",
    icon=":material/route:",
    section="Faster steps",
    teaser="A race on landscapes and real networks, one step in numbers, schedules, stability.",
    lens=OPTIMISERS,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "All of them into the ring",
            "All set off with the same small α, and nobody arrives. Choose an α for each by hand, "
            "until all of them are in the ring for good. Who needs a large one, who a small one, "
            "and why?",
            shown=(),
            goals=(Goal(OUTSIDE, 0, MEASURES[OUTSIDE]),),
        ),
        start={"rates": (0.001,) * 7},
        solution={"rates": (0.01, 0.0316, 0.0316, 3.16, 0.1, 0.1, 1.0)},
    ),
)
