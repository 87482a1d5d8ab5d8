"""The tour of the page."""

from pages._kit.tour import SHARE, Stop

STOPS = (
    Stop(
        "Drag β",
        "How much of yesterday's average is kept. The more, the calmer the line, and the later.",
        (".averages-panel .dial",),
    ),
    Stop(
        "Press a day",
        "The bars say what each day before it weighs in its average, and can be pointed at. The "
        "grey ground is the window; the line to the left of the day says how late its average is.",
        (".averages-panel .plot",),
    ),
    Stop(
        "Worked out",
        "The average of that day with its numbers: from yesterday's, as a sum, and corrected.",
        (".averages-panel .steps",),
    ),
    Stop(
        "What comes after",
        "The first days, a series of your own, and the same on a network's gradients.",
        ("[data-testid=stMain] [role=radiogroup][aria-label='Below the picture']",),
    ),
    SHARE,
)
