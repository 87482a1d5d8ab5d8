"""The panel on softmax."""

from pages._activations import parts
from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS, FURTHEST, TEMPERATURES
from pages._kit import plots
from pages._kit.knobs.reals import Reals
from pages._kit.site.visit import Visit

TITLE = "Softmax"

NAMES = ("logits", "T", "add", "true", "i", "j")

KEY = "activations.softmax"

MODULES = (*parts.TINT, "softmax.js", "quotient.js", "hundredths.js", "softmaxPanel.js")

_mount = parts.component("softmax", MODULES)


def show(visit: Visit) -> None:
    """Draw logits to be dragged, their probabilities, the Jacobian, and the loss through it."""
    logits = ACTIVATIONS_AND_OUTPUTS.page_knob("logits").knob
    assert isinstance(logits, Reals)
    limits = {
        "temperatures": TEMPERATURES,
        "fewest": logits.fewest,
        "most": logits.most,
        "add": FURTHEST,
    }
    plots.draw(_mount, visit, KEY, NAMES, limits=limits)
