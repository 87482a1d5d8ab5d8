import numpy as np
import pytest

from engine.optim.landscapes import LANDSCAPES, bowl

ALL = {**LANDSCAPES, "steeper": bowl(1000), "turned": bowl(30, 30), "round": bowl(1, 45)}


@pytest.fixture(params=ALL)
def landscape(request):
    return ALL[request.param]


def points(landscape, count=20):
    x0, x1, y0, y1 = landscape.view
    return np.random.default_rng(1).uniform((x0, y0), (x1, y1), (count, 2))


def test_the_gradient_is_that_of_the_cost(landscape):
    for w in points(landscape):
        steps = 1e-6 * np.eye(2)
        central = (landscape.cost(w + steps) - landscape.cost(w - steps)) / 2e-6
        assert landscape.gradient(w) == pytest.approx(central, rel=1e-5, abs=1e-6)


def test_the_hessian_is_that_of_the_gradient(landscape):
    for w in points(landscape):
        steps = 1e-6 * np.eye(2)
        central = (landscape.gradient(w + steps) - landscape.gradient(w - steps)) / 2e-6
        assert landscape.hessian(w) == pytest.approx(central, rel=1e-5, abs=1e-5)


def test_many_points_at_once_are_as_each_by_itself(landscape):
    w = points(landscape, 6).reshape(2, 3, 2)
    assert landscape.cost(w).shape == (2, 3)
    assert landscape.gradient(w).shape == (2, 3, 2)
    assert landscape.cost(w)[1, 2] == landscape.cost(w[1, 2])
    assert landscape.gradient(w)[1, 2].tolist() == landscape.gradient(w[1, 2]).tolist()


def test_the_minima_are_flat_bent_upwards_and_nothing_in_view_is_lower(landscape):
    x0, x1, y0, y1 = landscape.view
    for minimum in np.array(landscape.minima):
        assert landscape.cost(minimum) == pytest.approx(landscape.least, abs=1e-12)
        assert landscape.gradient(minimum) == pytest.approx([0, 0], abs=1e-9)
        assert (np.linalg.eigvalsh(landscape.hessian(minimum)) > 0).all()
        assert x0 < minimum[0] < x1
        assert y0 < minimum[1] < y1
    grid = np.stack(np.meshgrid(np.linspace(x0, x1, 200), np.linspace(y0, y1, 200)), axis=-1)
    assert landscape.cost(grid).min() >= landscape.least


def test_the_start_is_in_view_and_not_a_minimum(landscape):
    x0, x1, y0, y1 = landscape.view
    assert x0 < landscape.start[0] < x1
    assert y0 < landscape.start[1] < y1
    assert np.linalg.norm(landscape.gradient(np.array(landscape.start))) > 1e-3


def test_far_away_they_overflow_in_silence(landscape):
    assert not abs(landscape.cost(np.array([1e200, 1e200]))) < 1
    landscape.gradient(np.array([1e200, -1e200]))


@pytest.mark.parametrize(
    ("name", "w", "cost"),
    [
        ("bowl", (3.0, 1.5), (4 + 100) / 2),
        ("rosenbrock", (-1.0, 2.0), 4 + 100),
        ("beale", (0.0, 0.0), 1.5**2 + 2.25**2 + 2.625**2),
        ("himmelblau", (0.0, 0.0), 11**2 + 7**2),
        ("saddle", (2.0, 2.0), 2 - 2 + 4),
        ("plateau", (2.0, 1.5), 1 - np.exp(-1)),
    ],
)
def test_costs_worked_out_by_hand(name, w, cost):
    assert LANDSCAPES[name].cost(np.array(w)) == pytest.approx(cost)


def test_a_bowl_has_its_condition_number_however_it_is_turned():
    for degrees in (0, 20, 45, 90):
        flat, steep = np.linalg.eigvalsh(bowl(50, degrees).hessian(np.zeros(2)))
        assert (flat, steep) == pytest.approx((1, 50))
    assert bowl(9, 90).cost(np.array([2.0, 0.5])) == pytest.approx(4.5)
    assert bowl(9, 45).cost(np.array([2.0, 1.5])) == pytest.approx(1.0)
