"""What keeps a big network from learning its noise by heart?"""

import streamlit as st

from pages._kit import miniature
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._regularisation import (
    dropout_masks,
    inside,
    maths,
    predict,
    prose,
    side_by_side,
    sparse,
    strength,
    take_away,
    why,
)
from pages._regularisation.lens import REGULARISATION as LENS

visit = open_lens(LENS, "What keeps a big network from learning its noise by heart?")
elements.say(visit.notes)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = visit.page_knob("shown")
    splits = ("train", "dev") if visit.page_knob("dev_points") else ("train",)
shown = stage.show(
    visit,
    lambda visit: side_by_side.show(visit, names, splits),
    lambda experiment: side_by_side.experiments(experiment, names),
)
if shown.watched.job.finished:
    visit.finished(*shown.drawn.values())
st.markdown(prose("look"))

panel = visit.panels(
    {
        "What it changes": {
            inside.TITLE: lambda: inside.show(visit, shown),
            sparse.TITLE: lambda: sparse.show(visit, shown),
            dropout_masks.TITLE: lambda: miniature.beside(lambda: dropout_masks.show(visit, shown)),
        },
        "Why it works": {
            why.TITLE: lambda: why.show(visit),
            maths.TITLE: lambda: maths.show(visit, shown),
        },
        "How much of it": {
            strength.TITLE: lambda: strength.show(visit),
            predict.TITLE: lambda: miniature.beside(lambda: predict.show(visit, shown)),
        },
        "Compare and check": {
            "Compare": lambda: panels.compare(visit, list(shown.drawn.values()), shown.titles),
            gradient_panel.TITLE: lambda: gradient_panel.show(
                visit, visit.experiment, next(iter(shown.drawn.values())).theta
            ),
        },
        "Take away and teach": {take_away.TITLE: lambda: take_away.show(visit, shown)},
    }
)
st.page_link(
    "pages/bias_variance.py",
    label="Where to go next: bias and variance",
    icon=":material/arrow_forward:",
)
visit.close(panel=panel)
