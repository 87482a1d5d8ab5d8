"""The rule by which a network is trained, as the knobs are set: in symbols, then with numbers."""

import streamlit as st

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.experiment.wording import counted
from engine.inspection.dropout import steps_per_epoch
from engine.optim.optimizers import EPSILON, OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from pages._kit.panels.tex import filled, setting, tex

_SYMBOLS = {knob.symbol: name for name, knob in KNOBS.items() if knob.symbol}


def show(experiment: Experiment) -> None:
    """Write down what one training step does, and how the learning rate changes."""
    m = load(experiment).train.m
    st.markdown(f"**Step.** {told(experiment, m)}")
    for rows in (gradient(experiment, m), step(experiment), rate(experiment)):
        if rows:
            st.latex(r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}")
    if experiment.l2:
        st.markdown(shrinking(experiment, m))


def told(experiment: Experiment, m: int) -> str:
    """Return in words which optimiser takes a step on what, and how many make an epoch of m."""
    name = KNOBS["optimizer"].show(experiment.optimizer)
    steps = steps_per_epoch(experiment, m)
    if steps == 1:
        said = f"{name} on the full batch: one step an epoch, with the mean over {_samples(m)}."
    else:
        size, last = experiment.batch_size, m - (steps - 1) * experiment.batch_size
        each = "one sample at a time" if size == 1 else f"mini-batches of {size:,}"
        rest = "" if last == size else f", the last of them on {_samples(last)}"
        said = f"{name} on {each}: {counted(steps, 'step')} an epoch of {_samples(m)}{rest}."
    return f"{said} $\\theta$ are all $W^{{[l]}}$ and $b^{{[l]}}${_of_symbols(experiment)}."


def _samples(count: int) -> str:
    return "1 sample" if count == 1 else f"{count:,} samples"


def _of_symbols(experiment: Experiment) -> str:
    """Return what the letters stand for that only some rules have."""
    text = " ".join(OPTIMIZERS[experiment.optimizer].formula)
    said = []
    if r"\tau" in text:
        said.append(r"$\tau$ counts the steps from 1")
    if experiment.decay != "none":
        said.append("$t$ the finished epochs")
    if r"\epsilon" in text:
        said.append(rf"$\epsilon$ is ${setting(EPSILON)}$")
    if r"\odot" in text:
        said.append(r"$\odot$, $/$ and $\sqrt{\ }$ act on each number by itself")
    if r"\lambda_w" in text:
        said.append(r"$\lambda_w$ acts on the $W^{[l]}$ alone")
    return "".join(f"; {clause}" for clause in said)


def gradient(experiment: Experiment, m: int) -> list[str]:
    """Return what is added to the gradient, or done to it, before the optimiser is given it."""
    penalties = [
        (experiment.l2, r"\frac{\lambda}{m}", "W^{[l]}"),
        (experiment.l1, r"\frac{\lambda_1}{m}", r"\operatorname{sign} W^{[l]}"),
    ]
    symbols = [rf"{factor}\, {what}" for value, factor, what in penalties if value]
    numbers = [rf"{tex(value / m)}\, {what}" for value, _, what in penalties if value]
    rows = []
    if symbols:
        start = r"dW^{[l]} = (\text{from backprop})"
        rows += _both(" + ".join([start, *symbols]), " + ".join([start, *numbers]))
    if experiment.clip:
        equation = KNOBS["clip"].equation
        rows += _both(equation, filled(equation, _numbers(experiment)))
    return rows


def step(experiment: Experiment) -> list[str]:
    """Return the optimiser's assignments, each in symbols and, where that differs, in numbers."""
    rows = []
    for rule in OPTIMIZERS[experiment.optimizer].formula:
        rows += _both(rule, filled(rule, _numbers(experiment)))
    return rows


def rate(experiment: Experiment) -> list[str]:
    """Return how alpha changes from epoch to epoch; nothing if it stays as it is."""
    if experiment.decay == "none":
        return []
    formula = SCHEDULES[experiment.decay].formula
    numbers = {r"\alpha_0": experiment.learning_rate, **_numbers(experiment)}
    return _both(formula, filled(formula, numbers))


def _numbers(experiment: Experiment) -> dict[str, float]:
    """Return the numbers that symbols stand for; alpha is none where it changes."""
    numbers = {symbol: float(getattr(experiment, name)) for symbol, name in _SYMBOLS.items()}
    if experiment.decay != "none":
        del numbers[KNOBS["learning_rate"].symbol]
    return numbers


def _both(symbols: str, numbers: str) -> list[str]:
    """Return a rule as one row, or two if it has numbers, aligned at the sign of assignment."""
    sign = ":=" if ":=" in symbols else "="
    name, _, formula = symbols.partition(sign)
    rows = [f"{name}&{sign}{formula}"]
    return rows if numbers == symbols else [*rows, f"&{sign}{numbers.partition(sign)[2]}"]


def shrinking(experiment: Experiment, m: int) -> str:
    """Return what the L2 penalty alone does to a weight in an epoch."""
    if not OPTIMIZERS[experiment.optimizer].is_plain:
        name = KNOBS["optimizer"].show(experiment.optimizer)
        return f"{name} scales or averages the penalty's part as it does the rest of the gradient."
    steps, factor = steps_per_epoch(experiment, m), 1 - experiment.learning_rate * experiment.l2 / m
    shown = setting(float(f"{factor:.6g}"))
    each = rf"multiplies every weight by $1 - \alpha\lambda/m = {shown}$ a step"
    if abs(factor) > 1:
        return f"The penalty alone {each}: with so large a λ the steps explode."
    when = "in the first epoch" if experiment.decay != "none" else "in an epoch"
    return f"The penalty alone {each}, that is by ${tex(factor**steps)}$ {when}."
