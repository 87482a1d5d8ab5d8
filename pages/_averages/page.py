"""What others have to know of this page."""

from pages._averages import prose
from pages._averages.lens import AVERAGES
from pages._averages.measures import AGE, MEASURES, UNREST
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page

PAGE = Page(
    path="averages",
    title="Averages that forget",
    icon=":material/ssid_chart:",
    section="Faster steps",
    teaser="Over how many days β averages, how late that is, and where momentum comes from.",
    lens=AVERAGES,
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson(
            "Smooth, but not late",
            "This average is calm, and weeks behind the weather. Drag β until it is no more than "
            "ten days late and still keeps little of the ups and downs from day to day. Which β "
            "can do both, and over how many days do they average?",
            goals=(Goal(UNREST, 0.12, MEASURES[UNREST]), Goal(AGE, 10, MEASURES[AGE])),
        ),
        start={"beta": 0.98},
        solution={"beta": 0.9},
    ),
)
