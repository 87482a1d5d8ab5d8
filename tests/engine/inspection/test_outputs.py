"""Outputs with their losses, by hand, and every slope against central differences."""

import numpy as np
import pytest

from engine.inspection.outputs import CLASSES, OUTPUTS

Z = np.linspace(-6, 6, 25)
cases = pytest.mark.parametrize(
    ("output", "y"),
    [pytest.param(output, y, id=f"{name}-{y}") for name, output in OUTPUTS.items() for y in (0, 1)],
)


@cases
def test_slopes_are_those_of_central_differences(output, y):
    step = 1e-5
    before, here, after = (output.look(Z + aside, y) for aside in (-step, 0, step))
    np.testing.assert_allclose((after.loss - before.loss) / (2 * step), here.slope_z, atol=1e-9)
    np.testing.assert_allclose((after.a - before.a) / (2 * step), here.slope_of_a, atol=1e-9)
    rise = (after.loss - before.loss) / (after.a - before.a)
    np.testing.assert_allclose(rise, here.slope_a, rtol=1e-5)


@pytest.mark.parametrize("name", ["bce", "cce"])
@pytest.mark.parametrize("y", [0, 1])
def test_the_slope_of_a_cross_entropy_in_z_is_a_minus_y(name, y):
    seen = OUTPUTS[name].look(Z, y)
    np.testing.assert_allclose(seen.slope_z, seen.a - y, atol=1e-14)


def test_squared_error_is_flat_where_it_is_most_wrong():
    seen = OUTPUTS["squared"].look(np.array([-6.0, -1.0]), 1)
    assert abs(seen.slope_z[0]) < 0.01 < 0.1 < abs(seen.slope_z[1])
    assert seen.loss[0] > seen.loss[1]


def test_by_hand():
    z = np.array([np.log(3)])  # sigmoid 3/4
    at = OUTPUTS["bce"].look(z, 0)
    np.testing.assert_allclose(np.ravel(at), [3 / 4, np.log(4), 4, 3 / 16, 3 / 4])
    at = OUTPUTS["squared"].look(z, 0)
    np.testing.assert_allclose(np.ravel(at), [3 / 4, 9 / 32, 3 / 4, 3 / 16, 9 / 64])
    at = OUTPUTS["cce"].look(np.log([9.0]), 0)  # 9 / (9 + 9): a half, a ninth of that to each
    np.testing.assert_allclose(np.ravel(at), [1 / 2, np.log(2 * (CLASSES - 1)), 2, 1 / 4, 1 / 2])
