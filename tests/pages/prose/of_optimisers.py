"""What is said about optimisers: the page, its panels, the teacher's plan."""

import numpy as np

from engine.experiment.experiment import Experiment
from engine.optim.descents import descend
from engine.optim.landscapes import bowl
from engine.training.sweep import sweep
from pages._optimisers.networks import band
from tests.pages.prose.claims import Claims, holds
from tests.pages.prose.plans import PLAN


def overshoots(two: float) -> bool:
    """Whether gradient descent settles just below 2 / its curvature, and overshoots above it.

    There each step takes it further from the minimum than the one before.
    """
    landscape, curvature, away = bowl(30), 30.0, {}
    for share in (0.98, 1.02):
        w, found = np.array([5.0, 5.0]), []
        for _ in range(100):
            w = w - share * two / curvature * landscape.gradient(w)
            found.append(abs(w[1] - landscape.minima[0][1]))
        away[share] = found
    return away[0.98] == sorted(away[0.98], reverse=True) and away[1.02] == sorted(away[1.02])


def holds_the_middle(half: float) -> bool:
    """Whether such a share of the runs lies within the band of their costs, at every moment."""
    base = Experiment(dataset="moons", samples=60, hidden=(3,), epochs=5)
    runs = sweep([base.but(seed=seed) for seed in range(8)], snapshots=2)
    found = band(runs, "steps")
    costs = np.stack([run.history["train_cost"] for run in runs])
    is_inside = (found.low <= costs) & (costs <= found.high)
    return bool((is_inside.mean(axis=0) == half).all())


def is_the_same_path(whole: float) -> bool:
    """Whether momentum that adds up goes where ours goes, with α times (1 - β₁)."""
    landscape, beta, rate = bowl(30), 0.9, 0.05
    start = np.array(landscape.start)
    grid = np.array([[rate]])
    *_, ours = descend(landscape, start, ["momentum"], grid, 50, reach=8.0, beta1=beta)
    w, v, path = start, np.zeros(2), [start]
    for _ in range(50):
        v = beta * v + landscape.gradient(w)
        w = w - rate * (whole - beta) * v
        path.append(w)
    return np.allclose(ours.paths[0, 0], path, rtol=1e-9)


CLAIMS: Claims = {
    "pages/_optimisers/prose/networks.md": {"All of them train": holds(holds_the_middle)},
    "pages/_optimisers/prose/rules.md": {
        "PyTorch's momentum, Nesterov": holds(lambda *said: is_the_same_path(1))
    },
    "pages/_optimisers/prose/stability.md": {"Beyond": holds(overshoots)},
    "pages/_optimisers/prose/teachers.md": {"Fifteen minutes": PLAN},
    "pages/_optimisers/sentences.py": {
        "**In the picture**": holds(overshoots),
        "2/α = ": holds(overshoots),
        "… It is above 2/α": holds(overshoots),
        "… It stays below 2/α": holds(overshoots),
    },
}
