"""What the knobs say of themselves: their usual values, and where they begin and end."""

import inspect
import math
from typing import Any

from engine.experiment.experiment import Experiment
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from tests.pages.prose.claims import Claims, cited, computed, holds, says


def default(optimizer: str, name: str) -> Any:
    return inspect.signature(OPTIMIZERS[optimizer].make).parameters[name].default


def is_allowed(samples: float) -> bool:
    try:
        Experiment(dataset="moons", samples=int(samples))
    except ValueError:
        return False
    return True


def is_halved(k: float = 0.1) -> bool:
    factors = [SCHEDULES["step"].factor(k, round(n / k), 1) for n in range(4)]
    return factors == [1, 0.5, 0.25, 0.125]


def is_followed(name: str) -> bool:
    """Whether the code of a schedule, as a script runs it, gives the factors of its row."""
    schedule, written = SCHEDULES[name], compile(SCHEDULES[name].written, name, "eval")
    known = {"math": math, "alpha_0": 1.0, "decay_rate": 0.29, "decay_interval": 3}
    return all(eval(written, known | {"t": t}) == schedule.factor(0.29, t, 3) for t in range(101))


CLAIMS: Claims = {
    "engine/experiment/experiment.py": {
        "0.6, or 0.98 for a million": cited("the notes: 60/20/20, 98/1/1", 0.6, 0.98, 10**6),
        "0.2, or 0.01 for a million": cited("the notes: 60/20/20, 98/1/1", 0.2, 0.01, 10**6),
        "0.001 with Adam": holds(
            lambda adam, least: adam == default("adam", "learning_rate")
            and least <= default("gradient_descent", "learning_rate") <= 1
        ),
        "0.9 with RMSprop": computed(
            lambda: [default(name, "beta2") for name in ("rmsprop", "adam")]
        ),
        "How many inputs the parity": says(2),
        "samples is …, but": holds(
            lambda low, high: is_allowed(low) and is_allowed(high)
            and not is_allowed(low - 1) and not is_allowed(high + 1)
        ),
    },
    "engine/optim/schedules.py": {
        "Step: halved": holds(is_halved),
        "alpha_0 * ((1 + math.cos(math.pi * (round(": holds(lambda *said: is_followed("restarts")),
        "alpha_0 * ((1 + math.cos(math.pi * min(": holds(lambda *said: is_followed("cosine")),
        "alpha_0 * ( min((t + 1)": holds(lambda *said: is_followed("warm_up")),
    },
}  # fmt: skip
