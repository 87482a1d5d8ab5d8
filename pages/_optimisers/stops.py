"""The tour of the page."""

from pages._kit.tour import SHARE, Stop

STOPS = (
    Stop(
        "Drag the start",
        "Take the circle to another place, by hand or with the arrow keys: all of them set off "
        "anew from there.",
        (".race .start",),
    ),
    Stop(
        "Who is there, and when",
        "After how many steps each is in the ring around a minimum, for good. Its α is the best of "
        "a sweep until you choose one.",
        (".race .standings",),
    ),
    Stop(
        "Other ground",
        "Landscapes that are known to be hard, and planes through the cost of a real network.",
        (".race .choices",),
    ),
    SHARE,
)
