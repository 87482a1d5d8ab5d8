"""The race: a neuron's gradient with a loop and without, timed on this server, now."""

from functools import partial

import streamlit as st

from engine.experiment.streams import stream
from engine.inspection.race import Lap, lap
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._neuron import charts, sentences
from pages._neuron.lens import INPUTS, MANY, SAMPLES

MOST = 1_000_000
"""What X may have numbers: 8 MB, and some hundredths of a second without a loop."""


def show(visit: Visit) -> None:
    """Draw how long both take, and let the visitor race them again."""
    controls, picture = st.columns([2, 3])
    with controls:
        wanted = int(visit.page_knob(SAMPLES.name))
        n = int(visit.page_knob(INPUTS.name))
    key = f"{visit.lens.path}.race.{n}.{wanted}"
    laps: list[Lap] = session.keep(key, lambda: _run(n, wanted))
    with picture:
        elements.chart(charts.race(laps), sentences.raced(n, laps, wanted))
    controls.button(
        "Race again", icon=":material/replay:", on_click=lambda: session.put(key, _run(n, wanted)),
        help="Measured anew, on this server: other visitors and programs slow both down.",
    )  # fmt: skip


def _run(n: int, wanted: int) -> list[Lap]:
    rng = stream(0, "data")
    return [cache.in_turn(partial(lap, n, m, rng)) for m in lengths(n, wanted)]


def lengths(n: int, wanted: int) -> list[int]:
    """Return how many samples of n inputs are raced: by tens up to as many as are wanted."""
    return [m for m in sorted({*MANY, wanted}) if m <= wanted and n * m <= MOST]
