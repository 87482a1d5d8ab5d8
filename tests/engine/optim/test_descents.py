import numpy as np
import pytest

from engine.optim.descents import FAR, Descents, best_rates, descend, steps_until
from engine.optim.landscapes import LANDSCAPES, LOWEST, bowl
from engine.optim.optimizers import OPTIMIZERS

NAMES = list(OPTIMIZERS)
RATES = np.array([0.001, 0.01, 0.1])
VIEW = bowl().view


def last(steps):
    *_, end = steps
    return end


def descents(landscape, steps=30, names=NAMES, rates=RATES, start=None, **knobs):
    at = np.array(start or landscape.start)
    return last(
        descend(landscape, at, names, np.tile(rates, (len(names), 1)), steps, reach=8.0, **knobs)
    )


def test_gradient_descent_on_a_bowl_shrinks_each_axis_by_a_factor():
    found = descents(bowl(10), names=["gradient_descent"], rates=np.array([0.05, 0.15]))
    t = np.arange(31)
    for k, rate in enumerate((0.05, 0.15)):
        (x, y), (x_0, y_0) = bowl(10).start, LOWEST
        away = [(x - x_0) * (1 - rate) ** t, (y - y_0) * (1 - 10 * rate) ** t]
        expected = LOWEST + np.stack(away, axis=1)
        assert found.paths[0, k] == pytest.approx(expected)
    assert found.costs == pytest.approx(bowl(10).cost(found.paths))


@pytest.mark.parametrize("name", NAMES)
def test_each_goes_as_it_would_alone(name):
    landscape = LANDSCAPES["rosenbrock"]
    together = descents(landscape, beta1=0.8, beta2=0.95, weight_decay=0.3)
    k = NAMES.index(name)
    for r, rate in enumerate(RATES):
        w = np.array(landscape.start)
        optimizer = OPTIMIZERS[name](float(rate), beta1=0.8, beta2=0.95, weight_decay=0.3)
        state = optimizer.init(w)
        for t in range(1, 31):
            w = w - optimizer.update(landscape.gradient(w), state, t, w)
            if together.left[k, r] == t:
                break
            assert together.paths[k, r, t] == pytest.approx(w, rel=1e-12)


def test_it_can_be_watched_step_by_step():
    landscape = LANDSCAPES["bowl"]
    rates = np.full((1, 1), 0.01)
    steps = descend(landscape, np.array([1.0, 1.0]), ["momentum"], rates, 5, reach=8.0)
    assert [each.paths.shape[2] for each in steps] == [2, 3, 4, 5, 6]


def test_who_leaves_stays_where_it_was_and_the_others_go_on():
    found = descents(bowl(10), 400, ["gradient_descent"], np.array([0.05, 0.5]))
    assert found.left[0, 0] == -1
    gone = found.left[0, 1]
    assert 0 < gone < 400
    assert np.abs(found.paths - bowl(10).start).max() <= FAR * 8.0
    assert np.isfinite(found.costs).all()
    assert (found.paths[0, 1, gone:] == found.paths[0, 1, gone - 1]).all()
    assert (found.costs[0, 1, gone:] == found.costs[0, 1, gone - 1]).all()


@pytest.mark.parametrize("name", LANDSCAPES)
def test_no_rate_and_no_start_is_too_much(name):
    landscape = LANDSCAPES[name]
    for start in (landscape.start, landscape.view[1::2], landscape.minima[0]):
        found = descents(landscape, 40, rates=10.0 ** np.arange(-4, 4), start=start)
        assert np.isfinite(found.paths).all()
        assert np.isfinite(found.costs).all()


def test_steps_until_counts_to_where_it_stays():
    path = np.array([[3.0, 0], [0.5, 0], [3, 0], [0.9, 0], [0.2, 0]])
    minima = np.array([[0.0, 0], [9.0, 9.0]])
    assert steps_until(path, minima, 1.0) == 3
    assert steps_until(path[:3], minima, 1.0) == -1
    assert steps_until(path[3:], minima, 1.0) == 0
    assert steps_until(np.array([[5.0, 5.0], [9.0, 8.5]]), minima, 1.0) == 1
    assert steps_until(path, np.empty((0, 2)), 1.0) == -1
    both = np.stack([path, np.full((5, 2), 9.0)])
    assert steps_until(both, minima, 1.0).tolist() == [3, 0]


def test_the_best_rate_is_the_first_there_then_the_lowest_then_none_that_left():
    landscape = bowl(10)
    minima = np.array(landscape.minima)
    rates = np.array([0.0001, 0.05, 0.1, 0.19, 0.5])
    found = descents(landscape, 80, ["gradient_descent"], rates)
    there = steps_until(found.paths[0], minima, 0.24)
    assert there[0] == -1
    assert there[3] == min(there[there >= 0]) < there[2]
    assert best_rates(found, minima, 0.24, VIEW).tolist() == [3]
    slow = descents(landscape, 80, ["gradient_descent"], np.array([0.0001, 0.0002, 0.5]))
    assert best_rates(slow, minima, 0.24, VIEW).tolist() == [1]
    lost = descents(landscape, 400, ["gradient_descent"], np.array([0.5, 0.0]))
    assert best_rates(lost, minima, 0.24, VIEW).tolist() == [1]


def test_a_rate_that_stays_in_view_comes_before_one_that_is_faster_by_a_detour():
    landscape = bowl(10)
    minima, rates = np.array(landscape.minima), np.array([0.01, 0.1, 2.0])
    found = descents(landscape, 200, ["adam"], rates)
    there = steps_until(found.paths[0], minima, 0.24)
    wide, narrow = (-99.0, 99.0, -99.0, 99.0), (-2.5, 2.0, -1.0, 2.1)
    assert best_rates(found, minima, 0.24, wide).tolist() == [
        np.where(there < 0, 999, there).argmin()
    ]
    inside = [bool(((path >= [-2.5, -1]) & (path <= [2, 2.1])).all()) for path in found.paths[0]]
    assert 0 < sum(inside) < 3
    assert inside[best_rates(found, minima, 0.24, narrow)[0]]


def test_of_those_who_never_arrive_the_lowest_at_the_very_end_is_best():
    paths = np.full((1, 2, 3, 2), 2.0)
    costs = np.array([[[5.0, 1.0, 3.0], [5.0, 4.0, 2.0]]])
    found = Descents(paths, costs, np.full((1, 2), -1))
    assert best_rates(found, np.array([[1.0, 0.5]]), 0.1, VIEW).tolist() == [1]


@pytest.mark.parametrize("away", [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
def test_a_way_beyond_any_side_of_the_view_comes_last(away):
    x0, x1, y0, y1 = VIEW
    minimum = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    outside = minimum + np.array(away) * [(x1 - x0), (y1 - y0)]
    inside = minimum + np.array(away)
    fast, slow = [outside, minimum, minimum, minimum], [inside, inside, inside, minimum]
    found = Descents(np.array([[fast, slow]]), np.zeros((1, 2, 4)), np.full((1, 2), -1))
    assert best_rates(found, minimum[None], 0.1, VIEW).tolist() == [1]
    both = Descents(np.array([[fast, fast]]), np.zeros((1, 2, 4)), np.full((1, 2), -1))
    assert best_rates(both, minimum[None], 0.1, VIEW).tolist() == [0]
