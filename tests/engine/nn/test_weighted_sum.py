import numpy as np
import pytest

from engine.nn.weighted_sum import deviation_of_sum, one_input, sums


@pytest.mark.parametrize("n", [1, 2, 10, 1000])
@pytest.mark.parametrize("mean_square", [1.0, 0.5])
def test_the_inputs_have_the_mean_square_that_is_asked_for(rng, n, mean_square):
    assert np.mean(one_input(rng, n, mean_square) ** 2) == pytest.approx(mean_square, rel=1e-12)


def test_a_sum_is_what_one_would_add_up_by_hand():
    x = np.array([2.0, -1.0])
    w = np.random.default_rng(5).standard_normal((3, 2))
    found = sums(np.random.default_rng(5), x, 0.5, units=3)
    np.testing.assert_allclose(found, [0.5 * (2 * w1 - w2) for w1, w2 in w])


@pytest.mark.parametrize("n", [1, 3, 30, 300])
@pytest.mark.parametrize(("deviation", "mean_square"), [(1.0, 1.0), (0.1, 0.5)])
def test_sums_are_normal_with_the_deviation_of_theory(rng, n, deviation, mean_square):
    units = 40_000
    z = sums(rng, one_input(rng, n, mean_square), deviation, units)
    expected = deviation_of_sum(n, deviation, mean_square)
    # The deviation of a sample deviation is sigma / sqrt(2 units) = 0.35 %: four of these.
    assert z.std() == pytest.approx(expected, rel=0.015)
    inside = np.mean(np.abs(z) < expected)
    assert inside == pytest.approx(0.6827, abs=0.01)  # of a normal distribution


@pytest.mark.parametrize("n", [1, 7, 100, 1000])
def test_with_variance_1_over_n_every_sum_has_deviation_1(n):
    assert deviation_of_sum(n, n**-0.5) == pytest.approx(1)
    assert deviation_of_sum(n, (2 / n) ** 0.5, mean_square=0.5) == pytest.approx(1)
