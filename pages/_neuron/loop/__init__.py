"""Logistic regression line by line: the loop with its running sums, and the lines without one."""

from pathlib import Path
from typing import Any

import streamlit as st

from engine.experiment.wording import number
from engine.inspection.one_step.loop import difference, turns
from engine.inspection.one_step.step import Step
from pages._kit.matrices import parts
from pages._kit.player import bundle
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._neuron import sentences

AT = "at"
"""The link's parameter for the line of the loop one rests at, counted through all turns."""

ONCE, EACH = "once", "each"
"""Whether a line stands outside the loop, or in it."""

_WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    "format.js",
    *parts.scripts("closely.js", "pace.js", "place.js", "ways.js"),
    *(_WEB / name for name in ("program.js", "filled.js", "tables.js", "turns.js")),
)

_mount = st.components.v2.component(
    "playground_neuron_loop",
    html=bundle.text(_WEB / "turns.html"),
    css=bundle.text("range.css") + parts.style(_WEB / "turns.css"),
    js=bundle.script(MODULES),
)


def show(visit: Visit, step: Step) -> None:
    """Draw the loop, to be run line by line; at first it has been run to its end."""
    if visit.extras is not None:
        session.put(_open(visit), _position(visit.extras.get(AT, "")))
    data = pack(step) | {"open": session.keep(_open(visit), lambda: None)}
    _mount(
        key=f"{visit.lens.path}.loop",
        data=data | {"version": f"{visit.experiment!r}"},
        height="content",
    )


def resting(visit: Visit) -> str:
    """Return at which line the visitor rests, as only the browser and its address know."""
    found = _position(visit.in_address(AT))
    return "" if found is None else str(found)


def pack(step: Step) -> dict[str, Any]:
    """Return the program, and what each of its lines makes of each sample."""
    inputs = [f"x{j}" for j in range(1, step.network.sizes[0] + 1)]
    slopes = [name.replace("x", "dw") for name in inputs]
    run = turns(step)
    made: list[dict[str, float]] = []
    for i, turn in enumerate(run):
        z, a, dz = (float(turn.columns[key][0, 0]) for key in ("Z1", "A1", "dZ1"))
        x = dict(zip(inputs, turn.columns["A0"].ravel().tolist(), strict=True))
        sums = _sums(turn.sums, slopes)
        made.append(x | {"y": float(step.matrices["Y"][0, i]), "z": z, "a": a, "dz": dz} | sums)
    mean = {name: total / step.m for name, total in _sums(run[-1].sums, slopes).items()}
    return {
        "m": step.m,
        "inputs": inputs,
        "slopes": slopes,
        "w": step.matrices["W1"].ravel().tolist(),
        "b": step.matrices["b1"].item(),
        "lines": _lines(inputs, slopes),
        "without": _without(step),
        "turns": made,
        "mean": mean,
        "end": sentences.looped(step.m, difference(step)),
    }


def _sums(found: Any, slopes: list[str]) -> dict[str, float]:
    """Return the running sums by the names of their lines."""
    dw = dict(zip(slopes, found["dW1"].ravel().tolist(), strict=True))
    return {"J": found["J"].item(), **dw, "db": found["db1"].item()}


def _lines(inputs: list[str], slopes: list[str]) -> list[dict[str, str]]:
    """Return the lines in their order: what each makes, and how the notes write it."""
    sums = ["J", *slopes, "db"]
    each = [
        ("z", "z(i) = wᵀx(i) + b"),
        ("a", "a(i) = σ(z(i))"),
        ("J", "J += −[y(i) log a(i) + (1 − y(i)) log(1 − a(i))]"),
        ("dz", "dz(i) = a(i) − y(i)"),
        *((dw, f"{_low(dw)} += {_low(x)}(i) dz(i)") for x, dw in zip(inputs, slopes, strict=True)),
        ("db", "db += dz(i)"),
    ]
    return [
        {"key": "zero", "kind": ONCE, "notes": f"{' = '.join(map(_low, sums))} = 0"},
        *({"key": key, "kind": EACH, "notes": notes} for key, notes in each),
        {"key": "mean", "kind": ONCE, "notes": f"{', '.join(map(_low, sums))} divided by m"},
    ]


def _without(step: Step) -> list[dict[str, Any]]:
    """Return the lines without a loop, with what they give, and those of the loop they replace."""
    J, dw, db = (step.matrices[key].ravel().tolist() for key in ("J", "dW1", "db1"))
    slopes = [f"dw{j}" for j in range(1, len(dw) + 1)]
    rows: list[tuple[str, list[str], list[float]]] = [
        ("z = w.T @ X + b", ["z"], []),
        ("a = sigmoid(z)", ["a"], []),
        ("J = -(y * log(a) + (1 - y) * log(1 - a)).mean()", ["J"], J),
        ("dz = a - y", ["dz"], []),
        ("dw = X @ dz.T / m", slopes, dw),
        ("db = dz.mean()", ["db"], db),
    ]
    return [
        {"code": code, "for": keys, "gives": ", ".join(map(number, values))}
        for code, keys, values in rows
    ]


def _low(name: str) -> str:
    """Return a name with its number below: dw₁."""
    return name.translate(str.maketrans("1234", "₁₂₃₄"))


def _open(visit: Visit) -> str:
    return f"{visit.lens.path}.{AT}"


def _position(text: str) -> int | None:
    """Return a line counted through all turns, None for the end or what makes no sense."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
