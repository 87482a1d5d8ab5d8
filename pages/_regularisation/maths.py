"""The notes' equations with a run's numbers put in."""

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.experiment.wording import epochs
from engine.inspection.shrinkage import slope, terms
from engine.training.run import Run
from pages._kit.panels import update_rule
from pages._kit.panels.tex import setting, tex
from pages._kit.site.visit import Visit
from pages._regularisation import prose
from pages._regularisation.regularisers import plain
from pages._regularisation.side_by_side import SideBySide

TITLE = "The maths"


def show(visit: Visit, shown: SideBySide) -> None:
    """Show J and dW of the L2 and the L1 run, then the prose."""
    for name in ("l2", "l1"):
        run = shown.drawn.get(name)
        if run is not None and np.isfinite(run.theta).all():
            _of(run, name)
    st.markdown(prose("maths"))
    update_rule.show(plain(shown.experiment))


def _of(run: Run, name: str) -> None:
    experiment, network = run.experiment, network_of(run.experiment)
    train = load(experiment).train
    l1, l2 = experiment.l1, experiment.l2
    layers = getattr(terms(network.layout, run.theta, l1, l2, train.m), name)
    data, penalty = slope(network, run.theta, train.X, train.Y, l1, l2)
    first, of_data, of_penalty = (
        network.layout.layers(part)[0].W for part in (run.theta, data, penalty)
    )
    i, j = np.unravel_index(int(np.abs(first).argmax()), first.shape)
    parts = (float(first[i, j]), float(of_data[i, j]), float(of_penalty[i, j]))
    cost = float(network.cost(run.theta, train.X, train.Y))
    st.markdown(f"**{name.upper()}, after {epochs(run.kept_epoch)}**")
    st.latex(_cost(experiment, name, cost, [float(layer) for layer in layers], train.m))
    st.latex(_gradient(experiment, name, int(i) + 1, int(j) + 1, parts, train.m))


def _cost(experiment: Experiment, name: str, cost: float, layers: list[float], m: int) -> str:
    added = " + ".join(tex(layer) for layer in layers)
    if name == "l2":
        formula = r"\frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert_F^2"
        factor = rf"\frac{{{setting(experiment.l2)}}}{{2 \cdot {m}}}"
    else:
        formula = r"\frac{\lambda_1}{m} \sum_l \sum_{i,j} |w_{ij}^{[l]}|"
        factor = rf"\frac{{{setting(experiment.l1)}}}{{{m}}}"
    return (
        rf"\begin{{aligned}} J &= \frac{{1}}{{m}} \sum_i \mathcal{{L}}^{{(i)}} + {formula} \\ "
        rf"&= {tex(cost)} + \underbrace{{{added}}}_{{{factor} \,\cdot\, \text{{layer by layer}}}} "
        rf"= {tex(cost + sum(layers))} \end{{aligned}}"
    )


def _gradient(
    experiment: Experiment, name: str, i: int, j: int, parts: tuple[float, float, float], m: int
) -> str:
    w, data, penalty = parts
    if name == "l2":
        formula, filled = (
            r"\frac{\lambda}{m} w",
            rf"\frac{{{setting(experiment.l2)}}}{{{m}}} \cdot ({tex(w)})",
        )
    else:
        formula = r"\frac{\lambda_1}{m} \operatorname{sign}(w)"
        filled = rf"\frac{{{setting(experiment.l1)}}}{{{m}}} \cdot ({int(np.sign(w)):+d})"
    return (
        rf"\begin{{aligned}} w &= w^{{[1]}}_{{{i},{j}}} = {tex(w)} \\ "
        rf"dw &= \underbrace{{\text{{backprop}}}}_{{{tex(data)}}} + {formula} "
        rf"= {tex(data)} + {filled} \\ &= {tex(data)} + ({tex(penalty)}) "
        rf"= {tex(data + penalty)} \end{{aligned}}"
    )
