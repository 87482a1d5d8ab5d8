"""The panel on why Var(w) = 1/n or 2/n: a sum of n terms, measured and by theory."""

import functools
from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.wording import number, percent
from engine.nn.types import Array
from engine.nn.weighted_sum import deviation_of_sum, one_input, sums
from pages._initialisation import charts, prose
from pages._initialisation.controls import N_OFFER
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache

TITLE = "Why Var = 1/n"

UNITS = 2000
FLAT = 2.65
"""Beyond this |z| tanh is saturated: tanh 2.65 = 0.99."""

_MEAN_SQUARE = {"plain": 1.0, "relu": 0.5}


class Sums(NamedTuple):
    """z (UNITS,) of units with Var(w) = 1, and with the Var(w) that keeps Var(z) = 1."""

    fixed: Array
    scaled: Array


def show(visit: Visit) -> None:
    """Draw the panel."""
    st.markdown(prose("why"))
    left, right = st.columns(2)
    with left:
        n = visit.page_knob("n")
    with right:
        mean_square = _MEAN_SQUARE[visit.page_knob("inputs")]
    seen = _sums(n, mean_square, visit.experiment.seed)
    rule = "1/n" if mean_square == 1 else "2/n"
    scale = float(np.sqrt(1 / (n * mean_square)))
    columns = st.columns(3)
    for place, title, z, deviation in (
        (columns[0], "Var(w) = 1", seen.fixed, deviation_of_sum(n, 1.0, mean_square)),
        (columns[1], f"Var(w) = {rule}", seen.scaled, deviation_of_sum(n, scale, mean_square)),
    ):
        with place:
            st.markdown(f"**{title}**")
            flat = float(np.mean(np.abs(z) > FLAT))
            elements.chart(
                charts.sum_histogram(z, deviation),
                f"z of {UNITS:,} units lies {number(float(z.std()))} from its mean, typically: its "
                f"standard deviation (theory, the line: {number(deviation)}). tanh would be "
                f"saturated in {percent(flat)} of them.",
            )
    with columns[2]:
        st.markdown("**As n grows**")
        _over_n(n, mean_square, visit.experiment.seed, rule)


def _over_n(n: int, mean_square: float, seed: int, rule: str) -> None:
    every = np.unique([*N_OFFER, n])
    seen = [_sums(int(width), mean_square, seed) for width in every]
    measured = {
        name: np.array([getattr(layer, name).std() for layer in seen]) for name in Sums._fields
    }
    theory = {
        "fixed": np.array([deviation_of_sum(int(width), 1.0, mean_square) for width in every]),
        "scaled": np.ones(len(every)),
    }
    first, last = (number(float(measured["fixed"][k])) for k in (0, -1))
    elements.chart(
        charts.sum_deviation(every, measured, theory, n),
        f"With fixed weights the standard deviation of z grows like √n, from {first} at "
        f"n = {every[0]} to {last} at n = {every[-1]:,}; with Var(w) = {rule} it stays near 1.",
    )


@functools.lru_cache(maxsize=64)
def _sums(n: int, mean_square: float, seed: int) -> Sums:
    """Return the sums of UNITS units that all see the same n inputs."""
    rng = np.random.default_rng([seed, n])
    with cache.turn:
        z = sums(rng, one_input(rng, n, mean_square), 1.0, UNITS)
    # The scaled units have the same draws, only smaller, as the schemes on the page do.
    return Sums(z, z / np.sqrt(n * mean_square))
