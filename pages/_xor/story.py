"""The notes' story of XOR, step by step, with the numbers of the run on the stage."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.wording import counted, number, percent
from engine.inspection.cut import edge_on, ends
from engine.inspection.explain import Contributions, contributions, xor_conditions
from engine.inspection.field import inputs
from engine.nn.decision import names_one
from engine.nn.network import Network
from engine.nn.types import Array
from pages._kit import charts, miniature
from pages._kit.panels import player_panel
from pages._kit.panels.player_panel import Shown
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._xor import prose, units

_MARK = {True: "✓ holds", False: "✗ fails"}


def show(visit: Visit, shown: Shown) -> None:
    """Let the visitor choose a step of the story, and tell it."""
    step = elements.choose("Step of the story", list(_STEPS), f"{visit.lens.path}.step")
    if shown.run.experiment.dataset != "xor" and step != _PERCEPTRON:
        st.markdown("This part of the story is about the four points of XOR.")
        st.button(
            "Put the four points back",
            on_click=session.set_knobs,
            args=(visit.lens, shown.run.experiment.but(dataset="xor")),
        )
        return
    if step == _PERCEPTRON:  # it has a picture of its own
        _perceptron(visit, shown)
    else:
        miniature.beside(lambda: _tell(visit, shown, step))


def _tell(visit: Visit, shown: Shown, step: str) -> None:
    """Say what this run's units do, and tell a step of the story with its numbers."""
    elements.slot(lambda: _units(visit, shown))
    _STEPS[step](visit, shown)


def _units(visit: Visit, shown: Shown) -> None:
    """Say what the hidden units do at the four points, and let the visitor try fewer or more."""
    hidden = shown.run.experiment.hidden
    if hidden:
        taken = contributions(_network(shown), shown.theta, _corners(shown))
        why = units.of_one_line(shown.run.experiment)
        st.markdown(f"At {shown.when}: {units.sentence(taken)} {why}".strip())
        elements.caption(
            "A unit is on where its activation is near the greatest of the four, off where it is "
            "near the least."
        )
    with st.container(horizontal=True):
        for count in _FEW:
            if hidden != (count,):
                _offer_units(visit, shown, count)


def _offer_units(visit: Visit, shown: Shown, count: int) -> None:
    """Draw a button that gives the network a single hidden layer of so many units."""
    experiment = shown.run.experiment
    activation = experiment.activation
    if not isinstance(activation, str):
        activation, *_ = activation
    st.button(
        f"Try {counted(count, 'hidden unit')}",
        help=_FEW[count],
        on_click=session.set_knobs,
        args=(visit.lens, experiment.but(hidden=(count,), activation=activation)),
    )


def maths(experiment: Experiment) -> str:
    """Return the page's mathematics; that of several classes stands before it."""
    text = prose("maths")
    return text if experiment.data.output == "sigmoid" else f"{prose('classes')}\n\n{text}"


def _four_points(visit: Visit, shown: Shown) -> None:
    st.markdown(prose("four_points"))
    st.table({"x₁": [0, 0, 1, 1], "x₂": [0, 1, 0, 1], "XOR": [0, 1, 1, 0]}, width="content")


def _perceptron(visit: Visit, shown: Shown) -> None:
    st.markdown(prose("perceptron"))
    alone = player_panel.show(
        visit.lens,
        shown.run.experiment.but(
            dataset="xor", hidden=(), features=("x1", "x2"), standardize=False
        ),
        "XOR with one perceptron",
        part="perceptron",
        height=300,
    )
    conditions, contradiction = xor_conditions(alone.theta)
    st.markdown(f"**The four conditions at {alone.when}**")
    for condition in conditions:
        point, z = f"({condition.x1}, {condition.x2})", number(condition.z)
        st.markdown(
            f"- {point} → {condition.label}: ${condition.formula}$, "
            f"now {z}: **{_MARK[condition.holds]}**"
        )
    value = number(contradiction.value)
    st.markdown(f"{prose('contradiction')} Now it is {value}.")


def _hidden_layer(visit: Visit, shown: Shown) -> None:
    network, X, labels = _network(shown), _corners(shown), [0, 1, 1, 0]
    taken = contributions(network, shown.theta, X)
    st.markdown(prose("hidden_layer"))
    st.markdown(f"**Truth table of the network at {shown.when}**")
    said = names_one(taken.z).astype(int)
    st.table(
        {
            "x₁, x₂": ["0, 0", "0, 1", "1, 0", "1, 1"],
            "XOR": labels,
            "z": [number(z) for z in taken.z],
            "p(y = 1)": [number(p) for p in taken.output],
            "says": said.tolist(),
            "": ["✓ right" if a == b else "✗ wrong" for a, b in zip(said, labels, strict=True)],
        },
        width="content",
    )


def _each_neuron(visit: Visit, shown: Shown) -> None:
    network, X = _network(shown), _corners(shown)
    taken = contributions(network, shown.theta, X)
    st.markdown(prose("each_neuron"))
    names = [f"w{i} a{i}" for i in range(1, len(taken.parts) + 1)]
    columns: dict[str, list[str]] = {"": [*names, "b", "sum z"]}
    for k, title in enumerate(("0, 0 → 0", "0, 1 → 1", "1, 0 → 1", "1, 1 → 0")):
        parts = [
            f"{number(part)} (a = {number(a)})"
            for part, a in zip(taken.parts[:, k], taken.activations[:, k], strict=True)
        ]
        columns[title] = [*parts, number(taken.bias), number(taken.z[k])]
    st.table(columns, width="content")
    elements.caption(
        f"{shown.when.capitalize()}: down each column the parts add up to z; the network says 1 "
        "where z is above 0."
    )


def _hidden_space(visit: Visit, shown: Shown) -> None:
    network, experiment = _network(shown), shown.run.experiment
    st.markdown(prose("hidden_space"))
    taken = contributions(network, shown.theta, _corners(shown))
    count = len(taken.activations)
    if not experiment.hidden or count < 2:
        st.markdown(
            "Each unit of the last hidden layer is an axis of the hidden space, and a plane takes "
            "two of them. The button above gives the network two units."
        )
        return
    train = load(experiment).train
    activations = contributions(network, shown.theta, train.X).activations
    weights = network.layout.layers(shown.theta)[-1].W[0]
    pairs = list(combinations(range(min(count, 3)), 2))
    grid = st.grid(min_column_width=_LEAST_VIEW)
    views = [grid.cell() for _ in range(len(pairs) + (count > 2))]
    if count > 2:
        with views.pop(0):
            elements.chart(
                charts.edge_on(edge_on(weights, taken.bias, activations), train.y),
                f"All {count} units at once, seen along the output neuron's cut, the grey line: "
                f"where z = 0, {shown.when}.",
            )
    line = ends(weights, taken.bias, activations) if count == 2 else None
    told = "" if line is None else " The grey line is the output neuron's cut: where z = 0."
    for (first, second), place in zip(pairs, views, strict=True):
        with place:
            elements.chart(
                charts.hidden_space(activations, train.y, first, second, line),
                f"The training points in the activations of units {first + 1} and {second + 1} "
                f"of the last hidden layer, {shown.when}.{told}",
            )
    right = (names_one(taken.z) == [False, True, True, False]).mean()
    st.markdown(
        f"In this space the output neuron is a perceptron again: one flat cut, and it has "
        f"{percent(float(right))} of the four points on their right side. "
        f"{moved(contributions(network, shown.film.thetas[0], _corners(shown)), taken)}"
    )


def moved(start: Contributions, now: Contributions) -> str:
    """Return how far the four points have gone in the hidden space since training began."""
    ways = np.linalg.norm(now.activations - start.activations, axis=0)
    if not ways.any():
        return "So far training has moved none of them."
    return f"Training has moved them by {number(ways.min())} to {number(ways.max())}."


def _network(shown: Shown) -> Network:
    return shown.film.problem.network(shown.run.experiment)


def _corners(shown: Shown) -> Array:
    """Return the four corners as the network is given them, (n_x, 4)."""
    problem = shown.film.problem
    assert problem.points is not None
    return inputs(problem.points, shown.run.experiment.features, problem.standardizer)


_FEW = {
    1: "A single unit draws a single line: look at what is left wrong.",
    2: "Two lines can be enough, from a good start.",
}
"""So few units are worth trying, and what is to be seen of them."""

_LEAST_VIEW = 280
"""Pixels of a picture of the hidden space in which its points lie apart."""

_PERCEPTRON = "2 One perceptron"
_STEPS: dict[str, Callable[[Visit, Shown], None]] = {
    "1 The four points": _four_points,
    _PERCEPTRON: _perceptron,
    "3 A hidden layer": _hidden_layer,
    "4 What each neuron adds": _each_neuron,
    "5 Hidden space": _hidden_space,
}
