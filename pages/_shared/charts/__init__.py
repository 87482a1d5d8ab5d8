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
from pages._shared.charts.depth import (
    layer_curves,
    layer_map,
    study_accuracy,
    study_deviations,
    thought,
    trial_costs,
)
from pages._shared.charts.gradient import agreement, epsilon_curve
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
from pages._shared.charts.regularisation import (
    cost_parts,
    growth,
    layer_norms,
    linear_range,
    running_mean,
    sparsity,
    strength,
    thinned_network,
    weight_histogram,
    weight_sizes,
)
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
    "agreement",
    "boundary",
    "class_accuracy",
    "compared",
    "confusion_matrix",
    "cost_curve",
    "cost_parts",
    "descent",
    "epsilon_curve",
    "error_curves",
    "error_ladder",
    "gap_path",
    "groups",
    "growth",
    "hidden_space",
    "layer_curves",
    "layer_map",
    "layer_norms",
    "linear_range",
    "precision",
    "running_mean",
    "scheme_seeds",
    "seed_band",
    "sparsity",
    "strength",
    "study",
    "study_accuracy",
    "study_deviations",
    "sum_deviation",
    "sum_histogram",
    "symmetry_gap",
    "thinned",
    "thinned_network",
    "thought",
    "trial_costs",
    "unit_rows",
    "units",
    "weight_histogram",
    "weight_sizes",
]
