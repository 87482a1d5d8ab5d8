"""The step as shapes alone, for any sizes."""

import streamlit as st

from engine.experiment.wording import counted
from engine.inspection.one_step.lines import Line, listing
from engine.inspection.one_step.shapes import Shape, product, shapes, table, turned
from engine.nn.network import Network
from pages._kit.site.visit import Visit
from pages._one_step import prose
from pages._one_step.lens import SIZES

TITLE = "Shapes of any size"


def show(visit: Visit) -> None:
    """Let the visitor choose sizes, and show the shapes of every line, and a table of all."""
    st.markdown(prose("shapes"))
    with st.container(horizontal=True):
        chosen = []
        for knob in SIZES:
            with st.container(width=170):
                chosen.append(int(visit.page_knob(knob.name)))
    *sizes, m = chosen
    network = Network(tuple(sizes))
    st.markdown(parameters(network))
    lines, all_shapes = st.columns([5, 2])
    lines.markdown(written(network, m))
    all_shapes.markdown(tabled(network, m))


def parameters(network: Network) -> str:
    """Say how many parameters a network has, and how they add up."""
    parts = " + ".join(f"{n:,} · {below:,} + {n:,}" for n, below in network.layout.shapes)
    name = "-".join(map(str, network.sizes))
    return f"**{name} has {counted(network.layout.size, 'parameter')}**: {parts}."


def written(network: Network, m: int) -> str:
    """Return every line with the shapes in place of the matrices, as a table in Markdown."""
    found = shapes(network, m)
    rows = [
        f"| {line.notes} | {_made_of(line, found)} | {_told(found[line.result])} |"
        for line in listing(network)
        if line.part != "after"
    ]
    return "\n".join(["| The line | is made of | and is |", "| --- | --- | --- |", *rows])


def _made_of(line: Line, found: dict[str, Shape]) -> str:
    of, rows = product(line), found[line.result][0]
    if of is None:
        told = (_told(found[key]) for key in line.operands)
        # With softmax there is a square of slopes for each sample.
        is_square = line.operands[-1].startswith("g") and found[line.operands[-1]][0] > rows
        return f"{next(told)}, ({rows}, {rows}) for each sample" if is_square else ", ".join(told)
    left = turned(found[of.left], of.is_left_turned)
    right = turned(found[of.right], of.is_right_turned)
    text = f"({left[0]:,}, **{left[1]:,}**) · (**{right[0]:,}**, {right[1]:,})"
    return text + "".join(f" + {_told(found[key])}" for key in line.operands[2:])


def _told(shape: Shape) -> str:
    return f"({shape[0]:,},\u00a0{shape[1]:,})"


def tabled(network: Network, m: int) -> str:
    """Return the shapes as the notes list them at their end."""
    rows = [f"| {_named(key)} | {_told(shape)} |" for key, shape in table(network, m)]
    return "\n".join(["| Matrix | Shape |", "| --- | --- |", *rows])


def _named(key: str) -> str:
    letters = key.rstrip("0123456789")
    return f"{letters}[{key[len(letters) :]}]"
