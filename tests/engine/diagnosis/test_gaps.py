"""The verdict, against numbers worked out by hand."""

import dataclasses

import numpy as np
import pytest

from engine.data.tables import DATASETS
from engine.diagnosis.gaps import (
    HUMAN_ERROR,
    Diagnosis,
    Gap,
    Rate,
    best_error,
    diagnose,
    gap,
)
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.training.run import run

MOONS = Experiment(
    dataset="moons", samples=200, noise=0.15, hidden=(4,), activation="tanh", epochs=20
)
DIGITS = Experiment(
    dataset="mnist", samples=400, hidden=(8,), activation="relu", learning_rate=0.1, batch_size=20,
    epochs=2,
)  # fmt: skip


def exactly(error):
    return Rate.known(error)


def test_a_rate_by_hand():
    # Wilson for 10 of 100, z = 1.96: (0.1 + 0.019208 +- 1.96 sqrt(0.0009 + 0.00009604)) / 1.038416.
    rate = Rate.counted(10, 100)
    assert (rate.error, rate.m) == (0.1, 100)
    assert rate.low == pytest.approx((0.119208 - 1.96 * 0.0315601) / 1.038416, abs=1e-6)
    assert rate.high == pytest.approx((0.119208 + 1.96 * 0.0315601) / 1.038416, abs=1e-6)


def test_newcombes_own_example():
    # 56/70 - 48/80 = 0.2, 95 % interval 0.0524 to 0.3339 by method 10 (Newcombe 1998, table II a).
    found = gap(Rate.counted(48, 80), Rate.counted(56, 70))
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_between_known_errors_nothing_is_uncertain():
    found = gap(exactly(0.01), exactly(0.05), 0.03)
    assert (found.value, found.low, found.high) == pytest.approx((0.04, 0.04, 0.04))
    assert found.is_high
    assert found.is_sure


@pytest.mark.parametrize(
    ("low", "value", "high", "is_high", "is_sure"),
    [
        (0.04, 0.05, 0.06, True, True),
        (0.02, 0.04, 0.06, True, False),
        (0.01, 0.02, 0.04, False, False),
        (-0.01, 0.01, 0.02, False, True),
        (0.03, 0.03, 0.03, True, True),
    ],
)
def test_a_gap_is_judged_by_its_threshold(low, value, high, is_high, is_sure):
    found = Gap(value, low, high, 0.03)
    assert (found.is_high, found.is_sure) == (is_high, is_sure)


def test_a_gap_is_high_from_three_points_on_where_nobody_says_otherwise():
    assert not gap(exactly(0.05), exactly(0.0799)).is_high
    assert gap(exactly(0.05), exactly(0.0801)).is_high


@pytest.mark.parametrize(
    ("train", "dev", "best", "high"),
    [
        (0.01, 0.11, 0.0, ("variance",)),
        (0.15, 0.16, 0.0, ("avoidable_bias",)),
        (0.15, 0.30, 0.0, ("avoidable_bias", "variance")),
        (0.005, 0.01, 0.0, ()),
        (0.15, 0.16, 0.14, ()),  # if nobody can do better, 15 % is no bias
    ],
)
def test_the_notes_four_cases(train, dev, best, high):
    found = Diagnosis(
        best,
        {"train": exactly(train), "dev": exactly(dev)},
        gap(exactly(best), exactly(train)),
        gap(exactly(train), exactly(dev)),
        None,
    )
    assert found.high == high
    assert list(found.gaps) == ["avoidable_bias", "variance"]


def test_the_diagnosis_of_a_run_is_that_of_its_last_network():
    outcome = run(MOONS)
    found = diagnose(outcome)
    for name, samples in load(MOONS).splits.items():
        error = 1 - outcome.history[f"{name}_accuracy"][-1]
        assert found.rates[name].error == pytest.approx(error)
        assert found.rates[name].m == samples.m
    train, dev = found.rates["train"].error, found.rates["dev"].error
    assert found.avoidable_bias.value == pytest.approx(
        train - DATASETS["moons"].bayes_error(0.15, 2)
    )
    assert found.variance.value == pytest.approx(dev - train)
    assert found.mismatch is None


def test_with_early_stopping_it_is_that_of_the_network_handed_over():
    outcome = run(MOONS.but(epochs=300, learning_rate=3.0, patience=5))
    assert outcome.best_epoch < outcome.stopped_at
    rates = diagnose(outcome).rates
    for name in ("train", "dev", "test"):
        accuracy = outcome.history[f"{name}_accuracy"]
        assert rates[name].error == pytest.approx(1 - accuracy[outcome.best_epoch])
        assert accuracy[outcome.best_epoch] != accuracy[-1]  # it makes a difference which


def test_with_mismatched_sets_the_variance_is_that_of_the_training_dev_set():
    found = diagnose(run(DIGITS.but(shift="noisy", shift_strength=1.0)))
    rates = {name: rate.error for name, rate in found.rates.items()}
    assert list(rates) == ["train", "train_dev", "dev", "test"]
    assert found.variance.value == pytest.approx(rates["train_dev"] - rates["train"])
    assert found.mismatch.value == pytest.approx(rates["dev"] - rates["train_dev"])


def test_a_training_error_is_counted_on_as_many_samples_as_were_looked_at():
    found = diagnose(run(DIGITS.but(samples=5000, epochs=1)))
    assert {name: rate.m for name, rate in found.rates.items()} == {
        "train": 2500, "dev": 1000, "test": 10_000,
    }  # fmt: skip


def test_without_a_dev_set_there_is_no_variance():
    found = diagnose(run(MOONS.but(train_fraction=1.0, dev_fraction=0.0)))
    assert found.variance is None
    assert list(found.rates) == ["train"]


def test_ones_own_best_error_and_threshold_are_used():
    found = diagnose(run(MOONS), best=0.1, threshold=0.2)
    assert found.best == 0.1
    assert found.avoidable_bias.value == pytest.approx(found.rates["train"].error - 0.1)
    assert {measured.threshold for measured in found.gaps.values()} == {0.2}


def test_a_run_without_any_error_cannot_be_diagnosed():
    outcome = run(MOONS)
    empty = {name: values[:0] for name, values in outcome.history.items()}
    with pytest.raises(ValueError, match="diverged before"):
        diagnose(dataclasses.replace(outcome, history=empty))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dataset": "gaussians", "noise": 0.35}, 0.0786),  # Phi(-sqrt 2)
        ({"dataset": "mnist"}, HUMAN_ERROR),
        ({"dataset": "own"}, 0.0),
    ],
)
def test_the_best_possible_error(changes, expected):
    assert best_error(Experiment(**changes)) == pytest.approx(expected, abs=5e-5)


def test_the_interval_of_a_gap_holds_the_truth_nineteen_times_of_twenty(rng):
    wrong = rng.binomial([[1000], [300]], [[0.05], [0.15]], (2, 400))
    found = [gap(Rate.counted(a, 1000), Rate.counted(b, 300)) for a, b in wrong.T]
    holds = np.mean([rate.low <= 0.1 <= rate.high for rate in found])
    assert 0.92 < holds < 0.98  # 0.95 with three standard errors of 0.011


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Two points at one place with opposite labels.
        ({"dataset": "own", "points": ((0.5, 0.5, 0), (0.5, 0.5, 1))}, 0.5),
        # At (0, 0) one of three is in the minority, at (1, 1) one of two: 2 of 5.
        (
            {
                "dataset": "own",
                "points": ((0, 0, 1), (0, 0, 1), (0, 0, 0), (1, 1, 0), (1, 1, 1)),
            },
            0.4,
        ),
        ({"dataset": "own"}, 0.0),
        ({"features": ("x1",)}, 0.5),  # of XOR's points two have x1 = 0, with both labels
        ({"features": ("x1_x2",)}, 0.25),  # 0, 0, 0 and 1 with the labels 0, 1, 1 and 0
        ({"features": ("x1", "x1_x2")}, 0.25),  # (0, 0) twice, with both labels
        ({"dataset": "noisy_xor", "noise": 0.0, "features": ("x1_x2",)}, 0.242),  # 29 of 120
        ({"dataset": "noisy_xor", "noise": 0.2, "features": ("x2",)}, 0.5),
        ({"dataset": "parity"}, 0.0),
        ({"dataset": "mnist"}, HUMAN_ERROR),
    ],
)
def test_the_best_that_anyone_can_do_with_what_the_network_sees(changes, expected):
    assert best_error(Experiment(**changes)) == pytest.approx(expected, abs=2e-3)
