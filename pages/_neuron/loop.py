"""Logistic regression line by line: the loop with its running sums, and the lines without one."""

from collections.abc import Mapping

import streamlit as st

from engine.experiment.wording import number
from engine.inspection.one_step.loop import Turn, difference, turns
from engine.inspection.one_step.step import Step
from engine.nn.types import Array
from pages._kit.site.visit import Visit
from pages._neuron import sentences


def turns_of(visit: Visit, step: Step) -> int:
    """Let the visitor choose how many turns of the loop are done, and return it."""
    return st.slider(
        "Turns of the loop", 1, step.m, step.m, key=f"{visit.lens.path}.turn.{step.m}",
        help="Each turn takes the next sample, and adds to the sums J, dw and db.",
    )  # fmt: skip


def show(step: Step, done: int) -> None:
    """Draw the turns of the loop so far, with its running sums, and say how they end."""
    m, run = step.m, turns(step)
    rows = [_row(i, step, turn) for i, turn in enumerate(run[:done], start=1)]
    if done == m:
        rows.append(dict.fromkeys(rows[0], "") | {"i": "÷ m"} | _sums(run[-1].sums, m))
    st.dataframe(rows, hide_index=True, height="content", width="stretch")
    st.caption(sentences.looped(m, difference(step), done))


def show_lines(step: Step) -> None:
    """Draw the same without a loop, with the numbers it gives."""
    st.code(_lines(step), language="python", wrap_lines=True)


def _row(i: int, step: Step, turn: Turn) -> dict[str, str]:
    x, z, a, dz = (turn.columns[name][:, 0] for name in ("A0", "Z1", "A1", "dZ1"))
    return {
        "i": str(i),
        **{name: number(float(value)) for name, value in zip(_numbered("x", x), x, strict=True)},
        "y": number(float(step.matrices["Y"][0, i - 1])),
        "z = wᵀx + b": number(float(z[0])),
        "a = σ(z)": number(float(a[0])),
        "dz = a − y": number(float(dz[0])),
        **_sums(turn.sums, 1),
    }


def _sums(sums: Mapping[str, Array], m: int) -> dict[str, str]:
    """Return the running sums, or with their m what comes of them, as they are written."""
    dw = sums["dW1"].ravel()
    found = {"J": sums["J"], **dict(zip(_numbered("dw", dw), dw, strict=True)), "db": sums["db1"]}
    return {name: number(total.item() / m) for name, total in found.items()}


def _numbered(name: str, values: Array) -> list[str]:
    """Return a name for each of a few values, as the notes number them."""
    return [f"{name}{'₁₂₃₄'[k]}" for k in range(len(values))]


def _lines(step: Step) -> str:
    """Return the lines without a loop, with the numbers they give."""
    given = _sums(step.matrices, 1)
    dw = ", ".join(value for name, value in given.items() if name.startswith("dw"))
    return (
        "z = w.T @ X + b\n"
        "a = sigmoid(z)\n"
        f"J = -(y * log(a) + (1 - y) * log(1 - a)).mean()   # {given['J']}\n"
        "dz = a - y\n"
        f"dw = X @ dz.T / m   # {dw}\n"
        f"db = dz.mean()   # {given['db']}"
    )
