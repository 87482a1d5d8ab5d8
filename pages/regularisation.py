"""What keeps a big network from learning its noise by heart?"""

import streamlit as st

from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.site import elements
from pages._kit.site.visit import open_lens
from pages._regularisation import (
    away,
    coins,
    inside,
    maths,
    predict,
    prose,
    side_by_side,
    sparse,
    strength,
    why,
)
from pages._regularisation.lens import REGULARISATION as LENS

visit = open_lens(LENS, "What keeps a big network from learning its noise by heart?")
elements.say(visit.notes)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = visit.dial("shown")
    splits = ("train", "dev") if visit.dial("dev_points") else ("train",)
shown = side_by_side.show(visit, names, splits)
if shown.watched.job.finished:
    visit.finished(*shown.drawn.values())
st.markdown(prose("look"))

panel = visit.panels(
    {
        inside.TITLE: lambda: inside.show(visit, shown),
        sparse.TITLE: lambda: sparse.show(visit, shown),
        coins.TITLE: lambda: coins.show(visit, shown),
        why.TITLE: lambda: why.show(visit),
        strength.TITLE: lambda: strength.show(visit),
        predict.TITLE: lambda: predict.show(visit, shown),
        "Compare": lambda: panels.compare(visit, list(shown.drawn.values()), shown.titles),
        gradient_panel.TITLE: lambda: gradient_panel.show(
            visit, visit.experiment, next(iter(shown.drawn.values())).theta
        ),
        away.TITLE: lambda: away.show(visit, shown),
        maths.TITLE: lambda: maths.show(visit, shown),
    }
)
st.page_link(
    "pages/bias_variance.py",
    label="Where to go next: bias and variance",
    icon=":material/arrow_forward:",
)
visit.close(panel=panel)
