"""The tour of the page."""

from pages._kit.tour import SHARE, Stop

STOPS = (
    Stop(
        "Drag z",
        "In the picture or on the bar. The blue curve is what the unit makes of z, the dashed one "
        "how steeply; where the ground is grey hardly any gradient comes through.",
        (".curve-panel .plot",),
    ),
    Stop(
        "Worked out by hand",
        "The derivation as the notes have it, with the numbers of this z put in.",
        (".curve-panel .steps",),
    ),
    Stop(
        "What comes after",
        "Softmax and its Jacobian, the losses and their slopes, and which output goes with which "
        "question.",
        ("[data-testid=stMain] [role=radiogroup][aria-label='Below the picture']",),
    ),
    SHARE,
)
