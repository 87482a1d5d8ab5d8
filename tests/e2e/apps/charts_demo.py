"""A chart that writes numbers as its marks: what the expressions for tooltips and axes make."""

import math

import altair as alt
import pandas as pd
import streamlit as st

from pages._kit.charts import written
from tests.numbers import CHOSEN, NUMBERS, SHARES, SIZES

TABLES = {"number": NUMBERS, "percent": SHARES, "size": SIZES, "chosen": CHOSEN}
WRITERS = {
    "number": written.number, "percent": written.percent, "size": written.size,
    "chosen": written.chosen,
}  # fmt: skip

for name, table in TABLES.items():
    values = [value for value, _ in table if math.isfinite(value) and value != 5e-324]
    rows = pd.DataFrame({"value": values, "row": range(len(values))})
    chart = (
        alt.Chart(rows)
        .transform_calculate(text=WRITERS[name]("datum.value"))
        .mark_text()
        .encode(alt.Y("row:O").axis(None), alt.Text("text:N"))
    )
    with st.container(key=name):
        st.altair_chart(chart)

powers = pd.DataFrame({"value": range(-12, 13)})
chart = (
    alt.Chart(powers)
    .transform_calculate(text=written.power("datum.value"))
    .mark_text()
    .encode(alt.Y("value:O").axis(None), alt.Text("text:N"))
)
with st.container(key="power"):
    st.altair_chart(chart)
