import numpy as np
import pytest

from engine.data.normalization import Standardizer
from engine.inspection.field import field, inputs
from engine.nn.network import Network


def test_a_cell_holds_the_output_at_its_centre():
    # z = 2 x1 - x2 + 0.5; a 2 by 2 grid on [1, 5] x [-1, 1] has centres 2, 4 and -0.5, 0.5
    network = Network((2, 1), output="linear")
    drawn = field(network, np.array([2.0, -1, 0.5]), ("x1", "x2"), None, (1, 5, -1, 1), n=2)
    assert (drawn.x1.tolist(), drawn.x2.tolist()) == ([2, 4], [-0.5, 0.5])
    assert drawn.p.tolist() == [[5.0, 4.0], [9.0, 8.0]]


def test_inputs_are_features_first_and_standardised_then():
    standardizer = Standardizer(np.array([1.0, 2.0]), np.array([2.0, 4.0]))
    X = inputs(np.array([[3.0, 2.0]]), ("x1", "x1_x2"), standardizer)
    assert X.ravel().tolist() == [1.0, 1.0]  # (3 - 1) / 2 and (6 - 2) / 4


def test_replicas_have_a_field_each():
    network = Network((2, 1), output="sigmoid")
    thetas = np.array([[[2.0, -1, 0.5]], [[1.0, 0, 0]]])
    together = field(network, thetas, ("x1", "x2"), None, (0, 4, 0, 2), n=5).p
    assert together.shape == (2, 1, 5, 5)
    for k in range(2):
        alone = field(network, thetas[k, 0], ("x1", "x2"), None, (0, 4, 0, 2), n=5).p
        np.testing.assert_allclose(together[k, 0], alone, rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_rounding_leaves_of_a_zero_decides_nothing(rng, dtype):
    # A linear layer whose two units cancel in the next one, but for what rounding leaves of them.
    network = Network((2, 2, 1), hidden="linear", output="sigmoid")
    theta = np.array([0.1, 0.7, 0.3, 2.1, 0.9, 2.7, -3.0, 1.0, 0.0])
    X = rng.uniform(-1, 1, (2, 900)).astype(dtype)
    noisy = network.forward(theta.astype(dtype), X).Z[-1]
    assert 0 < np.abs(noisy).max() < 1e-5
    p = field(network, theta.astype(dtype), ("x1", "x2"), None, (-1, 1, -1, 1), n=30).p
    assert (p == 0.5).all()
    theta[-1] = 1e-3
    assert (field(network, theta.astype(dtype), ("x1", "x2"), None, (-1, 1, -1, 1)).p > 0.5).all()
