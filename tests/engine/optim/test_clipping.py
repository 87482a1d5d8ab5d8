"""Clipping scales a gradient down to a length, and leaves its direction."""

import numpy as np
import pytest

from engine.optim.clipping import clip_by_norm


@pytest.mark.parametrize(
    ("gradient", "limit", "expected"),
    [
        ([3.0, 4.0], 1.0, [0.6, 0.8]),  # a length of 5, so a fifth
        ([3.0, 4.0], 5.0, [3, 4]),
        ([3.0, 4.0], 10.0, [3, 4]),
        ([3.0, 4.0], 0.0, [3, 4]),
        ([0.0, 0.0], 1.0, [0, 0]),
        # One limit, each replica with its own length.
        ([[3.0, 4.0], [0.3, 0.4]], 1.0, [[0.6, 0.8], [0.3, 0.4]]),
        # A limit each, 0 for none.
        (
            [[3.0, 4.0], [3.0, 4.0], [3.0, 4.0]],
            [[1.0], [0.0], [2.5]],
            [[0.6, 0.8], [3, 4], [1.5, 2]],
        ),
    ],
)
def test_clipping_by_hand(gradient, limit, expected):
    clipped = np.array(gradient)
    clip_by_norm(clipped, np.array(limit) if isinstance(limit, list) else limit)
    np.testing.assert_allclose(clipped, expected, rtol=1e-15)


@pytest.mark.parametrize(("dtype", "size"), [(np.float64, 1e200), (np.float32, 1e25)])
def test_a_gradient_whose_square_would_overflow_keeps_its_direction(dtype, size):
    clipped = np.array([3 * size, 4 * size], dtype)
    with np.errstate(all="ignore"):
        clip_by_norm(clipped, 1.0)
    np.testing.assert_allclose(clipped, [0.6, 0.8], rtol=1e-6)
