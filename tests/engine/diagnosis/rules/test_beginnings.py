"""Starts and inputs of the wrong size, and units that are dead, saturated or all the same."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules.beginnings import (
    DEAD,
    DIVERGED,
    SATURATED,
    START,
    SYMMETRIC,
    UNSCALED,
    start_ratios,
)
from engine.experiment.experiment import Experiment
from engine.training.run import run

XOR = Experiment()
RELU = Experiment(
    dataset="circles", samples=200, hidden=(10,), activation="relu", initializer="he",
    learning_rate=1.0, epochs=2,
)  # fmt: skip


def untrained(**changes):
    return Evidence(run(Experiment(epochs=0).but(**changes)))


def with_probes(evidence, **numbers):
    """Evidence whose look into the network, before and after, is given: name -> (then, now)."""
    for moment, which in (("then", 0), ("now", 1)):
        given = {name: np.array(pair[which]) for name, pair in numbers.items()}
        evidence.__dict__[moment] = getattr(evidence, moment)._replace(**given)
    return evidence


@pytest.mark.parametrize(
    ("changes", "ratios"),
    [
        # Glorot's deviations are sqrt(2/5) for 2-3 and sqrt(2/4) for 3-1; a sigmoid wants 3 times.
        ({}, [1 / 3, 1 / 3]),
        ({"init_scale": 3.0}, [1, 1]),
        ({"activation": "tanh", "init_scale": 5.0}, [5, 5]),
        ({"activation": "relu", "initializer": "he", "init_scale": 10.0}, [10, 10]),
        ({"activation": "tanh", "initializer": "small"}, [0.01 / 0.4**0.5, 0.01 / 0.5**0.5]),
        ({"activation": "relu", "initializer": "large"}, [1, 1.5**0.5]),  # He: sqrt(2/2), sqrt(2/3)
    ],
)
def test_initial_weights_are_compared_with_those_that_keep_the_signal(changes, ratios):
    assert start_ratios(untrained(**changes)) == pytest.approx(ratios)


@pytest.mark.parametrize(
    ("scale", "told"),
    [(3.9, None), (4.1, "4.10 times larger"), (0.26, None), (0.2, "5.00 times smaller")],
)
def test_a_start_is_of_the_wrong_size_from_four_times_on(scale, told):
    seen = START.look(untrained(activation="tanh", init_scale=scale))
    assert (seen is None) == (told is None)
    if told:
        assert f"layer 1 are {told}" in seen.sentence
        assert seen.changes[0] == {"initializer": "glorot", "init_scale": 1.0}


def test_the_layer_that_is_furthest_off_is_named():
    # N(0, 1) on 784 inputs: He's deviation is 0.0505, so 19.8 times; on 64 inputs 5.66 times.
    digits = untrained(
        dataset="mnist", samples=200, dev_fraction=0.0, hidden=(64,), activation="relu",
        initializer="large",
    )  # fmt: skip
    assert "layer 1 are 19.8 times larger" in START.look(digits).sentence


def test_without_hidden_layers_there_is_no_signal_to_keep():
    assert START.look(untrained(hidden=(), init_scale=100.0)) is None


@pytest.mark.parametrize(
    ("move", "stretch", "is_seen"),
    [(0, 1, False), (0, 5, False), (0, 8, True), (0, 0.1, True), (1, 1, False), (3, 1, True)],
)
def test_inputs_far_from_one_or_off_the_middle_are_to_be_standardised(move, stretch, is_seen):
    # XOR's coordinates have the mean 0.5, the deviation 0.5 and the root mean square 0.707.
    points = tuple((stretch * x1 + move, stretch * x2 + move, y) for x1, x2, y in XOR.points)
    seen = UNSCALED.look(untrained(dataset="own", points=points))
    assert (seen is not None) is is_seen
    assert UNSCALED.look(untrained(dataset="own", points=points, standardize=True)) is None
    if is_seen:
        assert seen.changes[0] == {"standardize": True}


def test_a_coordinate_that_never_varies_is_left_out():
    points = tuple((x1, 4.0, y) for x1, _, y in XOR.points[1:])
    assert UNSCALED.look(untrained(dataset="own", points=points)) is None


def test_units_that_are_the_same_are_counted_unless_the_network_works():
    seen = SYMMETRIC.look(Evidence(run(XOR.but(initializer="zeros", epochs=30))))
    assert "All 3 units of hidden layer 1" in seen.sentence
    assert "after 30 epochs" in seen.sentence
    clouds = Experiment(dataset="gaussians", noise=0.0, initializer="constant", epochs=300)
    works = Evidence(run(clouds))
    assert works.differences[1] < 1e-9
    assert SYMMETRIC.look(works) is None


@pytest.mark.parametrize(
    ("share", "rate", "before", "first"),
    [
        (0.4, 1.0, 0.0, None),
        (0.5, 1.0, 0.5, {"activation": "leaky_relu"}),  # dead from the start, at a usual rate
        (0.5, 1.0, 0.0, {"activation": "leaky_relu"}),  # died, at a usual rate
        (0.5, 3.0, 0.0, {"activation": "leaky_relu"}),
        (0.5, 5.0, 0.0, {"learning_rate": 1.0}),  # killed by long steps
        (0.5, 5.0, 0.5, {"activation": "leaky_relu"}),
    ],
)
def test_dead_units_are_blamed_on_long_steps_only_where_those_killed_them(
    share, rate, before, first
):
    evidence = untrained(**dataclasses.asdict(RELU.but(epochs=0, learning_rate=rate)))
    seen = DEAD.look(with_probes(evidence, dead=([before, 0.0], [share, 0.0])))
    assert (seen is None) == (first is None)
    if seen:
        assert seen.changes[0] == first
        assert f"{round(10 * share)} of 10 ReLU units in hidden layer 1" in seen.sentence
        assert f"at the start it was {round(10 * before)}" in seen.sentence


def test_in_a_narrow_layer_more_units_are_offered_first():
    evidence = untrained(**dataclasses.asdict(RELU.but(epochs=0, hidden=(4,))))
    seen = DEAD.look(with_probes(evidence, dead=([0.5, 0.0], [0.5, 0.0])))
    assert seen.changes[0] == {"hidden": (16,)}
    narrow = untrained(**dataclasses.asdict(RELU.but(epochs=0, hidden=(1,))))
    assert DEAD.look(with_probes(narrow, dead=([1.0, 0.0], [1.0, 0.0]))) is None


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (0.4, 0.8, None),
        (0.5, 0.0, "At the start 50.0 %"),
        (0.0, 0.9, "90.0 % of the activations of hidden layer 1 have come to lie"),
        (0.0, 0.85, None),
    ],
)
def test_a_start_is_saturated_from_half_on_and_an_end_from_nine_tenths(then, now, told):
    evidence = untrained(activation="tanh")
    seen = SATURATED.look(with_probes(evidence, saturated=([then, 0.0], [now, 0.0])))
    assert (seen is None) == (told is None)
    assert told is None or told in seen.sentence


def test_the_output_layer_is_never_called_dead_or_saturated():
    evidence = untrained(activation="tanh")
    given = with_probes(evidence, saturated=([0.0, 1.0], [0.0, 1.0]), dead=([0, 1.0], [0, 1.0]))
    assert SATURATED.look(given) is None
    assert DEAD.look(given) is None


@pytest.mark.parametrize(
    ("l2", "weaker"),
    [
        (13.0, None),  # a step takes alpha lambda / m = 0.3 * 13 / 4 = 0.975 of a weight
        (14.0, 0.0),  # 1.05 of it
    ],
)
def test_a_penalty_that_drove_weights_apart_is_weakened_with_the_rate(l2, weaker):
    stopped = dataclasses.replace(untrained(l2=l2, learning_rate=2.0).run, diverged_at=1)
    first = DIVERGED.look(Evidence(stopped)).changes[0]
    assert first["learning_rate"] == 0.3
    assert first.get("l2") == weaker


def test_a_start_that_costs_ten_times_chance_is_mended_with_the_rate():
    wild = untrained(init_scale=100.0, learning_rate=100.0)
    assert wild.costs[0] > 10 * wild.chance_cost
    stopped = dataclasses.replace(wild.run, diverged_at=3)
    assert DIVERGED.look(Evidence(stopped)).changes[0] == {
        "learning_rate": 2.0, "initializer": "glorot", "init_scale": 3.0,
    }  # fmt: skip


def test_of_two_units_one_may_be_dead():
    two = untrained(**dataclasses.asdict(RELU.but(epochs=0, hidden=(2,))))
    seen = DEAD.look(with_probes(two, dead=([0.0, 0.0], [0.5, 0.0])))
    assert seen.sentence.startswith("1 of 2 ReLU units in hidden layer 1 are 0")
