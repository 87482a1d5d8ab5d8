"""How much an optimiser minds its learning rate: what comes of many, and how wide the valley is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from engine.training.run import Run

AS_GOOD = 1.5
"""A rate is as good as the best one if its end cost is at most so many times that of it."""


def end_costs(runs: Sequence[Run]) -> dict[str, dict[float, float]]:
    """Return optimiser -> {learning rate: median training cost at the end} over the seeds.

    A run that left the finite numbers counts as infinite.
    """
    found: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        cost = run.final("train_cost") if run.diverged_at is None else np.inf
        found[run.experiment.optimizer][run.experiment.learning_rate].append(cost)
    return {
        name: {rate: float(np.median(costs)) for rate, costs in by_rate.items()}
        for name, by_rate in found.items()
    }


def best_rate(by_rate: Mapping[float, float]) -> float:
    """Return the rate with the least end cost; of equal ones the smallest."""
    return min(by_rate, key=lambda rate: (by_rate[rate], rate))


def valley(by_rate: Mapping[float, float]) -> tuple[float, float]:
    """Return the least and the largest rate around the best one that are as good, with no gap.

    >>> valley({0.1: 9.0, 0.3: 1.2, 1.0: 1.0, 3.0: 1.4, 10.0: 8.0, 30.0: 1.1})
    (0.3, 3.0)
    """
    rates = sorted(by_rate)
    bound = AS_GOOD * min(by_rate.values())
    low = high = rates.index(best_rate(by_rate))
    while low > 0 and by_rate[rates[low - 1]] <= bound:
        low -= 1
    while high < len(rates) - 1 and by_rate[rates[high + 1]] <= bound:
        high += 1
    return rates[low], rates[high]
