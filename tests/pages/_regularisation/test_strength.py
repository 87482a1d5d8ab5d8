import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.sweep import sweep
from pages._regularisation import sparse, strength
from pages._regularisation.regularisers import OFF, plain
from pages._regularisation.strength import SEEDS, VALUES, Found, coarse_to_fine, experiments

BASE = Experiment(
    dataset="moons", samples=60, train_fraction=0.4, dev_fraction=0.4, hidden=(4,), epochs=5,
    seed=3,
)  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 5, 16, 20])
def test_coarse_to_fine_is_every_place_once_and_spread_from_the_first(count):
    order = coarse_to_fine(count)
    assert sorted(order) == list(range(count))
    for so_far in range(2, count + 1):
        gaps = np.diff(sorted(order[:so_far]))
        assert gaps.max() <= max(1, 4 * count / so_far)


@pytest.mark.parametrize("knob", VALUES)
def test_a_sweep_turns_one_knob_and_the_seed_alone(knob):
    asked = experiments(BASE.but(l1=0.5, l2=0.5, keep_prob=0.5, patience=3), knob)
    assert len(asked) == len(set(asked))
    assert {getattr(experiment, knob) for experiment in asked} >= {
        OFF[knob],
        *np.round(VALUES[knob][[0]], 3),
    }
    assert all(set(experiment.differences(plain(BASE))) <= {knob, "seed"} for experiment in asked)
    assert [experiment.seed for experiment in asked[:SEEDS]] == list(range(3, 3 + SEEDS))
    assert len(asked) >= 20 * SEEDS


def test_the_last_seed_is_followed_by_the_first():
    asked = experiments(BASE.but(seed=2**31 - 1), "l2")
    assert [experiment.seed for experiment in asked[:3]] == [2**31 - 1, 0, 1]
    asked = sparse.experiments(BASE.but(seed=2**31 - 1))
    assert [experiment.seed for experiment in asked[:3]] == [2**31 - 1, 0, 1]


@pytest.fixture(scope="module")
def runs():
    return sweep(experiments(BASE, "l2")[: 3 * SEEDS], snapshots=2)


def test_a_setting_is_drawn_when_all_its_seeds_are_trained(runs):
    done = [True] * len(runs)
    assert Found.of("l2", runs, [*done[:-1], False]).values.tolist() == [0.001]
    found = Found.of("l2", runs, done)
    assert found.values.tolist() == [0.001, runs[-1].experiment.l2]
    assert found.dev.shape == found.train.shape == found.test.shape == (2, SEEDS)
    off = np.median([1 - run.history["dev_accuracy"][-1] for run in runs[:SEEDS]])
    assert found.without == off
    assert Found.of("l2", runs, [False] * len(runs)) is None


def test_of_equal_errors_the_lower_cost_is_best():
    equal = np.full((3, SEEDS), 0.25)
    costs = equal * np.array([[3.0], [1.0], [2.0]])
    assert Found(np.arange(3.0), equal, equal, costs, None, 0.5).best == 1


def test_one_setting_that_errs_less_is_best_whatever_its_cost():
    errors = np.full((3, SEEDS), 0.25)
    errors[2] = 0.125
    assert Found(np.arange(3.0), errors, errors, errors[::-1], None, 0.5).best == 2


def test_no_run_of_a_sweep_is_asked_for_twice():
    asked = sparse.experiments(BASE)
    assert len(set(asked)) == len(asked) == 2 * 8 * sparse.SEEDS
    assert {experiment.decay for experiment in asked} == {"exponential"}
    chosen = sparse.experiments(BASE.but(decay="step"))
    assert {experiment.decay for experiment in chosen} == {"step"}


def test_the_best_of_what_is_shown_is_said():
    found = Found(
        np.array([0.1, 1.0]), np.zeros((2, SEEDS)), np.array([[0.2], [0.1]]) * np.ones((2, SEEDS)),
        np.ones((2, SEEDS)), None, 0.3,
    )  # fmt: skip
    told = strength._told("l2", found, is_finished=False)
    assert "Best of the 2 settings trained so far: λ = 1 with 10.0 %" in told
    assert "Without it 30.0 % of the dev points are wrong." in told
