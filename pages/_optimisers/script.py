"""The race to take away: as a script that prints where each optimiser got."""

import streamlit as st

from engine.export.race_script import race_script
from engine.optim.descents import NEAR
from engine.optim.landscapes import Landscape
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.site.visit import Visit
from pages._optimisers import prose
from pages._optimisers.racing import Shown, knobs

TITLE = "The race as a script"


def show(visit: Visit, shown: Shown) -> None:
    """Offer the race of the picture as a script; a slice has none, as it goes through a network."""
    surface = shown.scene.surface
    if not isinstance(surface, Landscape):
        st.markdown(prose("no_script"))
        return
    st.markdown(prose("script"))
    code = race_script(
        surface,
        shown.start,
        dict(zip(OPTIMIZERS, shown.race.rates.tolist(), strict=True)),
        len(shown.race.paths[0]) - 1,
        NEAR * shown.scene.width,
        **knobs(visit.experiment),
    )
    st.download_button(
        "Script (.py)",
        code,
        file_name="race.py",
        help="Needs Python 3.11 and NumPy 2.",
        on_click="ignore",
        icon=":material/download:",
        key=f"{visit.lens.path}.download.race",
    )
    st.code(code, language="python", height=480)
