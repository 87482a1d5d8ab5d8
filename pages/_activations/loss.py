"""The panel on losses."""

from engine.inspection.outputs import OUTPUTS
from pages._activations import parts
from pages._kit import plots
from pages._kit.site.visit import Visit

TITLE = "Losses"

NAMES = ("loss", "y", "at")

KEY = "activations.losses"

MODULES = ("losses.js", "chained.js", "lossesPanel.js")

_mount = parts.component("losses", MODULES)


def show(visit: Visit) -> None:
    """Draw a loss in a and in z, with its slopes."""
    rows = {
        name: {"title": each.title, "formula": each.loss.formula} for name, each in OUTPUTS.items()
    }
    plots.draw(_mount, visit, KEY, NAMES, rows=rows)
