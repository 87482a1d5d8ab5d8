"""One test digit on its way through the network: every layer's activations, and the output."""

import streamlit as st

from engine.experiment.experiment import KNOBS
from engine.experiment.wording import are, counted, number, percent
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array
from pages._kit.runs.words import a
from pages._kit.site import elements, session
from pages._kit.tiles import Tile, tiles
from pages._mnist import charts_inside as charts
from pages._mnist import picks
from pages._mnist.insight import CLASSES, Insight, Reading

_CLASS = "mnist.digit.class"
_ANY = "any"


def show(insight: Insight) -> None:
    """Let the visitor choose a test digit, and draw what each layer makes of it."""
    st.subheader("One digit on its way through", anchor=False)
    _chooser(insight)
    reading = insight.read(picks.digit())
    picture, verdict = st.columns([1, 2], vertical_alignment="center")
    with picture:
        tiles([tile(reading)], "The chosen digit", key="mnist.digit.picture", size=112)
    verdict.markdown(verdict_on(reading))
    _activations(insight, reading.position)
    output(reading)


def _chooser(insight: Insight) -> None:
    position = session.keep(picks.DIGIT, lambda: 1) - 1
    wanted = session.keep(_CLASS, lambda: _ANY)
    label = None if wanted == _ANY else int(wanted)
    m = insight.test.m
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    left.number_input(
        "Test digit",
        min_value=1,
        max_value=m,
        step=1,
        key=picks.DIGIT,
        persist_state="session",
        help=f"The number of a test digit, 1 to {m:,}.",
    )
    middle.selectbox(
        "Class",
        (_ANY, *map(str, range(CLASSES))),
        key=_CLASS,
        persist_state="session",
        on_change=_of_class,
        args=(insight,),
    )
    right.button(
        "Another",
        icon=":material/skip_next:",
        help="The next test digit of this class.",
        on_click=picks.look_at,
        args=(insight.after(position, label),),
        width="stretch",
    )


def _of_class(insight: Insight) -> None:
    """Go to a digit of the class just chosen, unless the present one is."""
    wanted = session.keep(_CLASS, lambda: _ANY)
    if wanted != _ANY and insight.label(picks.digit()) != int(wanted):
        picks.look_at(insight.after(picks.digit(), int(wanted)))


def tile(reading: Reading, caption: str = "") -> Tile:
    """Return a reading's picture."""
    return Tile(reading.position, reading.picture.ravel(), caption, in_words(reading))


def in_words(reading: Reading) -> str:
    """Return what a digit is read as, in a few words."""
    return f"{a(reading.label)} read as {reading.prediction} with {percent(reading.confidence)}"


def verdict_on(reading: Reading) -> str:
    """Return a digit's number, class and reading in one sentence."""
    article, _ = a(reading.label).split()
    right = "right" if reading.is_right else "wrong"
    return (
        f"Test digit {reading.position + 1:,} is {article} **{reading.label}**, read as "
        f"**{reading.prediction}** with {percent(reading.confidence)}: {right}."
    )


def _activations(insight: Insight, position: int) -> None:
    network = insight.network
    trace = network.forward(insight.theta, insight.x(position)[:, None])
    for l, g in enumerate(network.activations, start=1):
        activations = trace.A[l][:, 0]
        names = range(1, len(activations) + 1)
        elements.chart(
            charts.units(activations, names, f"Neuron of layer {l}", f"a[{l}]"),
            _said(l, activations, g),
            key=f"mnist.activations.{l}",
        )


def _said(l: int, activations: Array, activation: str) -> str:
    strongest = int(abs(activations).argmax())
    largest = f"the largest is neuron {strongest + 1}'s, {number(float(activations[strongest]))}"
    if ACTIVATIONS[activation].is_silent:
        active = int((activations > 0).sum())
        neurons = f"{active} of {counted(len(activations), 'ReLU neuron')} {are(active)}"
        return f"Layer {l}: {neurons} above 0; {largest}."
    g = KNOBS["activation"].show(activation)
    return f"Layer {l}: {counted(len(activations), f'{g} activation')}; {largest}."


def output(reading: Reading) -> None:
    """Draw the ten sums z, their log-probabilities and probabilities, and how one gets there."""
    log_p = reading.log_probabilities.astype(float)
    st.dataframe(
        {
            "Digit k": [_row(reading, k) for k in range(CLASSES)],
            "z": reading.Z.astype(float),
            "log p": log_p,
            "p": 100 * reading.probabilities.astype(float),
        },
        hide_index=True,
        width="stretch",
        column_config={
            "z": st.column_config.NumberColumn(format="%.3g"),
            "log p": st.column_config.NumberColumn(format="%.3g"),
            "p": st.column_config.ProgressColumn(format="%.1f %%", min_value=0, max_value=100),
        },
    )
    st.markdown(arithmetic(reading))


def _row(reading: Reading, k: int) -> str:
    """Return a class with a mark if it is the true one or the one that was read."""
    marks = {reading.label: "true", reading.prediction: "read"}
    if reading.is_right:
        marks[reading.label] = "right"
    return f"{k} · {marks[k]}" if k in marks else f"{k}"


def arithmetic(reading: Reading) -> str:
    """Return how the probability of what was read comes about, and what the digit costs."""
    k, label, log_p = reading.prediction, reading.label, reading.log_probabilities
    z, log_sum, log_pk = (f"{float(v):.4f}" for v in (reading.Z[k], reading.log_sum, log_p[k]))
    log_sum = f"({log_sum})" if log_sum.startswith("-") else log_sum
    return (
        f"$\\log p_k = z_k - \\log \\sum_j e^{{z_j}}$. For the {k}: ${z} - {log_sum} = {log_pk}$, "
        f"so $p_{k} = e^{{{log_pk}}}$ = {percent(reading.confidence)}. The cost of this digit is "
        f"$-\\log p_{label}$ = {number(abs(float(log_p[label])))}, that of its true class."
    )
