"""Every chart as a function of the engine's values: a Vega-Lite specification with its data.

The specification never depends on the data, so that a chart that grows is updated in place.
"""

from pages._shared.charts.base import BLUE, GREY, ORANGE, RUN_COLOURS, Spec, thinned
from pages._shared.charts.initialisation import (
    scheme_seeds,
    sum_deviation,
    sum_histogram,
    symmetry_gap,
    unit_rows,
)
from pages._shared.charts.mnist import TRAINING, accuracy_curve, cost_curve
from pages._shared.charts.mnist_inside import CELL, class_accuracy, confusion_matrix, units
from pages._shared.charts.plane import boundary, hidden_space
from pages._shared.charts.runs import compared, seed_band

__all__ = [
    "BLUE",
    "CELL",
    "GREY",
    "ORANGE",
    "RUN_COLOURS",
    "TRAINING",
    "Spec",
    "accuracy_curve",
    "boundary",
    "class_accuracy",
    "compared",
    "confusion_matrix",
    "cost_curve",
    "hidden_space",
    "scheme_seeds",
    "seed_band",
    "sum_deviation",
    "sum_histogram",
    "symmetry_gap",
    "thinned",
    "unit_rows",
    "units",
]
