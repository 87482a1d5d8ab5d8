"""Samples scaled by themselves, against what that means for the smallest and the largest group."""

import numpy as np
import pytest

from engine.data.normalization import fit
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.rescaling import errors_in_groups
from engine.nn.network import Network
from engine.training.run import run

CIRCLES = Experiment(
    dataset="circles", samples=400, noise=0.1, train_fraction=0.5, dev_fraction=0.5, hidden=(8,),
    activation="tanh", optimizer="adam", learning_rate=0.03, epochs=100, standardize=True,
)  # fmt: skip


@pytest.fixture(scope="module")
def trained():
    return run(CIRCLES)


def test_alone_a_point_is_zero_so_all_are_read_alike(trained):
    dev = load(CIRCLES).dev
    p = Network((2, 8, 1), "tanh", "sigmoid").predict(trained.theta, np.zeros((2, 1)))
    expected = np.mean(dev.y != (p[0, 0] > 0.5))
    assert errors_in_groups(trained, [1]) == pytest.approx([expected])
    assert expected == pytest.approx(0.5)  # both classes are equally many


def test_one_group_of_all_is_the_split_scaled_by_itself(trained):
    problem = load(CIRCLES)
    points, dev = problem.points[problem.dev.index], problem.dev
    p = Network((2, 8, 1), "tanh", "sigmoid").predict(trained.theta, fit(points).apply(points).T)
    expected = np.mean((p[0] > 0.5) != dev.y)
    assert errors_in_groups(trained, [dev.m]) == pytest.approx([expected])


def test_what_is_over_is_left_out_and_no_whole_group_is_nan(trained):
    errors = errors_in_groups(trained, [150, 201])
    assert np.isfinite(errors[0])
    assert np.isnan(errors[1])


def test_small_groups_do_harm_and_large_ones_hardly_any(trained):
    few, some, many = errors_in_groups(trained, [2, 10, 100])
    right = 1 - trained.history["dev_accuracy"][-1]
    assert few > some > many >= right - 0.02
    assert few > 0.3
    assert many < right + 0.03


@pytest.mark.parametrize(
    "changes", [{"standardize": False}, {"dataset": "mnist", "samples": 200, "dev_fraction": 0.2}]
)
def test_it_needs_points_that_are_standardised(changes):
    outcome = run(CIRCLES.but(epochs=0, **changes))
    with pytest.raises(ValueError, match="standardised"):
        errors_in_groups(outcome, [1])
