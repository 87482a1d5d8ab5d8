"""What a penalty does while the network learns: the two parts of the cost, and the weights."""

import streamlit as st

from engine.experiment.problem import network_of
from engine.experiment.wording import number, percent
from engine.inspection.shrinkage import frobenius, norm
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._regularisation import charts
from pages._regularisation.regularisers import REGULARISERS
from pages._regularisation.side_by_side import SideBySide

TITLE = "Inside the cost"


def show(visit: Visit, shown: SideBySide) -> None:
    """Show the parts of J and the norms of one run, and the growth of all runs' weights."""
    name = choose(visit.lens, shown, first=("l2", "l1", "l2_dropout"))
    if name is None:
        return
    run, title = shown.runs[name], f"{shown.letters[name]}, {REGULARISERS[name].title}"
    left, right = st.columns(2)
    with left:
        _cost(run, title)
    with right:
        _layers(run, title)
    elements.chart(
        charts.growth({shown.letters[n]: _size(drawn) for n, drawn in shown.drawn.items()}),
        _grown(shown),
    )


def choose(lens: Lens, shown: SideBySide, first: tuple[str, ...]) -> str | None:
    """Let the visitor choose one of the runs on show; those of `first` stand first.

    None, and a sentence, if there is nothing to be seen of any.
    """
    others = [name for name in shown.drawn if name not in first]
    names = [*(name for name in first if name in shown.drawn), *others]
    if not names:
        st.markdown("No run has finite numbers to show: lower the learning rate.")
        return None
    titles = {f"{shown.letters[name]} {REGULARISERS[name].title}": name for name in names}
    key = f"{lens.path}.run.{'.'.join(names)}"
    return titles[elements.choose("Run", list(titles), key)]


def _cost(run: Run, title: str) -> None:
    history = run.history
    data, penalty = run.final("train_cost"), run.final("penalty")
    told = f"{title}: after epoch {run.kept_epoch:,} J is {number(data + penalty)}"
    if penalty:
        told += (
            f", {number(data)} from the data and {number(penalty)}, that is "
            f"{percent(penalty / (data + penalty))}, from the penalty."
        )
    else:
        told += ", all of it from the data: there is no penalty on the weights."
    elements.chart(
        charts.cost_parts(history["epoch"], history["train_cost"], history["penalty"]), told
    )


def _layers(run: Run, title: str) -> None:
    norms = frobenius(network_of(run.experiment).layout, run.snapshots.thetas)
    ends = ", ".join(
        f"‖W[{l}]‖ from {number(float(start))} to {number(float(end))}"
        for l, (start, end) in enumerate(zip(norms[0], norms[-1], strict=True), start=1)
    )
    elements.chart(charts.layer_norms(run.snapshots.epochs, norms), f"{title}: {ends}.")


def _size(run: Run) -> tuple[Array, Array]:
    """Return the epochs of a run's snapshots, and the norm of all its weights then."""
    return run.snapshots.epochs, norm(network_of(run.experiment).layout, run.snapshots.thetas)


def _grown(shown: SideBySide) -> str:
    factors = []
    for name, run in shown.drawn.items():
        _, norms = _size(run)
        start, end = float(norms[0]), float(norms[-1])
        if start:
            letter, title = shown.letters[name], REGULARISERS[name].title
            factors.append(f"{letter} ({title}) {number(end / start)}")
    return (
        "All weights together, the root of the sum of their squares, have become so many times as "
        f"large as at the start: {', '.join(factors)}."
    )
