"""An entry of the line-up is one run as its tile shows it: what it decides, frame by frame."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Reading(NamedTuple):
    """A number shown large, one per frame (F,); NaN is shown as a dash.

    form is "percent" (of a share), "points" (of the difference of two shares), "number" (three
    significant digits) or "count".
    """

    values: Array
    form: str = "number"


class Clock(NamedTuple):
    """What the runs may be measured by instead of epochs.

    name   one of those the browser knows how to write: "updates", "epochs", "samples", "seconds"
    told   who is ahead by it, in words
    """

    name: str
    told: str


class Layers(NamedTuple):
    """What a run's L layers hold at each of its F frames.

    counts     (F, L, B) uint8: histograms, the fullest bin of each 255
    edges      where the histograms begin and end, (2,) for all frames or (F, 2)
    deviation  (F, L), the number that the chart over the layers draws on a logarithmic axis
    measure    what that number is, in words
    """

    counts: Array
    edges: Array
    deviation: Array
    measure: str = "spread (standard deviation)"


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry:
    """One of up to six runs side by side.

    name      what tells it from the others
    fields    (F, G, G) uint8: what `quantised` makes of p(y = 1) at the cells (x1, x2) of the
              view, ordered as `engine.inspection.field` orders them; None where there is no plane
    curves    "<split>_<quantity>" -> (E,), one number per epoch from 0 on: a chart per quantity,
              "cost" and "accuracy" with their units; the training split solid, others dashed
    readings  title -> numbers shown large; the first one is said in the sentence as well
    layers    title -> what the layers hold, say "Activations" and "Gradients"
    verdict   what became of the run, in words with its numbers
    note      said on the picture after the entry's last frame, and at once where it has none:
              "diverged in epoch 12", "training ..."
    clocks    name -> what that clock reads (E,) at each number of the curves, ascending, in a
              line-up that has clocks; the numbers are then not one per epoch
    moments   (F,), which of the E numbers each frame belongs to; with clocks only

    F is the number of the line-up's frames or smaller: a run that ended early keeps its last
    picture. Readings, fields and layers must agree in F.
    """

    name: str
    fields: Array | None = None
    curves: Mapping[str, Array] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    layers: Mapping[str, Layers] = field(default_factory=dict)
    verdict: str = ""
    note: str = ""
    clocks: Mapping[str, Array] = field(default_factory=dict)
    moments: Array | None = None

    def __post_init__(self) -> None:
        counts = {len(values) for values in self._per_frame()}
        if len(counts) > 1:
            raise ValueError(f"{self.name!r} has arrays of {sorted(counts)} frames, not of one F.")

    @property
    def frames(self) -> int:
        """How many frames the entry has, F."""
        return next((len(values) for values in self._per_frame()), 0)

    def _per_frame(self) -> list[Array]:
        fields = [] if self.fields is None else [self.fields]
        readings = [reading.values for reading in self.readings.values()]
        layers = [a for held in self.layers.values() for a in (held.counts, held.deviation)]
        moments = [] if self.moments is None else [self.moments]
        return [*fields, *readings, *layers, *moments]


def quantised(p: Array) -> Array:
    """Return probabilities as uint8, finest around 1/2, where the decision boundary runs.

    With s = 2p - 1 the level is 128 + 128 sqrt(s) where p > 1/2 and as far below where it is not,
    rounded down from the middle; what is not finite counts as 1/2, which is class 0.

    >>> quantised(np.array([0.0, 0.4999, 0.5, 0.5001, 0.75, 1.0, np.nan]))
    array([  0, 126, 127, 129, 218, 255, 127], dtype=uint8)
    """
    s = 2 * np.clip(np.nan_to_num(p, nan=0.5), 0, 1) - 1
    steps = np.minimum(128 * np.sqrt(np.abs(s)), 127).astype(int)
    levels: Array = np.where(s > 0, 128 + steps, 127 - steps).astype(np.uint8)
    return levels
