"""Studies: what is turned is turned, all else stays, and every seed draws anew."""

import itertools

import numpy as np
import pytest

from engine.diagnosis.notes_cases import CASES
from engine.diagnosis.studies import (
    DEPTHS,
    SCALINGS,
    SIZES,
    WIDTHS,
    Study,
    depth_curve,
    learning_curve,
    quartiles,
    scaling_study,
    share_curve,
    width_curve,
)
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.training.run import run

CIRCLES = Experiment(
    dataset="circles", samples=500, train_fraction=0.2, dev_fraction=0.4, hidden=(8, 4), epochs=2
)
DIGITS = CASES[0].experiment.but(epochs=1)
SEEDS = ("seed", "data_seed")


def turned(study, base):
    """The knobs in which a study's experiments differ from the base."""
    return {name for experiment in study.experiments for name in experiment.differences(base)}


@pytest.mark.parametrize("base", [CIRCLES, DIGITS, DIGITS.but(shift="noisy")])
def test_a_learning_curve_keeps_the_dev_set_and_uses_just_so_many_samples(base):
    n_dev = load(base.but(shift="none")).dev.m
    study = learning_curve(base, 2)
    assert len(study.values) > 3
    for m, experiment in zip(np.repeat(study.values, 2), study.experiments, strict=True):
        problem = load(experiment)
        assert (problem.train.m, problem.dev.m) == (m, n_dev)
        assert "train_dev" not in problem.splits
    allowed = {"samples", "train_fraction", "dev_fraction", "shift", *SEEDS}
    assert turned(study, base) <= allowed


def test_where_the_dev_set_is_all_there_is_the_present_size_is_looked_at():
    study = learning_curve(CIRCLES.but(samples=2000, train_fraction=0.002, dev_fraction=0.998), 2)
    assert study.values == (4,)


@pytest.mark.parametrize(
    ("make", "base", "value", "expected"),
    [
        (width_curve, CIRCLES, 16, {"hidden": (16, 16)}),
        (width_curve, CIRCLES.but(hidden=()), 16, {"hidden": (16,)}),
        (depth_curve, CIRCLES, 3, {"hidden": (8, 8, 8)}),
        (depth_curve, CIRCLES, 0, {"hidden": ()}),
        (depth_curve, CIRCLES.but(hidden=()), 2, {"hidden": (8, 8)}),
        (share_curve, DIGITS.but(shift="noisy"), 0.2, {"target_share": 0.2}),
        (scaling_study, CIRCLES, 1, {"standardize": True, "fitted_on": "each"}),
    ],
)
def test_a_study_turns_one_thing_and_draws_anew_for_every_seed(make, base, value, expected):
    study = make(base, 3)
    assert len(study.experiments) == 3 * len(study.values)
    at = 3 * study.values.index(value)
    assert list(study.experiments[at : at + 3]) == [
        base.but(seed=seed, data_seed=seed, **expected) for seed in range(3)
    ]


def test_what_is_turned_grows_in_even_steps():
    assert tuple(2**k for k in range(8)) == WIDTHS
    assert list(DEPTHS) == list(range(5))
    # 1, 2, 5, 10, ... and, where digits are many, doubled: never less than twice, never thrice
    assert SIZES[0] == 10
    assert all(2 <= b / a <= 2.5 for a, b in itertools.pairwise(SIZES))
    assert {100, 1000, 8000} < set(SIZES)


def test_the_scalings_are_those_of_the_knob():
    assert set(SCALINGS) == set(KNOBS["fitted_on"].titles)


def test_the_errors_are_those_of_the_runs_that_are_done():
    study = Study((1.0, 2.0), 2, tuple(CIRCLES.but(seed=seed) for seed in range(4)))
    runs = [run(experiment) for experiment in study.experiments]
    errors = study.errors(runs, [True, False, True, True], "dev")
    expected = [1 - done.history["dev_accuracy"][-1] for done in runs]
    assert errors[0, 0] == pytest.approx(expected[0])
    assert np.isnan(errors[0, 1])
    assert errors[1].tolist() == pytest.approx(expected[2:])
    assert np.isnan(study.errors(runs, [True] * 4, "train_dev")).all()


def test_with_early_stopping_it_is_the_network_handed_over():
    base = CIRCLES.but(epochs=300, optimizer="adam", learning_rate=0.1, patience=3)
    study = Study((1.0,), 1, (base,))
    (outcome,) = map(run, study.experiments)
    assert outcome.best_epoch < len(outcome.history["epoch"]) - 1
    expected = 1 - outcome.history["dev_accuracy"][outcome.best_epoch]
    assert study.errors([outcome], [True], "dev")[0].tolist() == pytest.approx([expected])


def test_quartiles_by_hand_pass_over_what_is_missing():
    nan = np.nan
    errors = np.array([[0.1, 0.2, 0.3, 0.4, 0.5], [nan, 0.3, nan, 0.1, nan], [nan] * 5])
    low, middle, high = quartiles(errors)
    assert low[:2].tolist() == pytest.approx([0.2, 0.15])
    assert middle[:2].tolist() == pytest.approx([0.3, 0.2])
    assert high[:2].tolist() == pytest.approx([0.4, 0.25])
    assert np.isnan([low[2], middle[2], high[2]]).all()


@pytest.mark.slow
def test_more_samples_raise_the_training_error_and_lower_the_dev_error():
    study = learning_curve(CIRCLES.but(
        noise=0.15, hidden=(32,), activation="tanh", optimizer="adam", learning_rate=0.03,
        epochs=300,
    ), 5)  # fmt: skip
    runs = list(map(run, study.experiments))
    train, dev = (
        quartiles(study.errors(runs, [True] * len(runs), s)).median for s in ("train", "dev")
    )
    assert train[0] == 0
    assert train[-1] > 0.03
    assert all(a > b for a, b in itertools.pairwise(dev[[0, 2, -1]]))
    assert dev[-1] - train[-1] < 0.02 < dev[0] - train[0]
