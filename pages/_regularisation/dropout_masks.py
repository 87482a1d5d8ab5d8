"""Dropout step by step: the very units that were off, the network that was left, and why / p."""

import numpy as np
import streamlit as st

from engine.experiment.problem import load, network_of
from engine.experiment.streams import stream
from engine.experiment.wording import exact, number, percent
from engine.inspection.dropout import (
    DropoutStep,
    expectation,
    output_over_masks,
    replay,
    steps_per_epoch,
    thinned,
)
from engine.inspection.field import field
from engine.nn.regularization import dropout_masks
from engine.nn.types import Array
from engine.training.evaluation import evaluate
from engine.training.run import Run
from pages._kit.charts import boundary
from pages._kit.runs import words
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._regularisation import charts, prose
from pages._regularisation.pictures import around
from pages._regularisation.side_by_side import SideBySide

TITLE = "Dropout"

MASKS = 2000
_MOST_INPUTS = 12


def show(visit: Visit, shown: SideBySide) -> None:
    """Show a step of the dropout run, and what its masks do on average."""
    run = shown.drawn.get("dropout") or shown.drawn.get("l2_dropout")
    if run is None:
        st.markdown("Choose dropout among the runs side by side to look into it.")
        return
    if not run.experiment.hidden:
        st.markdown("Dropout switches hidden units off, and this network has none.")
        return
    st.markdown(prose("dropout"))
    m = load(run.experiment).train.m
    batches = steps_per_epoch(run.experiment, m)
    steps = max(1, batches * int(run.history["epoch"][-1]))
    left, right, _ = st.columns([1, 1, 2])
    with left:
        t = min(visit.page_knob("step"), steps)
    drawn = replay(run.experiment, t - 1)
    with right:
        i = min(visit.page_knob("sample"), len(drawn.positions))
    elements.caption(
        f"Mini-batch {t:,} of {steps:,}, sample {i} of its {len(drawn.positions)}. Another number "
        "tosses the coins of another step; the same number always shows the same ones."
    )
    epoch = (t - 1) // batches
    theta, after = _weights_then(run, epoch)
    kept = [mask[:, i - 1] > 0 for mask in drawn.masks]
    _network(run, theta, kept, after)
    _boundaries(run, theta, drawn, i - 1, after)
    st.markdown(prose("scaling"))
    _average(run, int(drawn.positions[i - 1]))


def _weights_then(run: Run, epoch: int) -> tuple[Array, int]:
    """Return the last theta kept before the end of an epoch, and after which epoch it was."""
    k = int(np.searchsorted(run.snapshots.epochs, epoch, side="right")) - 1
    return run.snapshots.thetas[k], int(run.snapshots.epochs[k])


def _network(run: Run, theta: Array, kept: list[Array], after: int) -> None:
    network = network_of(run.experiment)
    n_x, *_, n_y = network.sizes
    on = [np.ones(n_x, bool), *kept, np.ones(n_y, bool)]
    W = [layer.W for layer in network.layout.layers(theta)]
    first = 0 if n_x <= _MOST_INPUTS else 1
    off = ", ".join(
        f"{int((~layer).sum())} of {len(layer)} in layer {l}" for l, layer in enumerate(kept, 1)
    )
    elements.chart(
        charts.thinned_network(first, on[first:], W[first:]),
        f"Units that are off (×): {off}. keep_prob is {exact(run.experiment.keep_prob)}. Lines are "
        f"the weights after epoch {after:,}, the thicker the larger; a unit that is off has none.",
    )


def _boundaries(run: Run, theta: Array, drawn: DropoutStep, column: int, after: int) -> None:
    experiment, problem = run.experiment, load(run.experiment)
    if problem.points is None or problem.output != "sigmoid":
        return
    network = network_of(experiment)
    thin = thinned(network.layout, theta, [mask[:, column] for mask in drawn.masks])
    train, area = problem.train, around(problem)
    points = problem.points[train.index]
    for place, which, told in zip(
        st.columns(2),
        (thin, theta),
        (f"The thinned network of this step and sample, with the weights after epoch {after:,}",
         "The whole network with the same weights, as it is used at test time"),
        strict=True,
    ):  # fmt: skip
        drawn_field = field(network, which, experiment.features, problem.standardizer, area)
        wrong = 1 - float(evaluate(network, which, train).accuracy)
        with place:
            elements.chart(
                boundary(drawn_field, points, train.y),
                f"{told}: {percent(wrong)} of the training points wrong."
                f"{words.ties_told(network, which, train.X)}",
            )


def _average(run: Run, position: int) -> None:
    experiment, problem = run.experiment, load(run.experiment)
    network, keep_prob = network_of(experiment), experiment.keep_prob
    x = problem.train.X[:, position]
    masks = dropout_masks(experiment.hidden, MASKS, keep_prob, stream(experiment.seed, "dropout"))
    found = expectation(network, run.theta, x, 0, keep_prob, masks[0])
    elements.chart(
        charts.running_mean(found.z, found.unscaled, found.full, found.expected),
        f"z of unit 1 in layer 2 for this sample, layer 1 dropped, averaged over {MASKS:,} masks: "
        f"{number(float(found.z.mean()))} when divided by keep_prob, {number(found.full)} in the "
        f"full network. Not divided the mean is {number(float(found.unscaled.mean()))}, what would "
        f"be expected is {number(found.expected)}.",
    )
    outputs = output_over_masks(network, run.theta, x, masks)[0]
    whole = float(network.predict(run.theta, x[:, None])[0, 0])
    low, high = np.quantile(outputs, (0.25, 0.75))
    st.markdown(
        f"At test time no coin is tossed: the whole network says {number(whole)} for this sample. "
        f"Over the same masks, all hidden layers dropped, the output is {number(outputs.mean())} "
        f"on average, and half of the time between {number(low)} and {number(high)}. The two need "
        "not be equal: the mean is kept for z of the next layer, but g is curved."
    )
