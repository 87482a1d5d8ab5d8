"""The features a network may be given for a point in the plane."""

import numpy as np
import pytest

from engine.data.features import FEATURES, expand
from tests.rows import expected_of

# At (0.5, -1.5).
VALUES = {
    "x1": 0.5,
    "x2": -1.5,
    "x1_squared": 0.25,
    "x2_squared": 2.25,
    "x1_x2": -0.75,
    "sin_x1": 1.0,  # sin(pi / 2)
    "sin_x2": 1.0,  # sin(-3 pi / 2)
}


@pytest.mark.parametrize("name", FEATURES)
def test_each_feature_by_hand(name):
    expected = expected_of(VALUES, name, "the value worked out by hand", "VALUES", __file__)
    assert expand(np.array([[0.5, -1.5]]), [name])[0, 0] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_maps_points_to_one_value_each(rng, name):
    points = rng.normal(size=(6, 2))
    assert FEATURES[name].function(points).shape == (6,)
    assert FEATURES[name].label
    assert FEATURES[name].latex


def test_the_sines_run_through_one_period_from_minus_one_to_one():
    x = np.linspace(-1, 1, 201)
    sine = expand(np.stack([x, 0 * x], axis=1), ["sin_x1"])[:, 0]
    assert x[sine.argmin()] == -0.5
    assert x[sine.argmax()] == 0.5
    assert (np.diff(np.sign(sine[1:-1])) != 0).sum() <= 2  # one crossing, through an exact 0


def test_columns_come_in_the_order_asked_for(rng):
    points = rng.normal(size=(9, 2))
    rows = expand(points, ["x2", "x1_x2", "x1"])
    np.testing.assert_array_equal(rows, np.stack([points[:, 1], points.prod(1), points[:, 0]], 1))


@pytest.mark.parametrize("names", [[], ["x1"], list(FEATURES)])
def test_rows_are_float64_in_c_order(rng, names):
    rows = expand(rng.normal(size=(5, 2)), names)
    assert rows.shape == (5, len(names))
    assert rows.dtype == np.float64
    assert rows.flags.c_contiguous


def test_the_points_themselves_are_copied(rng):
    points = rng.normal(size=(5, 2))
    expand(points, ["x1", "x2"])[:] = 0
    assert points.all()


def test_an_unknown_feature_is_refused_in_one_sentence():
    message = (
        "features must be among x1, x2, x1_squared, x2_squared, x1_x2, sin_x1, sin_x2, got 'x3'."
    )
    with pytest.raises(ValueError) as refusal:
        expand(np.zeros((1, 2)), ["x1", "x3"])
    assert str(refusal.value) == message
