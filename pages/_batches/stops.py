"""The tour of the page."""

from pages._kit.tour import SHARE, Stop

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
    Stop(
        "Move through the training",
        "All of it has happened already: play it, step through it, or drag the bar back to the "
        "start.",
        (".transport",),
    ),
    SHARE,
)
