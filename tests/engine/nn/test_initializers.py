"""Initial weights have the mean, the deviation and the shape that their formula promises."""

import numpy as np
import pytest

from engine.nn.initializers import INITIALIZERS
from tests.rows import expected_of

# The deviation at fan_in 8, fan_out 24.
DEVIATIONS = {
    "zeros": 0.0,
    "constant": 0.0,
    "small": 0.01,
    "large": 1.0,
    "uniform": 0.2886751345948129,  # a width of 1, divided by sqrt(12)
    "xavier": 0.3535533905932738,  # sqrt(1/8)
    "glorot": 0.25,  # sqrt(2/32)
    "he": 0.5,  # sqrt(2/8)
    "lecun": 0.3535533905932738,  # sqrt(1/8)
    "orthogonal": 0.2041241452319315,  # 8 columns of length 1 with 24 entries: sqrt(8 / (8 * 24))
}
RANDOM = [name for name, row in INITIALIZERS.items() if row.is_random]
NORMAL = [name for name, row in INITIALIZERS.items() if "{normal}" in row.written.draw]


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_deviation_is_the_number_worked_out_by_hand(name):
    what = "the deviation worked out by hand"
    deviation = expected_of(DEVIATIONS, name, what, "DEVIATIONS", __file__)
    assert INITIALIZERS[name].deviation(8, 24) == pytest.approx(deviation, rel=1e-14)


@pytest.mark.parametrize("name", RANDOM)
def test_drawn_weights_have_mean_zero_and_the_deviation_announced(rng, name):
    fan_in, fan_out = 300, 400
    W = INITIALIZERS[name].draw(rng, fan_in, fan_out)
    deviation = INITIALIZERS[name].deviation(fan_in, fan_out)
    assert W.shape == (fan_out, fan_in)
    assert W.dtype == np.float64
    # Four standard errors with n = 120,000: s / sqrt(n) of the mean, s / sqrt(2 n) of s.
    assert abs(W.mean()) < 4 * deviation / np.sqrt(W.size)
    assert W.std() == pytest.approx(deviation, rel=4 / np.sqrt(2 * W.size))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_row_is_written_in_code_that_draws_the_same(name):
    row = INITIALIZERS[name]
    code = row.written.draw.format(normal="rng.standard_normal((n_out, n_in))")
    known = {"np": np, "rng": np.random.default_rng(5), "n_in": 4, "n_out": 3}
    for helper in row.written.helpers:
        exec(helper, known)
    np.testing.assert_array_equal(eval(code, known), row.draw(np.random.default_rng(5), 4, 3))


@pytest.mark.parametrize(("fan_in", "fan_out"), [(5, 9), (9, 5), (6, 6), (1, 4), (4, 1), (1, 1)])
def test_orthogonal_rows_or_columns_are_orthonormal_and_turned_every_way(rng, fan_in, fan_out):
    draws = [INITIALIZERS["orthogonal"].draw(rng, fan_in, fan_out) for _ in range(200)]
    for W in draws[:5]:
        product = W.T @ W if fan_out >= fan_in else W @ W.T
        np.testing.assert_allclose(product, np.eye(min(fan_in, fan_out)), atol=1e-12)
        assert W.flags.c_contiguous
    # Signs that the decomposition leaves open are as often one as the other: mean within 5 errors.
    assert abs(np.mean(draws, axis=0)).max() < 5 * max(fan_in, fan_out) ** -0.5 / 200**0.5


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_row_knows_whether_its_weights_differ(rng, name):
    assert INITIALIZERS[name].is_random == (np.ptp(INITIALIZERS[name].draw(rng, 3, 3)) > 0)


@pytest.mark.parametrize(("name", "value"), [("zeros", 0.0), ("constant", 0.5)])
def test_the_constant_ones_draw_nothing(rng, name, value):
    state = rng.bit_generator.state
    assert (INITIALIZERS[name].draw(rng, 3, 2) == np.full((2, 3), value)).all()
    assert rng.bit_generator.state == state


def test_uniform_weights_fill_minus_one_half_to_one_half(rng):
    W = INITIALIZERS["uniform"].draw(rng, 300, 400)
    assert -0.5 <= W.min() < -0.4999
    assert 0.4999 < W.max() <= 0.5


def test_one_seed_gives_all_normal_schemes_the_same_weights_up_to_their_size():
    drawn = [
        INITIALIZERS[name].draw(np.random.default_rng(7), 8, 24)
        / INITIALIZERS[name].deviation(8, 24)
        for name in NORMAL
    ]
    for W in drawn[1:]:
        np.testing.assert_allclose(W, drawn[0], rtol=1e-14)
