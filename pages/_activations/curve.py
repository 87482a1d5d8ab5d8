"""The first picture: an activation and its slope, along which z is dragged."""

from typing import Any

from engine.nn.activations import ACTIVATIONS, Activation
from pages._activations import parts
from pages._kit import plots
from pages._kit.site.visit import Visit

NAMES = ("g", "z", "L", "beside")

KEY = "activations.curve"

MODULES = ("slopes.js", "judged.js", "regions.js", "pinned.js", "curve.js")

_mount = parts.component("curve", MODULES)


def show(visit: Visit) -> None:
    """Draw the curve that is chosen."""
    plots.draw(_mount, visit, KEY, NAMES, rows=ROWS)


def row(g: Activation) -> dict[str, Any]:
    """Return what the browser says of an activation beside its numbers."""
    return {
        "title": g.title,
        "steepest": g.steepest,
        "kink": g.has_kink,
        "silent": g.is_silent,
        "both": g.saturates,
        "cases": [case._asdict() for case in g.derivation],
    }


ROWS = {name: row(g) for name, g in ACTIVATIONS.items()}
