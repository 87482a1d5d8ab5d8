"""What a lesson can ask of an average: how calm it is, and how late."""

from collections.abc import Mapping
from typing import Any

from engine.inspection.smoothing import unrest_left
from engine.optim.averages import exponentially_weighted_average
from engine.optim.forgetting import mean_age
from pages._averages.series import values
from pages._kit.knobs.measure import Measure


def _unrest(said: Mapping[str, Any]) -> float:
    """Return which share of the day-to-day changes is left by the average that is chosen."""
    series = values(said)
    return unrest_left(series, exponentially_weighted_average(series, said["beta"]))


UNREST, AGE = "unrest", "age"

MEASURES = {
    UNREST: Measure(title="Day-to-day changes left", read=_unrest, is_share=True),
    AGE: Measure(title="Days late, β/(1 − β)", read=lambda said: mean_age(said["beta"])),
}
