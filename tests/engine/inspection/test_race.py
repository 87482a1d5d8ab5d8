import itertools

import numpy as np
import pytest

from engine.inspection.race import LONGEST_LOOP, REPEATS, lap, loop, vector
from engine.nn.network import Network


def problem(rng, n, m, size=1.0):
    X, y = rng.standard_normal((n, m)), (rng.random(m) < 0.5).astype(float)
    return size * rng.standard_normal(n), float(rng.standard_normal()), X, y


def test_loop_and_vector_agree_and_are_the_networks(rng):
    for _ in range(200):
        n, m = rng.integers(1, 6), rng.integers(1, 9)
        w, b, X, y = problem(rng, n, m, 10.0 ** rng.integers(-2, 3))
        network, theta = Network((int(n), 1), output="sigmoid"), np.append(w, b)
        gradient = network.gradient(theta, X, y[None])
        for found in (loop(w, b, X, y), vector(w, b, X, y)):
            assert pytest.approx(network.cost(theta, X, y[None]), rel=1e-12, abs=1e-15) == found.J
            assert np.append(found.dw, found.db) == pytest.approx(gradient, rel=1e-12, abs=1e-14)


def test_by_hand():
    """w = (1, -1), b = 0, x = (1, 1) and (0, 1), y = 1, 0: z = 0 and -1."""
    found = vector(np.array([1.0, -1.0]), 0.0, np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1, 0]))
    assert pytest.approx((np.log(2) + np.log1p(np.exp(-1))) / 2) == found.J
    second = 1 / (1 + np.e)
    assert found.dw == pytest.approx([-0.25, (-0.5 + second) / 2])
    assert found.db == pytest.approx((-0.5 + second) / 2)


def test_nothing_overflows(rng):
    w, b, X, y = problem(rng, 3, 5, 1e5)
    for found in (loop(w, b, X, y), vector(w, b, X, y)):
        assert np.isfinite([found.J, *found.dw, found.db]).all()


def test_a_lap_is_the_shortest_of_its_times_and_a_long_loop_is_estimated(rng):
    ticks = itertools.accumulate(itertools.chain([0], itertools.cycle([5.0, 1.0, 3.0, 1.0])))
    timed = lap(2, 10, rng, lambda: next(ticks))
    assert (timed.loop, timed.vector, timed.is_estimated) == (3.0, 3.0, False)
    assert timed.ratio == 1.0
    steady = itertools.count()
    long = lap(10, LONGEST_LOOP, rng, lambda: next(steady))
    assert long.is_estimated
    assert long.loop == pytest.approx(10)
    assert REPEATS == 3
