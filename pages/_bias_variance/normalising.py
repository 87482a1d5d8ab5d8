"""Why inputs are standardised, and why every split gets the training set's mean and deviation."""

import numpy as np
import streamlit as st

from engine.data.normalization import fit
from engine.diagnosis.studies import SCALINGS, quartiles, scaling_study
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.experiment.wording import counted, number, percent, points
from engine.inspection.rescaling import errors_in_groups
from engine.nn.types import Array
from engine.optim.bowl import Bowl, steps_needed
from engine.training.run import Run
from pages._bias_variance import charts, prose
from pages._kit.charts import descent
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache

TITLE = "Normalising inputs"

_STEPS = 2000
_SQUARE = 390
"""Pixels; at this width both axes of a bowl have the same unit."""
_SEEDS = 9
_GROUPS = (1, 2, 3, 5, 10, 20, 50, 100)

EXAMPLE = Experiment(
    dataset="circles", samples=1000, noise=0.15, train_fraction=0.2, dev_fraction=0.6, hidden=(16,),
    activation="tanh", optimizer="adam", learning_rate=0.03, epochs=300, standardize=True,
)  # fmt: skip


def show(visit: Visit) -> None:
    """Draw the bowl with and without standardising, then what wrong scaling does."""
    _why(visit)
    st.subheader("The same μ and σ for every split", anchor=False)
    st.markdown(prose("same_scale"))
    left, right = st.columns(2, gap="large")
    with left:
        _by_groups(visit)
    with right:
        _fitted_on(visit)


def _why(visit: Visit) -> None:
    st.subheader("Why at all: a rounder bowl instead of a narrow valley", anchor=False)
    st.markdown(prose("bowl"))
    left, right = st.columns(2)
    with left:
        stretch = visit.page_knob("stretch")
    with right:
        share = visit.page_knob("rate")
    rows, y = _stretched(stretch)
    raw, scaled = Bowl(rows, y), Bowl(fit(rows).apply(rows), y)
    places = st.columns(2, gap="large")
    for place, bowl, name in zip(
        places, (raw, scaled), ("As they are", "Standardised"), strict=True
    ):
        with place:
            st.markdown(f"**{name}**")
            _descent(bowl, share, name)


def _stretched(stretch: float) -> tuple[Array, Array]:
    """Return the training points of a data set of two clouds, x1 in another unit."""
    train = load(Experiment(dataset="gaussians", samples=200, noise=0.35, train_fraction=1.0,
                            dev_fraction=0.0)).train  # fmt: skip
    return train.rows[train.index] * [stretch, 1.0], train.y.astype(float)


def _descent(bowl: Bowl, share: float, name: str) -> None:
    reach = float(np.linalg.norm(bowl.lowest))
    start = bowl.lowest + reach * np.sqrt(0.5) * np.array([-1.0, -1.0])
    rate = share * bowl.largest_rate
    path = bowl.descend(start, rate, _STEPS)
    needed = steps_needed(path, bowl.lowest)
    with st.container(width=_SQUARE):
        elements.chart(
            descent(bowl, path, reach),
            descent_told(bowl, rate, share, needed),
            key=f"bias_variance.bowl.{name}",
        )


def descent_told(bowl: Bowl, rate: float, share: float, needed: int | None) -> str:
    """Return the bowl's shape, the learning rate, and how long gradient descent took."""
    shape = (
        f"The ellipses are {number(bowl.elongation)} times as long as wide. Learning rates below "
        f"{number(bowl.largest_rate)} are stable; this one is {number(rate)}"
    )
    if share >= 1:
        return f"{shape}: the steps do not come to rest at the lowest point."
    if needed is None:
        return f"{shape}, and after {_STEPS:,} steps more than 1 % of the way is left."
    return (
        f"{shape}, and after {counted(needed, 'step')} 1 % of the way to the lowest point is left."
    )


def _points_of(visit: Visit) -> tuple[Experiment, bool]:
    """Return the page's experiment, standardised, if it has points in the plane, or an example."""
    own = visit.experiment
    if own.data.of_images:
        return EXAMPLE, False
    return own.but(standardize=True, fitted_on="train"), True


def _by_groups(visit: Visit) -> None:
    experiment, is_own = _points_of(visit)
    watched = jobs.follow(visit, [experiment], part="groups", snapshots=2)
    st.markdown("**Users come one at a time, or a few at a time**")
    (run,) = watched.job.runs()
    elements.slot((lambda: _groups(run, is_own=is_own)) if watched.job.finished else None)


def _groups(run: Run, *, is_own: bool) -> None:
    if "dev_accuracy" not in run.history or run.diverged_at is not None:
        elements.caption("This needs a network that was trained to its end, and a dev set.")
        return
    right = 1 - run.final("dev_accuracy")
    with cache.turn:
        alone = errors_in_groups(run, _GROUPS, rest=cache.turn.let_others)
    elements.chart(
        charts.groups(_GROUPS, alone, right),
        groups_told(alone, right, is_own=is_own),
        key="bias_variance.groups",
    )


def groups_told(alone: Array, right: float, *, is_own: bool) -> str:
    """Return what becomes of one sample alone, and from which size on it hardly matters."""
    whose = "The network of this page" if is_own else "A network for two circles"
    five = alone[_GROUPS.index(5)]
    in_fives = f"; in groups of five {percent(float(five))}" if np.isfinite(five) else ""
    return (
        f"{whose}, trained on standardised points, errs on {percent(right)} of the dev points. Met "
        f"one by one, each with its own mean, all of them become 0, and {percent(float(alone[0]))} "
        f"are wrong{in_fives}. Same network, same points: only μ and σ differ."
    )


def _fitted_on(visit: Visit) -> None:
    experiment, _ = _points_of(visit)
    study = scaling_study(experiment, _SEEDS)
    watched = jobs.follow(visit, study.experiments, part="scalings", snapshots=0)
    runs, done = watched.job.runs(), watched.job.done()
    low, middle, high = quartiles(study.errors(runs, done, "dev"))
    st.markdown(f"**Whose μ and σ the splits get: {_SEEDS} seeds each**")
    st.table(
        {
            "μ and σ measured on": [KNOBS["fitted_on"].show(way) for way in SCALINGS],
            "Dev error, median": [_share(error) for error in middle],
            "Quartiles": [f"{_share(a)} to {_share(b)}" for a, b in zip(low, high, strict=True)],
        },
        width="content",
    )
    _switch(visit)
    if np.isfinite(middle).all():
        train, each, everything = middle
        st.markdown(scalings_told(train, each, everything, load(experiment).dev.X))


def _switch(visit: Visit) -> None:
    """Offer to scale the inputs of the page's own network in each way."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("On this page, measure them on")
        for way in SCALINGS:
            wanted = visit.experiment.but(standardize=True, fitted_on=way)
            st.button(
                KNOBS["fitted_on"].show(way),
                key=f"{visit.lens.path}.scaling.{way}",
                type="primary" if wanted == visit.experiment else "secondary",
                on_click=session.set_knobs,
                args=(visit.lens, wanted),
                help="Turns the page's knobs, and trains again.",
            )


def _share(error: float) -> str:
    return percent(error) if np.isfinite(error) else "..."


def scalings_told(train: float, each: float, everything: float, dev: Array) -> str:
    """Return what the two wrong ways change; `dev` (n_x, m) is scaled with the training set's."""
    harm, leak = each - train, everything - train
    off = float(np.abs(dev.mean(axis=1)).max(initial=0))
    wide = float(np.abs(dev.std(axis=1) - 1).max(initial=0))
    return (
        f"Measured on its own {dev.shape[1]:,} samples, the dev set's μ is off by up to "
        f"{number(off)} deviations and its σ by up to {percent(wide)}: scaling each split by "
        f"itself changes the median by {points(harm)}. Measuring on all data changes it by "
        f"{points(leak)}"
        + (", next to nothing. " if abs(leak) < 0.01 else ". ")
        + "What is wrong with it is the leak: the network has been told something about the very "
        "samples that are to judge it, and no user's data can be measured beforehand."
    )
