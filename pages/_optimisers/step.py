"""One step in numbers: what an optimiser is given, what it remembers, what it does with it."""

import re
from collections.abc import Callable, Mapping
from itertools import islice

import numpy as np
import streamlit as st

from engine.nn.types import Array
from engine.optim.descents import Surface
from engine.optim.optimizers import EPSILON, OPTIMIZERS
from engine.optim.records import Step, steps
from pages._kit.panels.tex import filled, tex
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._optimisers import prose, sentences
from pages._optimisers.racing import Shown, knobs
from pages._optimisers.settings import ONE_STEP

TITLE = ONE_STEP

_FEW = 50
"""So many slopes of a slice, each through a whole network, take some hundredths of a second."""

_MEASURED = re.compile(
    r"((?P<times>[\d})])(\\,)?\s?)?"
    r"(?P<symbol>d\\theta|\\hat v|\\hat s|\\theta|\\tau|\\odot|(?<![A-Za-z\\])[vs](?![A-Za-z]))"
)
"""What in a rule is another number at each step, with what multiplies it; and how two vectors are
multiplied."""


_TOGETHER = re.compile(r"(\d)\\, (?=\d)")


def show(visit: Visit, shown: Shown) -> None:
    """Let the visitor choose an optimiser, a weight and a step of the race; write that step out."""
    st.markdown(prose("step"))
    by, which, when = st.columns([2, 1, 3])
    with by:
        name = str(visit.page_knob("by"))
    with which:
        axis = int(visit.page_knob("w")) - 1
    with when:
        t = int(visit.page_knob("t"))
    place = list(OPTIMIZERS).index(name)
    path = shown.race.paths[place]
    last = len(path) - 1
    t = min(t, last)
    gradients = cache.in_slices(lambda rest: slopes(shown.scene.surface, path[:t], rest))[:, axis]
    rate = float(shown.race.rates[place])
    found = at(name, rate, gradients, path[: t + 1, axis], knobs(visit.experiment))
    numbers = dict(knobs(visit.experiment), rate=rate)
    st.latex(r"\begin{aligned}" + r" \\ ".join(lines(name, *found, numbers)) + r"\end{aligned}")
    elements.caption(sentences.step(OPTIMIZERS[name].title, found[1], rate, last))


def slopes(surface: Surface, path: Array, rest: Callable[[], None]) -> Array:
    """Return the slopes (T, 2) along a path (T, 2), a few at a time."""
    parts = []
    for low in range(0, len(path), _FEW):
        parts.append(surface.gradient(path[low : low + _FEW]))
        rest()
    return np.concatenate(parts)


def at(
    name: str, rate: float, gradients: Array, path: Array, numbers: Mapping[str, float]
) -> tuple[Step | None, Step]:
    """Return the last step of a path, and the one before it, None before the first."""
    before, found = None, None
    for each in islice(steps(name, rate, gradients, path, **numbers), len(gradients)):
        before, found = found, each
    assert found is not None
    return before, found


def lines(name: str, before: Step | None, now: Step, numbers: Mapping[str, float]) -> list[str]:
    """Return each of an optimiser's assignments in symbols, then with its numbers put in."""
    settings = {
        r"\beta_1": numbers["beta1"],
        r"\beta_2": numbers["beta2"],
        r"\lambda_w": numbers["weight_decay"],
        r"\alpha": numbers["rate"],
        r"\epsilon": EPSILON,
    }
    known = {
        r"d\theta": now.g,
        r"\theta": now.w,
        "v": before.v if before and before.v is not None else 0.0,
        "s": before.s if before and before.s is not None else 0.0,
    }
    gives = {
        "v": now.v,
        "s": now.s,
        r"\hat v": now.v_hat,
        r"\hat s": now.s_hat,
        r"\theta": now.after,
    }
    rows = []
    for rule in OPTIMIZERS[name].formula:
        left, _, right = rule.partition(":=")
        value = gives[left.strip()]
        assert value is not None
        inside = _TOGETHER.sub(r"\1 \\cdot ", _put(filled(right, settings), known, now.t))
        rows += [f"{left}&:={right}", rf"&\phantom{{:}}={inside} = {tex(value)}"]
        known[left.strip()] = value
    return [r"d\theta &= " + tex(now.g), *rows]


def _put(rule: str, known: Mapping[str, float], t: int) -> str:
    """Return a rule with its measured numbers put in, and a dot between two that stand together."""

    def number(found: re.Match[str]) -> str:
        times, symbol = found["times"] or "", found["symbol"]
        if symbol == r"\odot":
            return r"\cdot" if not times else rf"{times} \cdot"
        if symbol == r"\tau":
            return str(t)
        value = tex(known[symbol])
        before = rf"{times} \cdot " if times else ""
        return f"{before}({value})" if known[symbol] < 0 else f"{before}{value}"

    return _MEASURED.sub(number, rule)


def rules() -> None:
    """Write the rules of all seven under each other."""
    st.markdown(prose("rules"))
    left, right = st.columns(2)
    for k, method in enumerate(OPTIMIZERS.values()):
        with left if k < (len(OPTIMIZERS) + 1) // 2 else right:
            st.markdown(f"**{method.title}**")
            rows = [rule.replace(":=", "&:=") for rule in method.formula]
            st.latex(r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}")
    elements.caption(
        f"ε is {EPSILON:g}; τ counts the steps from one; ⊙, / and √ act entry by entry."
    )
