import dataclasses

import numpy as np
import pytest

from engine.experiment import Experiment
from engine.network import Network
from engine.problem import load
from pages._shared import digits

DIGITS = Experiment(dataset="mnist", samples=100, dev_fraction=0.0, hidden=())
NETWORK = Network((784, 10), output="softmax")


@pytest.fixture(scope="module")
def test_set():
    return load(DIGITS).test


@pytest.fixture
def theta(rng):
    return rng.normal(0, 0.05, NETWORK.layout.size).astype("f4")


def test_a_reading_is_the_digit_as_the_network_sees_it(theta, test_set):
    positions = np.array([0, 17, 9_999])
    readings = digits.read(NETWORK, theta, test_set, positions)
    expected = NETWORK.predict(theta, test_set.gather(positions).T)
    assert [reading.label for reading in readings] == list(test_set.classes(positions))
    for k, reading in enumerate(readings):
        np.testing.assert_array_equal(reading.probabilities, expected[:, k])
        assert reading.prediction == expected[:, k].argmax()
        np.testing.assert_allclose(reading.probabilities.sum(), 1, atol=1e-6)


def test_the_first_test_digits_are_the_famous_ones(theta, test_set):
    readings = digits.read(NETWORK, theta, test_set, np.arange(8))
    assert [reading.label for reading in readings] == [7, 2, 1, 0, 4, 1, 4, 9]


def test_a_picture_is_dark_ink_on_white_four_times_as_large():
    picture = np.array([[0, 255], [100, 1]], np.uint8)
    large = digits.enlarged(picture)
    assert large.dtype == np.uint8
    assert large.shape == (2 * digits.SCALE, 2 * digits.SCALE)
    # the corner of each square, then all of the first one
    np.testing.assert_array_equal(large[:: digits.SCALE, :: digits.SCALE], [[255, 0], [155, 254]])
    assert (large[: digits.SCALE, : digits.SCALE] == 255).all()


def test_the_mistakes_are_the_misread_ones_and_no_others(theta, test_set):
    found = digits.mistakes(NETWORK, theta, test_set)
    predictions = NETWORK.predict(theta, test_set.X).argmax(axis=0)
    expected = np.flatnonzero(predictions != test_set.y)
    np.testing.assert_array_equal(np.sort(found), expected)
    assert 5_000 < len(found) < 10_000  # the network has learned nothing


def test_the_surest_mistakes_come_first(theta, test_set):
    found = digits.mistakes(NETWORK, theta, test_set)
    confidence = NETWORK.predict(theta, test_set.gather(found).T).max(axis=0)
    assert (np.diff(confidence) <= 1e-6).all()  # blocks of another size round differently
    assert confidence[0] > confidence[-1]


def test_equally_sure_mistakes_stay_in_the_order_of_the_digits(test_set):
    # all weights zero: ten equal probabilities, argmax says 0, so every digit but 0 is misread
    found = digits.mistakes(NETWORK, np.zeros(NETWORK.layout.size, "f4"), test_set)
    np.testing.assert_array_equal(found, np.flatnonzero(test_set.y != 0))


def test_a_network_without_mistakes_has_none(test_set):
    # the bias alone answers 3, asked about threes only
    theta = np.zeros(NETWORK.layout.size, "f4")
    NETWORK.layout.layers(theta)[0].b[3] = 10.0
    threes = dataclasses.replace(test_set, index=np.flatnonzero(test_set.labels == 3))
    assert len(digits.mistakes(NETWORK, theta, threes)) == 0
    assert digits.read(NETWORK, theta, threes, np.array([], int)) == []
