"""Softmax taken apart, against numbers worked out by hand and against central differences."""

import numpy as np
import pytest

from engine.inspection.softmax import OVERFLOWS, as_written, collapse, jacobian, probabilities

TEMPERATURES = (0.5, 1.0, 3.0)


@pytest.fixture
def z():
    return np.random.default_rng(3).normal(0, 2, 6)


def test_by_hand():
    # z = log 1, log 2, log 3 makes 1/6, 2/6, 3/6; 1/6 * 5/6 = 5/36, -1/6 * 1/2 = -1/12.
    a = probabilities(np.log([1.0, 2.0, 3.0]))
    np.testing.assert_allclose(a, [1 / 6, 1 / 3, 1 / 2], rtol=1e-14)
    slopes = jacobian(a)
    assert slopes[0, 0] == pytest.approx(5 / 36)
    assert slopes[0, 2] == slopes[2, 0] == pytest.approx(-1 / 12)
    # Class 2: dL/da = -1 / (1/3) = -3; dL/dz_1 = -3 * -1/18 = 1/6, dL/dz_2 = -3 * 2/9 = -2/3.
    np.testing.assert_allclose(collapse(a, 1).slope, [0, -3, 0])
    np.testing.assert_allclose(collapse(a, 1).total, [1 / 6, -2 / 3, 1 / 2])


def test_temperature_by_hand():
    # z / 2 = log 1, log 3 where z = 0, 2 log 3.
    np.testing.assert_allclose(probabilities(np.array([0.0, 2 * np.log(3)]), 2.0), [0.25, 0.75])


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_the_jacobian_is_that_of_central_differences(z, temperature):
    step = 1e-6
    for j in range(len(z)):
        aside = step * np.eye(len(z))[j]
        rise = probabilities(z + aside, temperature) - probabilities(z - aside, temperature)
        column = jacobian(probabilities(z, temperature), temperature)[:, j]
        np.testing.assert_allclose(rise / (2 * step), column, atol=1e-9)


@pytest.mark.parametrize("temperature", TEMPERATURES)
@pytest.mark.parametrize("k", range(6))
def test_a_loss_comes_through_as_a_minus_y(z, temperature, k):
    a = probabilities(z, temperature)
    found = collapse(a, k, temperature)
    np.testing.assert_allclose(found.total, (a - np.eye(6)[k]) / temperature, atol=1e-14)
    np.testing.assert_allclose(found.terms.sum(axis=1), found.total)
    assert np.count_nonzero(found.terms) == 6  # of each row only the true class's term is left
    step = 1e-6
    for i in range(6):
        ends = [-np.log(probabilities(z + side * np.eye(6)[i], temperature)[k]) for side in
                (step, -step)]  # fmt: skip
        assert (ends[0] - ends[1]) / (2 * step) == pytest.approx(found.total[i], abs=1e-8)


def test_what_is_added_to_all_changes_nothing(z):
    np.testing.assert_allclose(probabilities(z + 100), probabilities(z), rtol=1e-12)
    np.testing.assert_allclose(as_written(z + 100).a, probabilities(z), rtol=1e-12)


def test_the_notes_formula_overflows_and_the_engine_does_not(z):
    top = z - z.max()
    assert np.all(np.isfinite(as_written(top + OVERFLOWS - 1e-9).powers))
    over = as_written(top + OVERFLOWS + 1e-9)
    assert over.total == np.inf
    assert np.isnan(over.a).sum() == 1
    assert np.all(np.isnan(as_written(z - 800).a))  # 0 / 0
    np.testing.assert_allclose(probabilities(z + 800), probabilities(z), rtol=1e-11)


def test_a_row_and_a_column_of_the_jacobian_sum_to_nothing(z):
    slopes = jacobian(probabilities(z))
    np.testing.assert_allclose(slopes.sum(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(slopes, slopes.T)
