"""Every chart as a function of the engine's values: a Vega-Lite specification with its data.

The specification never depends on the data, so that a chart that grows is updated in place.
"""

from pages._shared.charts.base import BLUE, GREY, ORANGE, RUN_COLOURS, Spec, thinned
from pages._shared.charts.bias_variance import (
    SHARES,
    descent,
    error_curves,
    error_ladder,
    gap_path,
    groups,
    precision,
    study,
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
    "SHARES",
    "TRAINING",
    "Spec",
    "accuracy_curve",
    "boundary",
    "class_accuracy",
    "compared",
    "confusion_matrix",
    "cost_curve",
    "descent",
    "error_curves",
    "error_ladder",
    "gap_path",
    "groups",
    "hidden_space",
    "precision",
    "seed_band",
    "study",
    "thinned",
    "units",
]
