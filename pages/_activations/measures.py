"""What a lesson can ask of the curve: how steep it is, and what a stack of its slopes does."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.nn.activations import ACTIVATIONS
from pages._kit.knobs.measure import Measure


def slope(said: Mapping[str, Any]) -> float:
    """Return g'(z) of the activation, at the z, that the page's controls say."""
    g, z = ACTIVATIONS[said["g"]], np.array([float(said["z"])])
    return float((g.derivative(z, g.function(z)) * np.ones_like(z))[0])


def _changed(said: Mapping[str, Any]) -> float:
    """Return by what share L such slopes change a gradient: 1 where they leave nothing of it."""
    return float(abs(1 - slope(said) ** said["L"]))


STEEPNESS, CHANGE = "slope", "change"

MEASURES = {
    STEEPNESS: Measure(title="Slope g′(z), without its sign", read=lambda said: abs(slope(said))),
    CHANGE: Measure(title="Change of a gradient by the stack", read=_changed, is_share=True),
}
