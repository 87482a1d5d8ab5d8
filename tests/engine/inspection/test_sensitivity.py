import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.inspection.sensitivity import AS_GOOD, best_rate, end_costs, valley
from engine.training.run import run

BASE = Experiment(dataset="moons", samples=60, hidden=(3,), epochs=20)


def test_the_median_over_seeds_is_taken_for_each_optimiser_and_rate():
    runs = [
        run(BASE.but(optimizer=name, learning_rate=rate, seed=seed))
        for name in ("adam", "momentum")
        for rate in (0.01, 0.1)
        for seed in range(3)
    ]
    found = end_costs(runs)
    assert {name: list(by_rate) for name, by_rate in found.items()} == {
        "adam": [0.01, 0.1],
        "momentum": [0.01, 0.1],
    }
    costs = sorted(each.final("train_cost") for each in runs[3:6])
    assert found["adam"][0.1] == costs[1]


def test_a_run_that_diverged_is_infinitely_costly():
    lost = run(BASE.but(learning_rate=100.0, l2=1000.0, epochs=300))
    assert lost.diverged_at is not None
    assert end_costs([lost]) == {"gradient_descent": {100.0: np.inf}}


def test_the_best_rate_is_the_cheapest_and_of_equal_ones_the_smallest():
    assert best_rate({0.3: 1.0, 0.1: 1.0, 1.0: 2.0}) == 0.1
    assert best_rate({0.3: np.inf, 0.1: 5.0}) == 0.1


@pytest.mark.parametrize(
    ("costs", "ends"),
    [
        ((9, 1.4, 1, 1.4, 9), (0.1, 10)),
        ((9, 1.6, 1, 1.6, 9), (1, 1)),
        ((1, 9, 1.1, 9, 9), (0.01, 0.01)),
        ((9, 9, 9, 1.2, 1), (10, 100)),
        ((1, 1, 1, 1, 1), (0.01, 100)),
    ],
)
def test_the_valley_ends_where_a_rate_is_not_as_good(costs, ends):
    assert AS_GOOD == 1.5
    assert valley(dict(zip((0.01, 0.1, 1, 10, 100), costs, strict=True))) == ends
