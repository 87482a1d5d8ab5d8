"""The series that the page's controls say: one that is drawn, or the visitor's own."""

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.data.series import SERIES
from engine.experiment.streams import stream
from engine.nn.types import Array
from pages._kit.site.visit import Visit

NAMES = ("series", "year", "own")
"""The controls that say which series it is."""


def said(visit: Visit) -> dict[str, Any]:
    """Return what the controls of the series say."""
    return {name: visit.page_knob_value(name) for name in NAMES}


def values(said: Mapping[str, Any]) -> Array:
    """Return the values of the series that is chosen; without any of one's own, the first one."""
    if own(said):
        return np.array(said["own"], float)
    return _drawn(said["series"] if said["series"] in SERIES else next(iter(SERIES)), said["year"])


def own(said: Mapping[str, Any]) -> bool:
    """Whether it is the visitor's own."""
    return said["series"] == "own" and bool(said["own"])


def unit(said: Mapping[str, Any]) -> str:
    """Return what the values are measured in, "" where that is not known."""
    return "" if own(said) else SERIES.get(said["series"], SERIES["temperatures"]).unit


@functools.lru_cache(maxsize=32)
def _drawn(name: str, year: int) -> Array:
    found = SERIES[name].make(stream(year, "series"))
    found.flags.writeable = False  # it is shared
    return found
