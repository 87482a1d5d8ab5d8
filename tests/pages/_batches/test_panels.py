"""What the panels work out of traces and sweeps."""

import math

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.timed import CLOCKS, Trace
from pages._batches import in_order, rates, which
from pages._batches.cutting import Cut, told
from pages._batches.in_a_plane import detour
from pages._batches.rates import RATES, Swept

MOONS = Experiment(dataset="moons", samples=100, train_fraction=0.5)


def traced(readings, cost, thetas=()):
    clocks = dict.fromkeys(CLOCKS, np.array(readings, float))
    thetas = np.array(thetas, float).reshape(len(thetas), 2)
    return Trace(clocks, np.array(cost, float), np.arange(len(thetas)), thetas)


@pytest.mark.parametrize(
    ("thetas", "expected"),
    [
        ([[0, 0], [1, 0], [3, 0]], 1),
        ([[0, 0], [3, 0], [3, 4]], 7 / 5),
        ([[0, 0], [1, 1], [0, 0]], 1),  # there is no straight line to compare with
    ],
)
def test_a_detour_is_the_path_against_the_straight_line(thetas, expected):
    assert detour(traced([0, 1, 2], [1, 1, 1], thetas)) == pytest.approx(expected)


def test_the_best_rate_is_that_of_the_least_finite_cost():
    costs = [math.nan] * len(RATES)
    row = [*costs]
    row[3], row[5] = 0.2, 0.1
    assert Swept([], [row, costs], True).best() == [RATES[5], RATES[0]]
    asked = rates.swept_experiments(MOONS, ("1", "0"))
    assert len(asked) == 2 * len(RATES)
    assert [each.learning_rate for each in asked[: len(RATES)]] == list(RATES)
    assert {each.batch_size for each in asked[: len(RATES)]} == {1}


def test_sizes_are_timed_to_the_same_cost_and_sorted():
    sizes = [MOONS.but(batch_size=size) for size in (0, 4, 1)]
    traces = [traced([0, 2], [1.0, 0.8]), traced([0, 3], [1.0, 0.2]), traced([0, 9], [1.0, 0.5])]
    found = which.to_a_cost(sizes, traces, 0.5)
    assert found.sizes.tolist() == [1, 4, 50]
    assert found.seconds.tolist()[:2] == [9, 3]
    assert np.isnan(found.updates[2])
    assert (found.cost, found.fastest) == (0.5, 4)
    said = which.told(found, MOONS, is_over=True)
    assert "at most 2,000: full batch. Here B = 4 is the fastest to a cost of 0.500: 3 s" in said
    assert said.endswith("marked with a cross: 50.")
    assert which.to_a_cost(sizes, traces, 0.1).fastest is None


def test_of_more_than_two_thousand_the_notes_advise_mini_batches():
    digits = Experiment(dataset="mnist", samples=5000, dev_fraction=0.0)
    found = which.to_a_cost([digits], [traced([0, 1], [1.0, 0.1])], 0.5)
    assert which.told(found, digits, is_over=False).startswith(
        "The notes' rule for m = 5,000: 64 to 512. Here so far full batch is the fastest"
    )


def test_every_power_of_two_below_m_and_all_samples_are_timed():
    asked = which.experiments(MOONS)
    assert [each.batch_size for each in asked[:: which.SEEDS]] == [0, 32, 16, 8, 4, 2, 1]
    assert [each.seed for each in asked[: which.SEEDS]] == list(range(which.SEEDS))
    assert which.experiments(MOONS.but(samples=64 * 2))[which.SEEDS].batch_size == 32


def test_of_several_starts_the_median_counts_and_those_that_never_came_are_last():
    sizes = [MOONS.but(batch_size=4, seed=seed) for seed in range(3)]
    reached, later = traced([0, 3], [1.0, 0.2]), traced([0, 7], [1.0, 0.2])
    never = traced([0, 9], [1.0, 0.9])
    assert which.to_a_cost(sizes, [never, reached, later], 0.5).seconds.tolist() == [7]
    assert np.isnan(which.to_a_cost(sizes, [never, reached, never], 0.5).seconds).all()


def test_orders_have_mini_batches_of_at_most_half_the_samples():
    found = in_order.experiments(MOONS, 512)
    assert {each.batch_size for each in found} == {25}
    assert [each.shuffle for each in found] == ["each", "once", "sorted"]


def test_the_late_swings_are_those_of_the_last_fifth():
    assert in_order.swings(traced([0, 5, 9, 10], [9.0, 1.0, 0.5, 0.7])) == pytest.approx(0.2)


def test_batches_drawn_are_the_first_the_last_and_the_chosen_one():
    cut = Cut(1000, 10)
    assert cut.drawn(50) == [1, 2, 3, 50, 99, 100]
    assert Cut(7, 4).drawn(1) == [1, 2]
    assert Cut(1, 1).drawn(1) == [1]
    assert told(Cut(1, 1), 1) == (
        "1 sample in mini-batches of 1: an epoch has 1 update, each of a full mini-batch."
    )
