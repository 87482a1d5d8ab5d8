"""Each activation against numbers worked out by hand, and its derivative against the function."""

import math
import re
from math import log

import numpy as np
import pytest

from engine.nn.activations import ACTIVATIONS, by_layer
from tests.rows import expected_of

# name: (z, g(z), g'(z)), both branches and the kink.
BY_HAND = {
    "linear": [(-2, -2, 1), (0, 0, 1), (3, 3, 1)],
    # 1 / (1 + e^(-log 3)) = 1 / (1 + 1/3) = 3/4, and g' = 3/4 * 1/4.
    "sigmoid": [(log(3), 0.75, 0.1875), (-log(3), 0.25, 0.1875), (0, 0.5, 0.25)],
    # (2 - 1/2) / (2 + 1/2) = 0.6, and g' = 1 - 0.36.
    "tanh": [(log(2), 0.6, 0.64), (-log(2), -0.6, 0.64), (0, 0, 1)],
    "relu": [(-2, 0, 0), (0, 0, 0), (3, 3, 1)],
    "leaky_relu": [(-2, -0.02, 0.01), (0, 0, 0.01), (3, 3, 1)],
    # log(1 + 3) and log(1 + 1/3), and g' = sigmoid.
    "softplus": [(log(3), log(4), 0.75), (-log(3), log(4 / 3), 0.25), (0, log(2), 0.5)],
    # e^(-log 4) - 1 = -3/4, and g' = e^z.
    "elu": [(-log(4), -0.75, 0.25), (0, 0, 1), (3, 3, 1)],
    # tanh(0.7978845608 (1 + 0.044715)) = tanh(0.8335620) = 0.6823839, so g(1) = (1 + that) / 2;
    # g'(1) = 0.8411919 + (1 - 0.4656478) / 2 * 0.7978845608 (1 + 0.134145); g'(-z) = 1 - g'(z).
    "gelu": [
        (1, 0.8411919906082768, 1.0829640838457826),
        (-1, -0.15880800939172324, -0.0829640838457826),
        (0, 0, 0.5),
    ],
    # log 3 times 3/4, and g' = s + z s (1 - s) = 3/4 + log 3 * 3/16.
    "swish": [
        (log(3), 0.75 * log(3), 0.75 + 0.1875 * log(3)),
        (-log(3), -0.25 * log(3), 0.25 - 0.1875 * log(3)),
        (0, 0, 0.5),
    ],
}

AT_THE_EXTREMES = {
    "linear": [(-1000, -1000, 1), (1000, 1000, 1)],
    "sigmoid": [(-1000, 0, 0), (1000, 1, 0)],
    "tanh": [(-1000, -1, 0), (1000, 1, 0)],
    "relu": [(-1000, 0, 0), (1000, 1000, 1)],
    "leaky_relu": [(-1000, -10, 0.01), (1000, 1000, 1)],
    "softplus": [(-1000, 0, 0), (1000, 1000, 1)],
    "elu": [(-1000, -1, 0), (1000, 1000, 1)],
    "gelu": [(-1e200, 0, 0), (-1000, 0, 0), (1000, 1000, 1), (1e200, 1e200, 1)],
    "swish": [(-1000, 0, 0), (1000, 1000, 1)],
}


@pytest.mark.parametrize(
    ("numbers", "table"),
    [(BY_HAND, "BY_HAND"), (AT_THE_EXTREMES, "AT_THE_EXTREMES")],
    ids=["ordinary", "extreme"],
)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_slope_are_the_numbers_worked_out_by_hand(name, numbers, table):
    by_hand = expected_of(numbers, name, "the values worked out by hand", table, __file__)
    z, a, slope = np.array(by_hand, float).T
    A = ACTIVATIONS[name].function(z)
    np.testing.assert_allclose(A, a, rtol=1e-14, atol=1e-16)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z, A), slope, rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_derivative_is_the_slope_of_the_function(name):
    # An even number of points from -4 to 4 leaves out 0, the only kink, by more than the step.
    z, step = np.linspace(-4, 4, 40), 1e-6
    g = ACTIVATIONS[name].function
    central = (g(z + step) - g(z - step)) / (2 * step)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z, g(z)), central, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_both_write_where_they_are_told_and_leave_their_arguments_alone(rng, name, dtype):
    Z = rng.normal(size=(2, 3, 4)).astype(dtype)
    before = Z.copy()
    A = ACTIVATIONS[name].function(Z)
    slope = ACTIVATIONS[name].derivative(Z, A)
    assert A.dtype == slope.dtype == dtype
    assert A.shape == slope.shape == Z.shape
    there, slope_there = np.empty_like(Z), np.empty_like(Z)
    assert ACTIVATIONS[name].function(Z, out=there) is there
    assert ACTIVATIONS[name].derivative(Z, there, out=slope_there) is slope_there
    np.testing.assert_array_equal(there, A)
    np.testing.assert_array_equal(slope_there, slope)
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_says_whether_it_flattens_out_on_both_sides(name):
    far = np.array([-50.0, 50.0])
    slope = ACTIVATIONS[name].derivative(far, ACTIVATIONS[name].function(far))
    assert ACTIVATIONS[name].saturates == bool((slope < 1e-6).all())


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_row_knows_its_range_its_steepest_slope_its_kink_and_where_it_is_silent(name):
    g, z = ACTIVATIONS[name], np.linspace(-12, 12, 240_001)
    A = g.function(z)
    slope = g.derivative(z, A)
    assert g.low <= A.min() < g.low + 0.02 or (g.low == -np.inf and A.min() < -0.1)
    assert g.high >= A.max() > g.high - 0.02 or (g.high == np.inf and A.max() > 11)
    assert g.steepest == pytest.approx(slope.max(), abs=1e-5)
    assert g.has_kink == (np.abs(np.diff(slope)).max() > 0.5)
    assert g.is_silent == (not A[z <= 0].any() and not slope[z <= 0].any())


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_row_is_written_in_code_that_computes_it(rng, name):
    g, Z = ACTIVATIONS[name], rng.normal(size=(3, 40)) * 4
    names = {"np": np, "math": math, "Z": Z}
    for helper in g.written.helpers:
        exec(helper, names)
    A = names["A"] = g.function(Z)
    np.testing.assert_array_equal(eval(g.written.value.format(z="Z"), names), A)
    slope = eval((g.written.slope or "np.ones_like(Z)").format(z="Z", a="A"), names)
    np.testing.assert_array_equal(slope, g.derivative(Z, A))


def test_gelu_is_z_times_the_normal_distribution_but_for_its_approximation():
    z = np.linspace(-6, 6, 1001)
    exact = np.array([each * 0.5 * (1 + math.erf(each / 2**0.5)) for each in z])
    np.testing.assert_allclose(ACTIVATIONS["gelu"].function(z), exact, atol=5e-4)


@pytest.mark.parametrize(
    ("names", "layers", "expected"),
    [
        ("tanh", 0, ()),
        ("tanh", 3, ("tanh", "tanh", "tanh")),
        (("relu", "tanh"), 2, ("relu", "tanh")),
        (["relu", "relu"], 2, ("relu", "relu")),
        ((), 0, ()),
    ],
)
def test_one_name_stands_for_all_layers_and_several_for_one_each(names, layers, expected):
    assert by_layer(names, layers) == expected


@pytest.mark.parametrize(
    ("names", "layers", "sentence"),
    [
        (
            ("relu", "tanh"),
            3,
            "The number of activations, 2, is not that of hidden layers, 3: "
            "give one name for all of them, or one for each.",
        ),
        (
            ("relu",),
            0,
            "The number of activations, 1, is not that of hidden layers, 0: "
            "give one name for all of them, or one for each.",
        ),
        (
            ("relu", "cosine"),
            2,
            f"'cosine' is not an activation: choose from {', '.join(ACTIVATIONS)}.",
        ),
        (
            "cosine",
            1,
            f"'cosine' is not an activation: choose from {', '.join(ACTIVATIONS)}.",
        ),
    ],
)
def test_names_that_do_not_fit_the_layers_are_refused_in_one_sentence(names, layers, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        by_layer(names, layers)
