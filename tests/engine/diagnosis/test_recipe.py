"""The recipe's actions: each changes what it says, keeps the seeds, and ends somewhere."""

import itertools

import pytest

from engine.diagnosis.gaps import Diagnosis, Rate, gap
from engine.diagnosis.notes_cases import CASES
from engine.diagnosis.recipe import ACTIONS, RECIPE, current
from engine.experiment.problem import load

DIGITS = CASES[0].experiment
CIRCLES = CASES[-1].experiment


def diagnosis(train, train_dev, dev):
    rates = [Rate.known(error) for error in (0.0, train, train_dev, dev)]
    return Diagnosis(0.0, {}, *(gap(*pair) for pair in itertools.pairwise(rates)))


@pytest.mark.parametrize(
    ("train", "train_dev", "dev", "expected"),
    [
        (0.01, 0.11, 0.11, "variance"),
        (0.15, 0.16, 0.16, "avoidable_bias"),
        (0.15, 0.30, 0.50, "avoidable_bias"),  # bias comes first
        (0.01, 0.02, 0.12, "mismatch"),
        (0.005, 0.01, 0.01, None),
    ],
)
def test_the_step_that_is_due(train, train_dev, dev, expected):
    step = current(diagnosis(train, train_dev, dev))
    assert (RECIPE[step].gap if step < len(RECIPE) else None) == expected


@pytest.mark.parametrize(
    ("name", "start"),
    [
        *((name, DIGITS.but(shift="blurred")) for name in ACTIONS),
        *((name, CIRCLES.but(optimizer="momentum")) for name in ACTIONS if name != "target_data"),
    ],
)
def test_an_action_keeps_the_data_set_and_the_seeds_and_comes_to_an_end(name, start):
    experiment, seen = start, {start}
    for _ in range(12):
        after = ACTIONS[name].apply(experiment)
        if after is None:
            break
        assert {after.dataset, after.seed, after.data_seed} == {
            start.dataset,
            start.seed,
            start.data_seed,
        }
        if after in seen:  # one way and back again, as from ReLU to tanh
            assert name == "other_architecture"
            break
        seen.add(after)
        experiment = after
    assert len(seen) > 1
    assert len(seen) < 12


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("bigger_network", {"hidden": (8, 4)}, {"hidden": (32, 16)}),
        ("bigger_network", {"hidden": ()}, {"hidden": (8,)}),
        ("bigger_network", {"hidden": (100,)}, {"hidden": (128,)}),
        ("train_longer", {"epochs": 20}, {"epochs": 60}),
        ("train_longer", {"epochs": 0}, {"epochs": 1}),
        ("better_optimizer", {}, {"optimizer": "adam", "learning_rate": 0.01}),
        (
            "other_architecture",
            {"hidden": (8,)},
            {"hidden": (16,), "activation": "tanh", "initializer": "glorot"},
        ),
        (
            "other_architecture",
            {"activation": "tanh", "initializer": "xavier", "hidden": (100, 8)},
            {"hidden": (128, 16), "activation": "relu", "initializer": "he"},
        ),
        ("more_lambda", {}, {"l2": 6.0}),  # 1200 / 200
        ("more_lambda", {"l2": 0.1}, {"l2": 0.3}),
        ("more_lambda", {"l2": 0.9}, {"l2": 3.0}),  # 2.7, to one digit
        ("more_lambda", {"l2": 330.0}, {"l2": 1000.0}),
        ("dropout", {}, {"keep_prob": 0.7}),
        ("dropout", {"keep_prob": 0.7}, {"keep_prob": 0.5}),
        ("dropout", {"keep_prob": 0.5}, {"keep_prob": 0.3}),
        ("target_data", {"shift": "noisy"}, {"target_share": 0.1}),
        ("target_data", {"shift": "noisy", "target_share": 0.1}, {"target_share": 0.3}),
        ("target_data", {"shift": "noisy", "target_share": 0.3}, {"target_share": 0.5}),
        ("more_data", {}, {"samples": 5600, "dev_fraction": 0.143}),
    ],
)
def test_what_an_action_does(name, start, expected):
    experiment = DIGITS.but(**start)
    assert ACTIONS[name].apply(experiment) == experiment.but(**expected)


@pytest.mark.parametrize(
    ("start", "samples", "train_fraction", "dev_fraction"),
    [
        # 40 learned from, 80 dev, 80 test: 4 * 40 + 80 + 80
        ({"samples": 200, "train_fraction": 0.2, "dev_fraction": 0.4}, 320, 0.5, 0.25),
        # 200, 400 and 1400: there are no more than 2000, the test set gives 600 of its own
        ({"samples": 2000, "train_fraction": 0.1, "dev_fraction": 0.2}, 2000, 0.4, 0.2),
        # 750, 300 and 450 of 1500: all 2000, of which dev keeps 300 and test nothing
        ({"samples": 1500, "train_fraction": 0.5, "dev_fraction": 0.2}, 2000, 0.85, 0.15),
    ],
)
def test_more_points_by_hand(start, samples, train_fraction, dev_fraction):
    after = ACTIONS["more_data"].apply(CIRCLES.but(**start))
    found = (after.samples, after.train_fraction, after.dev_fraction)
    assert found == (samples, train_fraction, dev_fraction)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("bigger_network", {"hidden": (128, 128)}),
        ("train_longer", {"epochs": 60}),
        ("better_optimizer", {"optimizer": "adam"}),
        ("other_architecture", {"hidden": ()}),
        ("more_data", {"samples": 10_000}),
        ("more_data", {"samples": 0}),
        ("more_lambda", {"l2": 1000.0}),
        ("dropout", {"keep_prob": 0.3}),
        ("dropout", {"hidden": ()}),
        ("target_data", {"target_share": 0.5}),
    ],
)
def test_where_there_is_no_more_to_be_had(name, changes):
    assert ACTIONS[name].apply(DIGITS.but(**changes)) is None


@pytest.mark.parametrize(
    "start",
    [
        DIGITS,
        DIGITS.but(shift="blurred", samples=1000),
        CIRCLES.but(samples=200, train_fraction=0.2, dev_fraction=0.4),
        CIRCLES.but(samples=2000, train_fraction=0.1, dev_fraction=0.2),
        CIRCLES.but(samples=1500, train_fraction=0.5, dev_fraction=0.2),
    ],
)
def test_more_data_is_four_times_as_much_or_all_there_is_and_dev_keeps_its_size(start):
    before, after = load(start), load(ACTIONS["more_data"].apply(start))
    room = (2000 if start.dataset == "circles" else 10_000) - before.dev.m
    assert after.train.m == pytest.approx(min(4 * before.train.m, room), abs=3)
    assert after.dev.m == pytest.approx(before.dev.m, abs=3)
