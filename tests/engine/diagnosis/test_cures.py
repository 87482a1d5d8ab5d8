"""Cures: each changes what it says and nothing else, and together they make a network learn."""

import pytest

from engine.diagnosis.cures import CURES, cured, idle, trials
from engine.experiment.experiment import Experiment
from engine.training.sweep import sweep

VANISHING = Experiment(
    dataset="circles", hidden=(10,) * 15, activation="sigmoid", initializer="small",
    learning_rate=0.1, epochs=300,
)  # fmt: skip
EXPLODING = VANISHING.but(hidden=(10,) * 10, activation="relu", initializer="large")

MIXED = VANISHING.but(hidden=(8, 8), activation=("relu", "sigmoid"))
UNBOUNDED = VANISHING.but(hidden=(8, 8), activation=("relu", "leaky_relu"))


@pytest.mark.parametrize(
    ("experiment", "name", "changes"),
    [
        (VANISHING, "activation", {"activation": "relu"}),
        (VANISHING.but(activation="tanh"), "activation", {"activation": "relu"}),
        (EXPLODING, "activation", {"activation": "tanh"}),
        (VANISHING.but(activation="linear"), "activation", {"activation": "tanh"}),
        (VANISHING, "start", {"initializer": "xavier"}),
        (EXPLODING, "start", {"initializer": "he"}),
        (EXPLODING.but(init_scale=5.0), "start", {"initializer": "he", "init_scale": 1.0}),
        (MIXED, "activation", {"activation": "relu"}),
        (UNBOUNDED, "activation", {"activation": "tanh"}),
        (MIXED, "start", {"initializer": "xavier"}),
        (UNBOUNDED, "start", {"initializer": "he"}),
        (VANISHING, "rate", {"learning_rate": 0.01}),
        (VANISHING, "clip", {"clip": 1.0}),
        (VANISHING, "standardize", {"standardize": True}),
    ],
)
def test_a_cure_changes_what_it_says_and_nothing_else(experiment, name, changes):
    treated = cured(experiment, [name])
    assert {n: new for n, (new, _) in treated.differences(experiment).items()} == changes


def test_together_the_start_fits_the_activation():
    both = cured(VANISHING, ["start", "activation"])
    assert (both.activation, both.initializer) == ("relu", "he")
    both = cured(EXPLODING, ["activation", "start"])
    assert (both.activation, both.initializer) == ("tanh", "xavier")


def test_each_is_tried_alone_and_all_together():
    assert list(trials(VANISHING, ["clip", "activation"])) == [
        *("without", "ReLU or tanh", "Gradient clipping", "all together")
    ]
    assert len(trials(VANISHING, list(CURES))) == 7


def test_what_changes_nothing_is_not_tried():
    healthy = VANISHING.but(initializer="xavier", clip=1.0)
    assert list(trials(healthy, [])) == ["without"]
    assert list(trials(healthy, ["start", "clip"])) == ["without"]
    assert list(trials(healthy, ["start", "rate"])) == ["without", "A tenth of α"]
    assert idle(healthy, ["start", "rate", "clip"]) == ["He or Xavier", "Gradient clipping"]


def outcomes(experiment, names):
    tried = trials(experiment, names)
    return {
        name: "diverged" if run.diverged_at is not None else run.history["train_accuracy"][-1]
        for name, run in zip(tried, sweep(list(tried.values()), snapshots=2), strict=True)
    }


def test_a_network_that_vanishes_needs_two_cures_at_once():
    ends = outcomes(VANISHING, ["activation", "start"])
    assert ends.pop("all together") >= 0.95
    assert max(ends.values()) <= 0.6


def test_a_network_that_explodes_is_saved_by_any_of_three():
    ends = outcomes(EXPLODING, ["activation", "start", "clip"])
    assert ends.pop("without") == "diverged"
    assert min(ends.values()) >= 0.95
