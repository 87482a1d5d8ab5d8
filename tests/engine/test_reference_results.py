"""Numbers that others have published or measured, which this engine has to reach as well."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.nn.network import Network
from engine.training.run import run
from engine.training.sweep import sweep

# 784-64-10 on all 60,000 digits in batches of 64, judged on the 10,000 test digits.
DIGITS = Experiment(
    dataset="mnist", samples=0, dev_fraction=0.0, hidden=(64,), activation="relu",
    initializer="he", learning_rate=0.1, batch_size=64, epochs=5,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_five_epochs_of_gradient_descent_read_96_percent_of_the_test_digits(seed):
    accuracy = run(DIGITS.but(seed=seed)).history["test_accuracy"]
    assert 0.958 <= accuracy[5] <= 0.970
    # On the way: .927 to .935, .944 to .949 and .956 to .959, give or take half a point.
    assert 0.920 <= accuracy[1] <= 0.938
    assert 0.940 <= accuracy[2] <= 0.954
    assert 0.946 <= accuracy[3] <= 0.964


@pytest.mark.parametrize(
    ("low", "knobs", "high"),
    [
        (0.956, {"optimizer": "momentum"}, 0.973),  # measured .964, .966
        (0.964, {"optimizer": "rmsprop", "beta2": 0.9, "learning_rate": 0.001}, 0.978),  # .970 .972
        (0.964, {"optimizer": "adam", "learning_rate": 0.001}, 0.978),  # .970, .971
        (0.956, {"initializer": "xavier"}, 0.972),  # .963, .966
        (0.86, {"initializer": "large"}, 0.91),  # .877, .891
        (0.952, {"activation": "tanh", "initializer": "xavier"}, 0.968),  # .960, .960
        (0.925, {"activation": "sigmoid", "initializer": "xavier"}, 0.939),  # .932, .932
        (0.965, {"standardize": True}, 0.979),  # .971, .973
        (0.956, {"keep_prob": 0.8}, 0.974),  # .962, .968
        (0.956, {"l2": 0.7}, 0.973),  # .964, .967
    ],
    ids=str,
)
def test_one_knob_turned(low, knobs, high):
    assert low <= run(DIGITS.but(**knobs)).history["test_accuracy"][-1] <= high


def test_relu_from_zeros_learns_how_often_each_digit_occurs_and_nothing_else():
    outcome = run(DIGITS.but(initializer="zeros", epochs=1))
    # The commonest digit is 1: 1,135 of the 10,000.
    assert outcome.history["test_accuracy"][-1] == 0.1135
    first, second = Network((784, 64, 10)).layout.layers(outcome.theta)
    assert not first.W.any()
    assert not first.b.any()
    assert not second.W.any()
    assert second.b.any()


def test_sigmoid_from_zeros_learns_one_and_the_same_feature_64_times():
    outcome = run(DIGITS.but(initializer="zeros", activation="sigmoid"))
    first, second = Network((784, 64, 10)).layout.layers(outcome.theta)
    assert np.ptp(first.W, axis=0).max() == 0
    assert np.ptp(second.W, axis=1).max() == 0
    assert first.W.any()
    # Not chance, but far from the 93 % of a random start. The 70 % that have been reported are
    # those of units which float32 has rounded apart; see engine/experiment/symmetry.py.
    assert 0.25 <= outcome.history["test_accuracy"][-1] <= 0.45


def test_sigmoid_from_nearly_zero_learns_like_from_a_random_start():
    outcome = run(DIGITS.but(initializer="zeros", activation="sigmoid", init_noise=1e-6))
    assert 0.90 <= outcome.history["test_accuracy"][-1] <= 0.935  # measured .919, .920


def is_solved(outcome):
    return outcome.history["train_accuracy"][-1] == 1 and outcome.history["train_cost"][-1] < 0.1


def test_three_hidden_units_solve_xor_from_nearly_every_start():
    runs = sweep([Experiment(seed=seed) for seed in range(32)])
    assert sum(map(is_solved, runs)) >= 30


def test_a_perceptron_never_solves_xor():
    # At its best it guesses one half everywhere: a cost of log 2.
    for outcome in sweep([Experiment(seed=seed, hidden=()) for seed in range(32)]):
        assert (outcome.history["train_accuracy"] < 1).all()
        assert outcome.history["train_cost"][-1] == pytest.approx(np.log(2), abs=1e-3)


# 20,000 digits, 64 units a layer, three epochs: what He et al. (2015) saw at 30 layers.
@pytest.mark.parametrize(("initializer", "low", "high"), [("he", 0.80, 0.90), ("xavier", 0, 0.13)])
def test_thirty_relu_layers_learn_from_he_and_stall_from_xavier(initializer, low, high):
    outcome = run(
        DIGITS.but(
            samples=20_000,
            hidden=(64,) * 30,
            initializer=initializer,
            learning_rate=0.01,
            epochs=3,
        )
    )
    assert low <= outcome.history["test_accuracy"][-1] <= high
