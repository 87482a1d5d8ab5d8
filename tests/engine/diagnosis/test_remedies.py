"""Each remedy is a valid experiment, and says what its name says."""

import pytest

from engine.diagnosis import remedies
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Real
from engine.nn.initializers import INITIALIZERS

MOONS = Experiment(dataset="moons", samples=200, hidden=(8,), activation="tanh")
DIGITS = Experiment(dataset="mnist", samples=1000, hidden=(16,), activation="relu")


@pytest.mark.parametrize(
    ("changes", "rate"),
    [
        ({}, 1.0),
        ({"activation": "sigmoid"}, 2.0),
        ({"batch_size": 10}, 0.1),
        ({"hidden": (8,) * 4, "activation": "sigmoid"}, 0.1),
        ({"optimizer": "adam"}, 0.03),
        ({"optimizer": "adam", "hidden": (8,) * 5}, 0.01),
        ({"dataset": "mnist"}, 0.1),
        ({"dataset": "mnist", "optimizer": "rmsprop"}, 0.001),
    ],
)
def test_the_usual_learning_rate(changes, rate):
    assert remedies.usual_rate(MOONS.but(**changes)) == rate


@pytest.mark.parametrize(
    ("rate", "smaller"), [(1000.0, 1.0), (2.0, 1.0), (1.0, 0.1), (0.03, 0.003), (0.0001, 0.0001)]
)
def test_a_smaller_rate_is_the_usual_one_or_a_tenth(rate, smaller):
    change = remedies.smaller_rate(MOONS.but(learning_rate=rate))
    assert change == {"learning_rate": smaller}


def test_the_nearest_stop_is_nearest_as_a_ratio():
    assert remedies.nearest_stop("learning_rate", 0.2) == 0.3  # 1.5 times, where 0.1 is half
    assert remedies.nearest_stop("samples", 400, (100, 300, 500, 0)) == 500


@pytest.mark.parametrize(
    ("activation", "start"),
    [("relu", ("he", 1)), ("leaky_relu", ("he", 1)), ("tanh", ("glorot", 1))],
)
def test_a_matched_start(activation, start):
    change = remedies.matched_start(MOONS.but(activation=activation))
    assert tuple(change.values()) == start
    assert change["initializer"] in INITIALIZERS


@pytest.mark.parametrize(
    ("hidden", "activation", "expected"),
    [
        ((), "sigmoid", ((8,), "sigmoid")),
        ((), "linear", ((8,), "tanh")),
        ((10,) * 6, "linear", ((10,) * 6, "tanh")),
    ],
)
def test_a_network_that_draws_a_line_is_given_units_that_bend(hidden, activation, expected):
    line = MOONS.but(hidden=hidden, activation=activation)
    after = line.but(**remedies.bent(line))
    assert (after.hidden, after.activation) == expected


def test_rectified_units_get_their_start_and_no_larger_steps():
    deep = MOONS.but(hidden=(8,) * 6, activation="sigmoid", learning_rate=3.0)
    after = deep.but(**remedies.rectified(deep))
    assert (after.activation, after.initializer, after.learning_rate) == ("relu", "he", 0.1)
    slow = deep.but(learning_rate=0.03)
    assert remedies.rectified(slow)["learning_rate"] == 0.03


@pytest.mark.parametrize(("epochs", "more"), [(0, 10), (5, 15), (1000, 3000)])
def test_longer(epochs, more):
    assert remedies.longer(MOONS.but(epochs=epochs)) == {"epochs": more}


def test_adam_is_offered_once():
    change = remedies.adam(MOONS)
    assert change == {"optimizer": "adam", "learning_rate": 0.03}
    assert remedies.adam(MOONS.but(**change)) == {}


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        (MOONS, {"samples": 800}),
        (MOONS.but(samples=1500), {"samples": 2000}),
        (MOONS.but(samples=2000), {}),
        (DIGITS, {"samples": 4000}),
        (DIGITS.but(samples=30_000), {"samples": 0}),  # all of them
        (DIGITS.but(samples=0), {}),
        (Experiment(), {}),  # the four points of XOR are all there are
    ],
)
def test_more_samples(experiment, expected):
    assert remedies.more_samples(experiment) == expected


@pytest.mark.parametrize(
    ("strength", "m", "weaker"),
    [(100.0, 400, 0.3), (1.0, 2000, 0.1), (1.0, 4, 0.0), (1000.0, 60_000, 100.0)],
)
def test_a_weaker_penalty(strength, m, weaker):
    assert remedies.weaker_penalty("l2", strength, m) == weaker


def test_an_action_of_the_recipe_as_a_change():
    assert remedies.action("bigger_network", MOONS) == {"hidden": (32,)}
    assert remedies.action("bigger_network", MOONS.but(hidden=(128,))) == {}


def test_rates_that_are_set_are_stops_of_the_slider():
    knob = KNOBS["learning_rate"]
    assert isinstance(knob, Real)
    for activation in ("sigmoid", "tanh", "relu"):
        for batch in (0, 10):
            rate = remedies.usual_rate(MOONS.but(activation=activation, batch_size=batch))
            assert rate in knob.options
