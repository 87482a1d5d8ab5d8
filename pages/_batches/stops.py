"""The tour of the page."""

from pages._kit.tour import MOVE, SHARE, Stop

STOPS = (
    Stop(
        "Change the count",
        "The same trainings against updates, epochs, samples or seconds: another one is ahead, and "
        "nothing is trained again.",
        (".lineup .clocks",),
    ),
    Stop(
        "Drag this",
        "All of them are trained anew from the same start. Drag slowly, and watch the curves.",
        (".hot input[type=range]",),
    ),
    MOVE,
    SHARE,
)
