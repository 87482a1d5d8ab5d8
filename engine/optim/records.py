"""One step of an optimiser with all its numbers: what it is given, remembers and does."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array
from engine.optim.optimizers import OPTIMIZERS, Average, Averages, Rate


class Step(NamedTuple):
    """What happened to one parameter at step t, counted from 1.

    w          before the step
    g          its gradient
    v, s       the averages or sums that the optimiser keeps, after they took in g; None if it does
               not keep them
    v_hat, s_hat  the same, corrected for their start at zero; None where nothing is corrected
    step       what is subtracted from w
    """

    t: int
    w: float
    g: float
    v: float | None
    s: float | None
    v_hat: float | None
    s_hat: float | None
    step: float

    @property
    def after(self) -> float:
        """w after the step."""
        return self.w - self.step


def steps(
    method: str, rate: float, gradients: Array, path: Array, **knobs: float
) -> Iterator[Step]:
    """Yield each step of an optimiser that is given gradients (T,) along a path (T + 1,) of w.

    Its numbers are those of a run that went this way: the optimiser is asked anew, step by step.
    """
    row = OPTIMIZERS[method]
    given: dict[str, Rate] = dict(knobs)
    optimizer = row(rate, **given)
    state = optimizer.init(np.zeros(1))
    is_corrected = any(r"\hat" in line for line in row.formula)
    for t, g in enumerate(gradients, start=1):
        w = np.array([path[t - 1]])
        step = optimizer.update(np.array([float(g)]), state, t, w)
        v, s = _kept(method, state)
        v_hat = v / (1 - knobs["beta1"] ** t) if is_corrected and v is not None else None
        s_hat = s / (1 - knobs["beta2"] ** t) if is_corrected and s is not None else None
        yield Step(t, float(w[0]), float(g), v, s, v_hat, s_hat, float(step[0]))


def _kept(method: str, state: object) -> tuple[float | None, float | None]:
    """Return v and s out of an optimiser's state."""
    if isinstance(state, Averages):
        return float(state.v[0]), float(state.s[0])
    if isinstance(state, Average):
        kept = float(state.values[0])
        return (kept, None) if "V" in OPTIMIZERS[method].written.keeps else (None, kept)
    return None, None
