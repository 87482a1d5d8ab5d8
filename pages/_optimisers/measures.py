"""What a lesson can ask of the race: who is left outside the ring, and when the last one is in."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from pages._kit.knobs.measure import Measure
from pages._optimisers.racing import at_rest
from pages._optimisers.settings import SLICES, SWEEP


def settled(said: Mapping[str, Any]) -> Array:
    """Return after how many steps each optimiser is in the ring, -1 for never.

    With the usual averages. On a slice, which is another one for each network, none is, and nobody
    whose α was left to the sweep.
    """
    rates = np.array(said["rates"])
    if said["on"] in SLICES:
        return np.full(rates.shape, -1)
    return np.where(rates == SWEEP, -1, at_rest(Experiment(), said).race.settled)


def _outside(said: Mapping[str, Any]) -> float:
    return float((settled(said) < 0).sum())


def _last(said: Mapping[str, Any]) -> float:
    """Return when the last one is in, NaN while somebody is not."""
    steps = settled(said)
    return float("nan") if (steps < 0).any() else float(steps.max())


OUTSIDE, LAST = "outside", "last"

MEASURES = {
    OUTSIDE: Measure(title="Optimisers outside the ring", read=_outside),
    LAST: Measure(title="Steps until the last is in", read=_last),
}
