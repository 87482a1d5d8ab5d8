"""Tasks that cannot be learned, reins that are too tight, and networks that are too weak."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules.learning import (
    CHANCE,
    IMPOSSIBLE,
    NOT_LEARNING,
    REGULARISED,
    UNDERFITTING,
    at_chance,
    is_linear,
)
from engine.experiment.experiment import Experiment
from engine.training.run import run

LN2 = float(np.log(2))
XOR = Experiment()


def ended(experiment=XOR, cost=0.5, accuracy=0.5, penalty=0.0, epochs=200):
    """Evidence of a run that was flat all along, with these numbers."""
    m = epochs + 1
    history = {
        "epoch": np.arange(m),
        "penalty": np.full(m, penalty),
        "train_cost": np.full(m, cost),
        "train_accuracy": np.full(m, accuracy),
    }
    trained = run(experiment.but(epochs=0))
    return Evidence(
        dataclasses.replace(trained, history=history, experiment=experiment.but(epochs=epochs))
    )


def with_gradients(evidence, first, last):
    evidence.__dict__["then"] = evidence.then._replace(gradient_rms=np.array([first, last]))
    return evidence


# --- chance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cost", "is_told"), [(0.94 * LN2, False), (0.96 * LN2, True), (5, True)])
def test_a_cost_near_chance_is_told(cost, is_told):
    assert bool(at_chance(ended(cost=cost))) is is_told
    assert (CHANCE.look(ended(cost=cost)) is not None) is is_told


def test_chance_is_told_with_its_numbers():
    rare = tuple((k / 20, 0.0, int(k == 7)) for k in range(20))
    own = XOR.but(dataset="own", points=rare)
    # -(1/20) log(1/20) - (19/20) log(19/20) = 0.1985
    assert at_chance(ended(own, cost=0.2, accuracy=0.95)) == (
        "It does no better than always naming the most common class: 95.0 % of the training "
        "samples are right, at a cost of 0.200; that of chance is 0.199."
    )
    assert at_chance(ended(cost=0.693, accuracy=0.75)) == (
        "75.0 % of the training samples are right, but at a cost of 0.693; that of chance is 0.693."
    )


def test_of_one_class_there_is_no_chance_to_be_at():
    same = XOR.but(dataset="own", points=((0.0, 0.0, 1), (1.0, 0.0, 1)))
    assert at_chance(ended(same, cost=0.3, accuracy=1.0)) == ""


# --- impossible -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "cause", "offered"),
    [
        ({}, None, None),
        (
            {"dataset": "own", "points": ((1.0, 1.0, 0), (1.0, 1.0, 1))},
            "equal inputs and different labels",
            (),
        ),
        ({"features": ("x2",)}, "equal inputs and different labels", ({"features": ("x1", "x2")},)),
        (
            {"dataset": "noisy_xor", "features": ("x2",)},
            "chosen input features do not tell the classes apart",
            ({"features": ("x1", "x2")},),
        ),
        ({"dataset": "spirals", "noise": 0.3}, None, None),  # noise is the data set's own
        ({"dataset": "spirals", "noise": 0.5}, None, None),
        ({"dataset": "gaussians", "features": ("x1",), "noise": 0.1}, None, None),  # 2 points
    ],
)
def test_more_wrong_than_the_noise_explains_is_the_fault_of_what_is_seen(changes, cause, offered):
    seen = IMPOSSIBLE.look(Evidence(run(XOR.but(epochs=1, **changes))))
    assert (seen is None) == (cause is None)
    if seen:
        assert cause in seen.sentence
        assert seen.changes == offered


# --- regularisation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("penalty", "told"),
    [(0.1, None), (0.13, "the penalty makes 0.130 of the cost J = 0.630")],  # a quarter of 0.5
)
def test_a_penalty_holds_back_from_a_quarter_of_the_cost_on(penalty, told):
    seen = REGULARISED.look(ended(XOR.but(l2=0.3), penalty=penalty))
    assert (seen is None) == (told is None)
    if seen:
        assert f"With λ = 0.3 {told}, and 50.0 %" in seen.sentence
        assert seen.changes == ({"l2": 0.0}, {"l2": 0.0})  # of a handful a tenth is too much


def test_both_penalties_are_named_and_weakened():
    moons = XOR.but(dataset="moons", samples=1000, l1=1.0, l2=10.0)
    seen = REGULARISED.look(ended(moons, penalty=3.0))
    assert "With λ₁ = 1 and λ = 10" in seen.sentence
    assert seen.changes == ({"l1": 0.1, "l2": 0.7}, {"l1": 0.0, "l2": 0.0})


def test_weights_that_were_pulled_to_nothing_are_told():
    evidence = ended(XOR.but(l2=0.1))
    evidence.__dict__["now"] = evidence.now._replace(weight_rms=0.09 * evidence.then.weight_rms)
    assert "no layer's weights are larger than" in REGULARISED.look(evidence).sentence
    evidence.__dict__["now"] = evidence.now._replace(weight_rms=0.11 * evidence.then.weight_rms)
    assert REGULARISED.look(evidence) is None
    without = ended(XOR)
    without.__dict__["now"] = without.now._replace(weight_rms=0 * without.then.weight_rms)
    assert REGULARISED.look(without) is None


@pytest.mark.parametrize(
    ("hidden", "keep", "is_seen"),
    [
        ((8,), 1.0, False),
        ((8,), 0.5, False),  # half, and 4 units
        ((8,), 0.4, True),
        ((7,), 0.5, True),  # 3.5 units
        ((100, 3), 0.9, True),  # the narrowest layer keeps 2.7
        ((), 0.4, False),
    ],
)
def test_dropout_has_to_leave_half_and_four_units(hidden, keep, is_seen):
    seen = REGULARISED.look(ended(XOR.but(hidden=hidden, keep_prob=keep)))
    assert (seen is not None) is is_seen


# --- not learning and underfitting ----------------------------------------------------------------


def test_faint_gradients_are_told_and_rectified_units_offered():
    flat = ended(cost=LN2)
    seen = NOT_LEARNING.look(with_gradients(flat, 0.9e-3, 1.0))
    assert "gradients of W[1] are 0.000900 a weight, those of W[2] 1." in seen.sentence
    assert seen.changes[0]["activation"] == "relu"
    seen = NOT_LEARNING.look(with_gradients(ended(cost=LN2), 1.1e-3, 1.0))
    assert "gradients" not in seen.sentence
    assert seen.changes[0]["optimizer"] == "adam"


def test_a_line_and_a_network_above_chance_are_said_to_learn():
    assert NOT_LEARNING.look(ended(cost=0.9 * LN2)) is None
    assert NOT_LEARNING.look(ended(XOR.but(hidden=()), cost=LN2)) is None
    assert NOT_LEARNING.look(ended(XOR.but(learning_rate=0.0), cost=LN2)) is None
    assert is_linear(XOR.but(activation="linear"))
    assert not is_linear(XOR)


def test_bias_is_told_beside_the_best_there_is():
    seen = UNDERFITTING.look(ended(cost=0.4, accuracy=0.75))
    assert seen.sentence == (
        "The 2-3-1 network gets 25.0 % of its own training samples wrong, and its cost has come to "
        "rest at 0.400."
    )
    assert seen.changes[0] == {"hidden": (12,)}
    spirals = XOR.but(dataset="spirals", noise=0.2, samples=2000)
    assert "the best possible is 39.0 %" in UNDERFITTING.look(ended(spirals, accuracy=0.5)).sentence
    assert UNDERFITTING.look(ended(spirals, accuracy=0.58)) is None
    line = UNDERFITTING.look(ended(XOR.but(hidden=()), accuracy=0.75))
    assert line.changes[0] == {"hidden": (8,)}


def test_of_a_table_the_bigger_network_comes_first_elsewhere_the_better_optimiser_with_it():
    table = UNDERFITTING.look(ended(cost=0.4, accuracy=0.75)).changes
    assert [sorted(change) for change in table][:2] == [
        ["hidden"],
        ["hidden", "learning_rate", "optimizer"],
    ]
    clouds = UNDERFITTING.look(ended(XOR.but(dataset="moons", noise=0.0), accuracy=0.5)).changes
    assert [sorted(change) for change in clouds][:2] == [
        ["hidden", "learning_rate", "optimizer"],
        ["hidden"],
    ]


def test_a_point_in_a_hundred_more_than_the_most_common_class_is_no_better():
    at = SimpleNamespace(is_near_chance=True, chance_accuracy=0.5, cost=0.7, chance_cost=0.69)
    at.train = SimpleNamespace(error=0.49)
    assert at_chance(at).startswith("It does no better")
    at.train.error = 0.48
    assert at_chance(at).startswith("52.0 % of the training samples are right, but at a cost")


def test_contradicting_points_among_others_that_can_be_learned_are_told():
    points = (*XOR.points, (0.0, 0.0, 1))  # nobody gets less than a fifth wrong
    seen = IMPOSSIBLE.look(ended(XOR.but(dataset="own", points=points), cost=0.4, accuracy=0.8))
    assert seen.sentence.startswith("Nobody can get less than 20.0 % wrong here")
