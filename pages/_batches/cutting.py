"""Cutting m samples into mini-batches of B: how many there are, and which samples each holds."""

from typing import NamedTuple

import streamlit as st

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice
from engine.experiment.problem import training_size
from engine.experiment.wording import counted
from engine.inspection.mini_batches import first_of_epochs
from pages._batches import charts, prose
from pages._kit.site import elements
from pages._kit.site.visit import Visit

TITLE = "Cutting m into batches"

DEALT, EPOCHS = 6, 3
"""So many samples of the page's own are dealt into a mini-batch, and so often."""

AT_ENDS = 3
"""So many mini-batches are drawn at the beginning, and one less at the end."""


class Cut(NamedTuple):
    """m samples in mini-batches of B, the last of which may hold fewer."""

    m: int
    size: int

    @property
    def batches(self) -> int:
        """How many mini-batches an epoch has."""
        return -(-self.m // self.size)

    @property
    def last(self) -> int:
        """How many samples the last one holds."""
        return self.m - (self.batches - 1) * self.size

    def ends(self, t: int) -> tuple[int, int]:
        """Return the first and the last sample of mini-batch t, all counted from 1.

        >>> Cut(10, 4).ends(2), Cut(10, 4).ends(3)
        ((5, 8), (9, 10))
        """
        return (t - 1) * self.size + 1, min(t * self.size, self.m)

    def drawn(self, chosen: int) -> list[int]:
        """Return which mini-batches are drawn.

        >>> Cut(5_000_000, 1000).drawn(1)
        [1, 2, 3, 4999, 5000]
        """
        n = self.batches
        near = {*range(1, AT_ENDS + 1), chosen, *range(n - AT_ENDS + 2, n + 1)}
        return sorted(t for t in near if 1 <= t <= n)


def show(visit: Visit) -> None:
    """Let the visitor type m, B and t, and draw the mini-batches."""
    st.markdown(prose("cutting"))
    with st.container(horizontal=True):
        m, size, t = (visit.page_knob(name) for name in ("m", "b", "t"))
    cut = Cut(m, min(size, m))
    t = min(t, cut.batches)
    numbers = cut.drawn(t)
    lows, highs = zip(*map(cut.ends, numbers), strict=True)
    elements.chart(charts.cut(numbers, lows, highs, cut.size, t), told(cut, size))
    st.markdown(pointed(cut, t))
    _dealt(visit.experiment)
    st.markdown(prose("slips"))


def _dealt(base: Experiment) -> None:
    """Draw which of the page's own samples X{1} holds in each of a few epochs, in every order."""
    st.markdown(prose("dealt"))
    experiment = base.but(batch_size=max(1, min(DEALT, training_size(base) // 2)))
    orders = KNOBS["shuffle"]
    assert isinstance(orders, Choice)
    found = {
        order: first_of_epochs(experiment.but(shuffle=order), EPOCHS) for order in orders.titles
    }
    st.table(
        {
            "Epoch": [str(epoch) for epoch in range(1, EPOCHS + 1)],
            **{
                orders.show(order): [", ".join(map(str, batch)) for batch in batches]
                for order, batches in found.items()
            },
        }
    )


def told(cut: Cut, asked: int) -> str:
    """Return how many updates an epoch has, one a mini-batch, and how large the last one is."""
    whole = (
        f"There are no more than m = {cut.m:,} samples, so that is full batch. "
        if asked > cut.m
        else ""
    )
    last = (
        "each of a full mini-batch"
        if cut.last == cut.size
        else f"the last of them of only {counted(cut.last, 'sample')}"
    )
    return (
        f"{whole}{counted(cut.m, 'sample')} in mini-batches of {cut.size:,}: an epoch has "
        f"{counted(cut.batches, 'update')}, {last}."
    )


def pointed(cut: Cut, t: int) -> str:
    """Return what X{t} is, and what x(i)."""
    low, high = cut.ends(t)
    columns = high - low + 1
    return (
        f"$X^{{\\{{{t}\\}}}}$, in curly braces, is mini-batch {t:,}: the matrix "
        f"$\\left[x^{{({low})}} \\dots x^{{({high})}}\\right]$ of shape $(n_x, {columns})$. "
        f"$x^{{({low})}}$, in round brackets, is one of its columns: a single sample."
    )
