"""Broadcasting: the table of calories, what it is divided by, and which cells are only copies."""

import numpy as np
import streamlit as st

from engine.inspection.broadcasting import align, stretch, together
from engine.inspection.calories import CALORIES, FOODS, NUTRIENTS
from engine.nn.types import Array
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._neuron import charts, prose, sentences
from pages._neuron.lens import DIVIDED, DIVISOR


def show(visit: Visit) -> None:
    """Let the visitor divide a table by its sums, and show what NumPy makes of their shapes."""
    st.markdown(prose("broadcasting"))
    table = _edited(visit)
    if table is None:
        st.warning("Each cell of A needs a number.", icon=":material/grid_off:")
        return
    left_place, right_place = st.columns(2)
    with left_place:
        divided = operand(table, str(visit.page_knob(DIVIDED.name)))
    with right_place:
        divisor = operand(table, str(visit.page_knob(DIVISOR.name)))
    axes = align(divided.shape, divisor.shape)
    st.table(
        [
            {
                "axis, from the right": str(-k),
                "divided": "–" if axis.left is None else str(axis.left),
                "divisor": "–" if axis.right is None else str(axis.right),
                "the rule": axis.told,
            }
            for k, axis in enumerate(axes, start=1)
        ]
    )
    st.markdown(f"**{sentences.fitted(divided.shape, divisor.shape, axes)}**")
    shape = together(axes)
    if shape is not None:
        _draw(divided, divisor, shape)


def _edited(visit: Visit) -> Array | None:
    """Let the visitor change the table; return it, None if a cell is empty."""
    given = {"A": list(NUTRIENTS)} | {food: CALORIES[:, k].tolist() for k, food in enumerate(FOODS)}
    said = st.data_editor(
        given, key=f"{visit.lens.path}.calories", num_rows="fixed", disabled=["A"], hide_index=True
    )
    table = np.array([said[food] for food in FOODS], float).T
    return table if np.isfinite(table).all() else None


def operand(table: Array, name: str) -> Array:
    """Return the table or one of its sums, by the name of its knob's choice."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    found: dict[str, Array] = {
        "table": table,
        "sums": rows,
        "by_axis_0": columns,
        "row": columns.reshape(1, -1),
        "column": columns.reshape(-1, 1),
        "by_axis_1": rows,
        "own_column": table.sum(axis=1, keepdims=True),
        "total": table.sum(),
    }
    return np.asarray(found[name])


def _draw(divided: Array, divisor: Array, shape: tuple[int, ...]) -> None:
    seen = stretch(divisor, shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = 100 * divided / divisor
    by, of = st.columns(2)
    with by:
        copies = int(seen.is_copy.sum())
        elements.chart(
            charts.cells(seen),
            f"The divisor as NumPy sees it: {copies} of its {seen.values.size} cells, pale and "
            "dashed, are copies, which take no memory.",
        )
    with of:
        elements.chart(
            charts.cells(stretch(quotient, shape)),
            "The quotient, in per cent.",
        )
