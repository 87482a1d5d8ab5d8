"""Initial weights have the mean, the deviation and the shape that their formula promises."""

import numpy as np
import pytest

from engine.nn.initializers import INITIALIZERS

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
}
NORMAL = ["small", "large", "xavier", "glorot", "he"]


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_deviation_is_the_number_worked_out_by_hand(name):
    assert INITIALIZERS[name].deviation(8, 24) == pytest.approx(DEVIATIONS[name], rel=1e-14)


@pytest.mark.parametrize("name", [*NORMAL, "uniform"])
def test_drawn_weights_have_mean_zero_and_the_deviation_announced(rng, name):
    fan_in, fan_out = 300, 400
    W = INITIALIZERS[name].draw(rng, fan_in, fan_out)
    deviation = INITIALIZERS[name].deviation(fan_in, fan_out)
    assert W.shape == (fan_out, fan_in)
    assert W.dtype == np.float64
    # Four standard errors with n = 120,000: s / sqrt(n) of the mean, s / sqrt(2 n) of s.
    assert abs(W.mean()) < 4 * deviation / np.sqrt(W.size)
    assert W.std() == pytest.approx(deviation, rel=4 / np.sqrt(2 * W.size))


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
