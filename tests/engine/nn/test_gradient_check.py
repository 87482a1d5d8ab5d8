"""The checker itself: right gradients pass, wrong ones do not, and the ratio is the notes'."""

import numpy as np
import pytest

from engine.nn import gradient_check as module
from engine.nn.gradient_check import (
    central_differences,
    crossings,
    gradient_check,
    numerical_gradient,
    relative_difference,
)


def cubes(theta):
    return (theta**3).sum()


def test_central_differences_by_hand():
    # ((1 + e)^3 - (1 - e)^3) / (2 e) = 3 + e^2, and for -2: 12 + e^2.
    numeric = numerical_gradient(cubes, np.array([1.0, -2.0]), 0.1)
    np.testing.assert_allclose(numeric, [3.01, 12.01], rtol=1e-12)


def test_the_ratio_by_hand():
    # f = 3 x, so d_approx = 3; with d = 5 the ratio is |3 - 5| / (3 + 5).
    check = gradient_check(lambda theta: 3 * theta[0], np.array([5.0]), np.array([1.0]))
    assert check.ratio == pytest.approx(0.25, abs=1e-8)
    np.testing.assert_allclose(check.numeric, [3], rtol=1e-8)


def test_the_ratio_uses_lengths_of_vectors():
    # d_approx = (3, 0) and d = (3, 4): ||(0, 4)|| / (3 + 5) = 1/2.
    check = gradient_check(lambda theta: 3 * theta[0], np.array([3.0, 4.0]), np.zeros(2))
    assert check.ratio == pytest.approx(0.5, rel=1e-8)
    # d_approx = (3, 4) and d = (6, 8): ||(3, 4)|| / (5 + 10) = 1/3.
    check = gradient_check(lambda t: 3 * t[0] + 4 * t[1], np.array([6.0, 8.0]), np.zeros(2))
    assert check.ratio == pytest.approx(1 / 3, rel=1e-8)


def test_a_right_gradient_passes_at_the_notes_epsilon(rng):
    theta = rng.normal(size=20)
    assert gradient_check(cubes, 3 * theta**2, theta).ratio < 1e-7


@pytest.mark.parametrize(
    "spoil",
    [lambda d: -d, lambda d: 2 * d, lambda d: d + 0.1, lambda d: d * (np.arange(20) > 0)],
    ids=["sign", "factor", "offset", "one entry missing"],
)
def test_a_wrong_gradient_does_not_pass(rng, spoil):
    theta = rng.uniform(0.5, 1, 20)
    assert gradient_check(cubes, spoil(3 * theta**2), theta).ratio > 1e-3


def test_two_zero_gradients_agree():
    assert gradient_check(lambda theta: np.float64(1), np.zeros(3), np.ones(3)).ratio == 0


def test_a_large_theta_is_moved_by_the_step_that_rounding_left():
    # 1e8 + 1e-7 rounds to the nearest multiple of 1.5e-8, an error of up to 7 %.
    numeric = numerical_gradient(lambda theta: 2 * theta[0], np.array([1e8]), 1e-7)
    assert numeric[0] == pytest.approx(2, rel=1e-12)


def test_theta_is_left_alone():
    theta = np.array([1.0, 2.0])
    gradient_check(cubes, 3 * theta**2, theta)
    assert theta.tolist() == [1, 2]


# --- some parameters only -------------------------------------------------------------------------


def each_cube(thetas):
    return (thetas**3).sum(axis=-1)


def test_chosen_differences_by_hand():
    theta = np.array([1.0, 5.0, -2.0])
    numeric = central_differences(each_cube, theta, 0.1, np.array([2, 0]))
    np.testing.assert_allclose(numeric, [12.01, 3.01], rtol=1e-12)


def test_the_ratio_of_chosen_parameters_looks_at_these_alone():
    theta = np.array([1.0, 5.0, -2.0])
    gradient = np.array([3.0, 999.0, 12.0])
    check = gradient_check(cubes, gradient, theta, 1e-5, np.array([0, 2]))
    assert check.numeric.shape == (2,)
    assert check.ratio < 1e-9
    assert gradient_check(cubes, gradient, theta, 1e-5, np.array([1])).ratio > 0.5


@pytest.mark.parametrize("bytes_at_once", [1, 8 * 7 * 2 * 3, 2**22])
def test_however_many_are_taken_at_once_the_differences_are_the_same(
    rng, monkeypatch, bytes_at_once
):
    monkeypatch.setattr(module, "_BYTES", bytes_at_once)
    theta, chosen = rng.normal(size=7), np.array([6, 0, 3, 4, 2])
    together = central_differences(each_cube, theta, 1e-3, chosen)
    alone = [central_differences(each_cube, theta, 1e-3, chosen[k : k + 1])[0] for k in range(5)]
    np.testing.assert_array_equal(together, alone)


def test_only_so_many_are_taken_at_once_as_stay_in_the_cache(monkeypatch):
    monkeypatch.setattr(module, "_BYTES", 8 * 7 * 2 * 3)  # three thetas of 7, up and down
    taken = []

    def noted(thetas):
        taken.append(thetas.shape)
        return each_cube(thetas)

    central_differences(noted, np.ones(7), 0.1, np.arange(7))
    assert taken == [(2, 3, 7), (2, 3, 7), (2, 1, 7)]


def test_no_parameter_at_all_gives_no_difference():
    assert central_differences(each_cube, np.ones(3), 0.1, np.array([], int)).shape == (0,)


@pytest.mark.parametrize("bytes_at_once", [1, 2**22])
def test_a_kink_between_the_two_ends_is_noticed(monkeypatch, bytes_at_once):
    monkeypatch.setattr(module, "_BYTES", bytes_at_once)
    theta = np.array([0.05, -0.05, 0.0, 3.0])
    for epsilon, crossed in [(0.1, [1, 1, 1, 0]), (0.01, [0, 0, 1, 0])]:
        found = crossings(lambda t: [t > 0, np.ones((*t.shape[:-1], 2, 5), bool)], theta, epsilon,
                          np.arange(4))  # fmt: skip
        assert found.tolist() == crossed


def test_the_ratio_is_zero_for_equals_and_one_for_opposites():
    vector = np.array([3.0, -4.0])
    assert relative_difference(vector, vector) == 0
    assert relative_difference(vector, -vector) == 1
    assert relative_difference(np.zeros(2), np.zeros(2)) == 0
