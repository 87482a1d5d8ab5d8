import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.symmetry import difference, distinct_units, incoming, starts_equal
from engine.nn.network import Network
from engine.nn.parameters import Layer
from engine.training.run import run


@pytest.mark.parametrize(
    ("knobs", "is_equal"),
    [
        ({"initializer": "zeros"}, True),
        ({"initializer": "constant"}, True),
        ({"initializer": "constant", "init_noise": 1e-9}, True),  # float32 would lose the noise
        ({"initializer": "he", "init_scale": 0.0}, True),
        ({"initializer": "small"}, False),
        ({"initializer": "uniform"}, False),
    ],
)
def test_units_that_start_equal_are_trained_in_double_precision_on_images_too(knobs, is_equal):
    experiment = Experiment(dataset="mnist", samples=50, **knobs)
    assert starts_equal(experiment) == is_equal
    assert load(experiment).train.dtype == (np.float64 if is_equal else np.float32)
    assert run(experiment.but(epochs=1)).theta.dtype == load(experiment).train.dtype


def test_a_unit_is_its_weights_and_its_bias():
    rows = incoming(Layer(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0], [6.0]])))
    assert rows.tolist() == [[1, 2, 5], [3, 4, 6]]


@pytest.mark.parametrize(
    ("W", "b", "count"),
    [
        ([[1.0, 2.0], [1.0, 2.0]], [[0.0], [0.0]], 1),
        ([[1.0, 2.0], [1.0, 2.0]], [[0.0], [1.0]], 2),
        ([[1.0, 2.0], [1.0, np.nextafter(2.0, 3)]], [[0.0], [0.0]], 2),  # one bit is enough
        ([[1.0]], [[0.0]], 1),
    ],
)
def test_units_are_distinct_where_any_bit_differs(W, b, count):
    assert distinct_units(Layer(np.array(W), np.array(b))) == count


def test_the_difference_is_the_widest_gap_relative_to_the_largest_weight():
    # by hand: gaps 0.5, 0 and 1 (the biases), the largest weight is 4
    layer = Layer(np.array([[1.0, -4.0], [1.5, -4.0]]), np.array([[0.0], [1.0]]))
    assert float(difference(layer)) == 0.25
    replicas = Layer(np.stack([layer.W, layer.W * 0]), np.stack([layer.b, layer.b * 0]))
    assert difference(replicas).tolist() == [0.25, 0.0]


def test_a_layer_of_nothing_but_rounding_is_not_said_to_differ():
    W = np.array([[1e-18, 0.0], [-1e-18, 0.0]])
    assert float(difference(Layer(W, np.zeros((2, 1))))) < 1e-8


@pytest.mark.parametrize("dataset", ["xor", "circles", "moons", "spirals"])
@pytest.mark.parametrize(
    ("initializer", "activation"),
    [
        ("zeros", "sigmoid"),
        ("zeros", "tanh"),
        ("zeros", "relu"),
        ("constant", "sigmoid"),
        ("constant", "tanh"),
        ("constant", "relu"),
    ],
)
def test_units_that_start_equal_stay_equal_bit_for_bit(initializer, activation, dataset):
    # Widths that are multiples of 4: BLAS rounds what is left over of them in another way.
    experiment = Experiment(
        dataset=dataset, samples=100, hidden=(8, 4), activation=activation, epochs=300,
        initializer=initializer, learning_rate=0.3, optimizer="adam",
    )  # fmt: skip
    trained = run(experiment)
    layout = Network((2, 8, 4, 1), activation, "sigmoid").layout
    assert len(trained.snapshots.thetas) > 100
    for theta in trained.snapshots.thetas:
        assert [distinct_units(layer) for layer in layout.layers(theta)[:-1]] == [1, 1]


def test_a_tiny_noise_breaks_the_symmetry_sooner_or_later():
    experiment = Experiment(
        dataset="moons", samples=100, hidden=(8,), activation="tanh", epochs=300,
        initializer="zeros", learning_rate=1.0, init_noise=1e-6,
    )  # fmt: skip
    trained = run(experiment)
    layout = Network((2, 8, 1), "tanh", "sigmoid").layout
    differences = difference(layout.layers(trained.snapshots.thetas)[0])
    assert differences[-1] > 0.1
    assert len(np.unique(layout.layers(trained.theta)[0].W, axis=0)) == 8
