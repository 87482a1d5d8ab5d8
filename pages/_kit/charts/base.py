"""What every chart shares: the palette, and how data joins a cached specification."""

from typing import Any

import numpy as np
import pandas as pd

from engine.nn.types import Array
from pages._kit.charts.written import translated
from pages._kit.pictures import BLUE, ORANGE

Spec = dict[str, Any]

CLASS_COLOURS = (BLUE, ORANGE, "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
CLASS_SHAPES = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
"""How classes 0 to 5 are drawn, here and by the player."""

MEAN_LOSS = "mean −ln p"
"""What an axis of costs counts, as the player says it: p is the right class's probability."""


def thinned(count: int, most: int = 200) -> Array:
    """Return at most `most` of 0 .. count - 1, evenly spread and with both ends."""
    chosen: Array = np.unique(np.linspace(0, count - 1, min(count, most)).astype(int))
    return chosen


def with_data(spec: Spec, **datasets: pd.DataFrame) -> Spec:
    """Return the specification with its named data, its numbers written as everywhere."""
    return {**translated(spec), "datasets": datasets}
