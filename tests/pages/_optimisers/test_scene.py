"""What is raced on: landscapes as they are, slices through the run of the knobs."""

import numpy as np
import pytest

from engine.experiment.problem import load
from engine.inspection.loss_plane import Slice
from engine.nn.parameters import Layout
from engine.optim.landscapes import LANDSCAPES
from engine.training.run import run
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.scene import SIDE, along, parameter, scene, widened
from pages._optimisers.settings import GROUNDS, SLICES

EXPERIMENT = OPTIMISERS.defaults.but(hidden=(4,), epochs=50, samples=100)


@pytest.fixture(scope="module", params=GROUNDS)
def ground(request):
    return request.param, scene(EXPERIMENT, request.param, 30, 15)


def test_both_axes_have_one_scale_and_start_and_minima_are_in_view(ground):
    _, found = ground
    x0, x1, y0, y1 = found.view
    assert (x1 - x0) / (y1 - y0) == pytest.approx(4 / 3)
    for x, y in (found.start, *found.minima):
        assert x0 <= x <= x1
        assert y0 <= y <= y1


def test_the_grid_is_the_surface_row_by_row_from_below(ground):
    _, found = ground
    x0, x1, y0, y1 = found.view
    assert found.grid.shape == (SIDE, SIDE)
    for row, column in ((0, 0), (0, SIDE - 1), (SIDE - 1, 3)):
        place = np.array([x0 + (x1 - x0) * column / (SIDE - 1), y0 + (y1 - y0) * row / (SIDE - 1)])
        assert found.grid[row, column] == pytest.approx(float(found.surface.cost(place)))
    assert (np.diff(found.levels) > 0).all()
    assert found.grid.min() <= found.levels[0] < found.levels[-1] <= found.grid.max()


def test_nothing_in_view_is_lower_than_its_minimum(ground):
    name, found = ground
    if name == "path" and not len(found.minima):  # so few epochs have not come to it
        found = scene(OPTIMISERS.defaults, name, 30, 15)
    lowest = found.surface.cost(found.minima)
    assert found.least == pytest.approx(float(lowest.min()), abs=1e-12)
    assert found.grid.min() >= found.least - 1e-12
    slope = np.linalg.norm(found.surface.gradient(found.minima), axis=1)
    there = np.linalg.norm(found.surface.gradient(found.start))
    assert (slope < 0.05 * there + 1e-3).all()


def test_it_is_made_once_and_shared(ground):
    name, found = ground
    assert scene(EXPERIMENT, name, 30, 15) is found


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_is_one_of_the_runs_own_cost_with_its_penalty(name):
    found = scene(EXPERIMENT, name, 1, 0)
    surface = found.surface
    assert isinstance(surface, Slice)
    problem, done = load(EXPERIMENT), run(EXPERIMENT)
    samples = problem.train
    theta = surface.plane.thetas(found.start)
    own = problem.network(EXPERIMENT).cost(theta, samples.X, samples.Y, l2=EXPERIMENT.l2)
    assert float(surface.cost(found.start)) == pytest.approx(float(own), rel=1e-12)
    assert surface.plane.distances(done.theta) == pytest.approx(0, abs=1e-9)


def test_two_weights_are_those_that_are_said_or_those_that_moved_most():
    thetas = run(EXPERIMENT).snapshots.thetas
    size = thetas.shape[1]
    moved = np.argsort(-np.abs(thetas[-1] - thetas[0]), kind="stable").tolist()
    assert along(thetas, (0, 0)) == (moved[0], moved[1])
    assert along(thetas, (3, 8)) == (2, 7)
    assert along(thetas, (3, 3)) == (2, next(k for k in moved if k != 2))
    assert along(thetas, (moved[0] + 1, 0)) == (moved[0], moved[1])
    other = next(k for k in moved if k != size - 1)
    assert along(thetas, (size + 1, size)) == (other, size - 1)
    layout = Layout((2, 4, 1))
    found = scene(EXPERIMENT, "weights", 1, 0, (3, 8))
    assert found.axes == (parameter(layout, 2), parameter(layout, 7))
    assert len(found.entries) == size


def test_every_parameter_has_a_name_of_its_own():
    layout = Layout((2, 3, 2, 1))
    names = [parameter(layout, k) for k in range(layout.size)]
    assert len(set(names)) == layout.size
    assert names[0] == "W[1] row 1, column 1"
    assert names[-1] == "b[3] row 1"


@pytest.mark.parametrize("view", [(0, 3, 0, 3), (0, 9, 0, 3), (-2, 2, -1.5, 1.5)])
def test_a_view_is_widened_around_its_middle(view):
    x0, x1, y0, y1 = widened(view)
    assert x0 <= view[0] < view[1] <= x1
    assert y0 <= view[2] < view[3] <= y1
    assert (x0 + x1, y0 + y1) == pytest.approx((view[0] + view[1], view[2] + view[3]))
    assert (x1 - x0) / (y1 - y0) == pytest.approx(4 / 3)


def test_every_landscape_is_offered():
    assert set(GROUNDS) == {*LANDSCAPES, *SLICES}
