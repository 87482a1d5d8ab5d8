import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.inspection.depth import Profile, View, linear
from engine.training.run import run
from pages._vanishing import sentences

DOUBLE, SINGLE = np.dtype(np.float64), np.dtype(np.float32)
PLAIN = Experiment(dataset="circles", hidden=(4, 4), activation="tanh", initializer="xavier")


def profile(gradient, activation=None, passed=None):
    ones = np.ones(len(gradient))
    return Profile(
        ones if activation is None else np.array(activation),
        ones if passed is None else np.array(passed),
        np.array(gradient),
    )


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([1], "layer 1"),
        ([1, 2], "layers 1 and 2"),
        ([1, 2, 3], "layers 1 to 3"),
        ([1, 3], "layers 1 and 3"),
        ([1, 2, 3, 7, 9, 10, 11], "layers 1 to 3, 7 and 9 to 11"),
    ],
)
def test_layers_are_named_with_their_stretches_drawn_together(chosen, text):
    assert sentences.layers(chosen) == text


def test_where_a_gradient_vanishes_is_named_with_its_size():
    text = sentences.gradients(profile([3e-9, 2e-10, 1e-3, 0.1]), PLAIN, DOUBLE)
    assert "vanishes in layers 1 and 2" in text
    assert "layer 2's is 2.0 × 10⁻⁹ of the last layer's" in text


def test_where_a_gradient_explodes_is_named_with_its_size():
    text = sentences.gradients(profile([20.0, 3e7, 1.0]), PLAIN, DOUBLE)
    assert "explodes in layers 1 and 2: layer 2's is 3.0 × 10⁷ per weight" in text


def test_a_sound_network_is_said_to_be_sound():
    text = sentences.gradients(profile([0.02, 0.5, 0.1]), PLAIN, DOUBLE)
    assert text == (
        "No layer's gradient vanishes or explodes: they are from 0.0200 per weight (layer 1) to "
        "0.500 (layer 2)."
    )
    assert "neither" in sentences.gradients(profile([0.02]), PLAIN, DOUBLE)


def test_a_gradient_that_is_lost_in_the_last_layer_too_is_said_to_be_and_why():
    faint = sentences.gradients(profile([1e-20, 2e-20], [1e-20, 0.5], [1e-20, 0.5]), PLAIN, DOUBLE)
    assert "vanishes in layers 1 and 2. Even" in faint
    assert "the last layer's is only 2.0 × 10⁻²⁰ per weight, though the error at" in faint
    assert "output is 0.500: its inputs have shrunk to 10⁻²⁰." in faint
    settled = sentences.gradients(profile([1e-30, 2e-20], [0.5, 0.5], [1e-20, 0.5]), PLAIN, DOUBLE)
    assert "layer 1's is 5.0 × 10⁻¹¹ of the last layer's. Even" in settled
    assert "the errors of the samples cancel out" in settled


def test_a_network_that_has_learned_is_not_said_to_vanish():
    text = sentences.gradients(profile([1e-9, 3e-9], passed=[1e-6, 1e-6]), PLAIN, DOUBLE)
    assert "No layer's gradient vanishes" in text


@pytest.mark.parametrize(
    ("seen", "knobs", "dtype", "reason"),
    [
        (profile([np.inf, 1.0]), {}, SINGLE, "above 3.4 × 10³⁸"),
        (profile([np.inf, 1.0]), {}, DOUBLE, "above 1.8 × 10³⁰⁸"),
        (profile([0.0, 0.0, 0.0], [0.0, 0.0, 1.0]), {}, DOUBLE, "of layers 1 and 2 are exactly 0"),
        (profile([0.0, 1.0]), {"initializer": "zeros"}, DOUBLE, "Weights of 0"),
        (profile([0.0, 1.0], passed=[0.0, 1e-305]), {}, DOUBLE, "between 0 and 5.0 × 10⁻³²⁴"),
        (profile([0.0, 1.0], passed=[0.0, 1e-43]), {}, SINGLE, "between 0 and 1.4 × 10⁻⁴⁵"),
        (profile([0.0, 1.0], passed=[0.0, 1.0]), {}, DOUBLE, "saturated"),
        (profile([0.0, 1.0], passed=[0.0, 1.0]), {"activation": "relu"}, DOUBLE, "z ≤ 0"),
        (
            profile([0.0, 1.0], passed=[0.0, 1.0]),
            {"hidden": (3, 3), "activation": ("tanh", "sigmoid")},
            DOUBLE,
            "saturated",
        ),
        (
            profile([0.0, 1.0], passed=[0.0, 1.0]),
            {"hidden": (3, 3), "activation": ("tanh", "relu")},
            DOUBLE,
            "is 0, or rounds to it",
        ),
    ],
)
def test_why_numbers_are_lost_is_explained(seen, knobs, dtype, reason):
    assert reason in sentences.gradients(seen, PLAIN.but(**knobs), dtype)


@pytest.mark.parametrize(
    ("activation", "text"),
    [
        ([0.4], "no hidden layer"),
        ([0.4, 0.5], "activations are 0.400"),
        ([0.8, 0.4, 0.2, 0.5], "0.800 in layer 1, 0.200 in layer 3; there 0.100 from ½"),
        ([1.0, np.inf, np.nan, 1.0], "overflow from layer 2 on"),
        ([0.5, 0.0, 0.0], "0.500 in layer 1, 0 in layer 2; there 0 from"),
    ],
)
def test_activations_are_followed_through_the_hidden_layers(activation, text):
    sizes = np.array(activation)
    assert text in sentences.activations(sizes, np.stack([sizes / 2, 2 * sizes]))


def test_gradients_are_told_from_the_last_layer_to_the_first():
    start, now = np.array([0.01, 0.5]), np.array([0.02, 0.1])
    scaled = np.array([[0.001, 0.5], [0.3, 0.5]])
    assert sentences.scale(start, now, scaled, "passed") == (
        "The gradient passed back before training: 0.500 in layer 2, 0.0100 in layer 1; there "
        "0.00100 from ½ W, 0.300 from 2 W, and 0.0200 now."
    )
    assert "of the weights (root mean square): 0.0100" in sentences.scale(
        *[start[:1]] * 3, "gradient"
    )


@pytest.mark.parametrize(
    ("gradient", "text"),
    [
        ([1e-9, 0.5], "2.0 × 10⁻⁹"),
        ([0.0, 0.5], "0"),
        ([0.0, 0.0], "0 of 0"),
        ([np.inf, 1.0], "overflow"),
    ],
)
def test_layer_one_is_compared_with_the_last(gradient, text):
    assert sentences.share(np.array(gradient)) == text


def test_a_run_that_left_the_finite_numbers_is_explained():
    wild = PLAIN.but(activation="relu", initializer="large", hidden=(64,) * 20, learning_rate=1000)
    text = sentences.diverged(run(wild.but(epochs=5)), DOUBLE)
    assert text.startswith(
        "In epoch 1 the numbers became larger than float64 can hold (1.8 × 10³⁰⁸"
    )
    assert sentences.diverged(run(PLAIN.but(epochs=1)), DOUBLE) == ""


def test_a_start_that_overflows_is_explained():
    wild = PLAIN.but(dataset="mnist", activation="relu", initializer="large", hidden=(64,) * 50)
    outcome = run(wild.but(samples=100, epochs=2))
    assert "before the first step" in sentences.diverged(outcome, SINGLE)
    assert sentences.reached(outcome) == ""
    assert len(View.of(outcome.experiment).profiles(outcome.snapshots.thetas).gradient) == 1


def test_what_is_reached_is_said_with_its_numbers():
    outcome = run(PLAIN.but(epochs=2))
    right = outcome.history["train_accuracy"][-1]
    assert f"{100 * right:.1f} % of the training samples" in sentences.reached(outcome)


@pytest.mark.parametrize(
    ("w", "depth", "words"),
    [
        (0.9, 50, ["shrinks", "vanishes", "0.00515", "0.00573"]),
        (1.1, 50, ["grows", "explodes", "117", "107"]),
        (1.0, 50, ["still 1", "nothing grows"]),
        (0.5, 100, ["7.9 × 10⁻³¹", "1.6 × 10⁻³⁰"]),
    ],
)
def test_the_thought_experiment_is_told_with_its_numbers(w, depth, words):
    text = sentences.thought(w, depth, linear(w, depth))
    assert [word for word in words if word not in text] == []


def test_a_map_says_its_ends_and_what_its_signs_mean():
    assert "from 10⁻⁹ to 0.500" in sentences.of_map(np.array([[1e-9, 0.5]]))
    lost = sentences.of_map(np.array([[0.0, np.inf]]))
    assert "exactly 0" in lost
    assert "overflowed" in lost
