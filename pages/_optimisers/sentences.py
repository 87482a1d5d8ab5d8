"""What the page says of its pictures, with their numbers."""

from collections.abc import Mapping

import numpy as np

from engine.experiment.wording import counted, exact, listed, number, percent, size
from engine.inspection.curvature import Sharpness
from engine.inspection.sensitivity import AS_GOOD, valley
from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.records import Step
from engine.training.run import Run
from pages._optimisers.charts import Band


def step(title: str, found: Step, rate: float, last: int) -> str:
    """Return how long a step is beside that of plain gradient descent."""
    plain = rate * found.g
    said = (
        f"{title} at step {found.t} of {last}, α = {number(rate)}: it moves by {size(-found.step)}"
    )
    if not plain:
        return f"{said}; the gradient is 0."
    ratio = found.step / plain
    return f"{said}, {number(ratio)} times what α dθ = {size(plain)} would be."


def networks(bands: Mapping[str, Band], rates: Mapping[str, float], axis: str) -> str:
    """Return where each optimiser ends, the lowest first, and whose updates take longest."""
    order = sorted(bands, key=lambda name: float(bands[name].median[-1]))
    at = {OPTIMIZERS[name].title: rate for name, rate in rates.items()}
    ends = listed(
        [f"{name} {size(float(bands[name].median[-1]))} (α = {exact(at[name])})" for name in order]
    )
    spent = ""
    if axis == "seconds":
        seconds = {name: float(band.places[-1]) for name, band in bands.items()}
        slow, fast = max(seconds, key=seconds.__getitem__), min(seconds, key=seconds.__getitem__)
        spent = (
            f" An update of {slow} takes {number(seconds[slow] / max(seconds[fast], 1e-12))} times "
            f"as long as one of {fast}."
        )
    return f"Median cost at the end: {ends}.{spent}"


def valleys(found: Mapping[str, Mapping[float, float]]) -> str:
    """Return how wide each valley is, the widest first."""
    learning = {name: by_rate for name, by_rate in found.items() if _learns(by_rate)}
    ranges = {name: valley(by_rate) for name, by_rate in learning.items()}
    order = sorted(ranges, key=lambda name: -ranges[name][1] / ranges[name][0])
    parts = [f"{name} {_range(*ranges[name])}" for name in order]
    return (
        f"The rates around the best whose end cost is at most {exact(AS_GOOD)} times its: "
        f"{listed(parts)}."
    )


def _learns(by_rate: Mapping[float, float]) -> bool:
    return bool(np.isfinite(min(by_rate.values())))


def _range(low: float, high: float) -> str:
    if low == high:
        return f"{exact(low)} alone"
    return f"{exact(low)} to {exact(high)}, a factor of {number(high / low)}"


def rates(curves: Mapping[str, tuple[Array, Array]]) -> str:
    """Return with which rate each schedule ends."""
    ends = [f"{name} {size(float(values[-1]))}" for name, (_, values) in curves.items()]
    return f"α in the last epoch: {listed(ends)}."


def schedules(runs: Mapping[str, Run]) -> str:
    """Return where each schedule ends, the lowest first."""
    ends = {name: run.final("train_cost") for name, run in runs.items()}
    order = sorted(ends, key=lambda name: (np.isnan(ends[name]), ends[name]))
    return f"Cost at the end: {listed([f'{name} {size(ends[name])}' for name in order])}."


def bound(largest: float, chosen: float) -> str:
    """Return which rates settle where J is bent so sharply, and whether the race's is one."""
    side = "below" if chosen < 2 / largest else "above"
    return (
        f"**In the picture**, at the minimum: $\\lambda_{{\\max}}$ = {number(largest)}, so "
        f"gradient descent settles there with α below 2/λ = {number(2 / largest)}. Its α in the "
        f"race, {number(chosen)}, is {side} that."
    )


def edge(epochs: Array, found: Sharpness, rate: float, run: Run) -> str:
    """Return whether a run's sharpness keeps below 2/α, crosses it, or hovers there."""
    largest, limit = found.largest, 2 / rate
    top = int(np.nanargmax(largest))
    above = float(np.mean(largest > limit))
    rises = int((np.diff(run.history["train_cost"]) > 0).sum())
    said = (
        f"2/α = {number(limit)}. λ max begins at {number(float(largest[0]))}, is highest at epoch "
        f"{int(epochs[top])} with {number(float(largest[top]))}, and ends at "
        f"{number(float(largest[-1]))}."
    )
    if not above:
        return f"{said} It stays below 2/α, and the cost rises in {counted(rises, 'epoch')}."
    return (
        f"{said} It is above 2/α at {percent(above)} of the moments measured: there the steps "
        f"overshoot, and the cost rises in {counted(rises, 'epoch')}."
    )
