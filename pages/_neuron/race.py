"""The race: a neuron's gradient with a loop and without, timed on this server, now."""

from functools import partial

import streamlit as st

from engine.experiment.streams import stream
from engine.inspection.race import Lap, lap
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._neuron import charts, sentences
from pages._neuron.lens import INPUTS

MANY = (10, 100, 1_000, 10_000, 100_000)
"""So many samples are raced."""

MOST = 1_000_000
"""What X may have numbers: 8 MB, and some hundredths of a second without a loop."""


def show(visit: Visit) -> None:
    """Draw how long both take, and let the visitor race them again."""
    n = int(visit.page_knob_value(INPUTS.name))
    key = f"{visit.lens.path}.race.{n}"
    laps: list[Lap] = session.keep(key, lambda: _run(n))
    elements.chart(charts.race(laps), sentences.raced(n, laps))
    st.button(
        "Race again", icon=":material/replay:", on_click=lambda: session.put(key, _run(n)),
        help="Measured anew, on this server: other visitors and programs slow both down.",
    )  # fmt: skip


def _run(n: int) -> list[Lap]:
    rng = stream(0, "data")
    return [cache.in_turn(partial(lap, n, m, rng)) for m in MANY if n * m <= MOST]
