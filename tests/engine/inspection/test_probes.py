"""Statistics of each layer: by hand on a tiny network, and against the published depth figures."""

import numpy as np
import pytest

from engine.inspection.probes import against_start, histogram, histograms, probe, rms
from engine.nn.initializers import INITIALIZERS
from engine.nn.network import Network

# A 1-2-1 network on x = (1, 2): the first hidden unit doubles, the second is always negative.
THETA = np.array([2.0, -1.0, 0.0, 0.0, 1.0, 1.0, 0.5])
X, Y = np.array([[1.0, 2.0]]), np.array([[2.5, 2.5]])


def test_relu_by_hand():
    seen = probe(Network((1, 2, 1), "relu", "linear"), THETA, X, Y)
    # A1 = [[2, 4], [0, 0]]: mean 1.5, mean square 20 / 4 = 5, variance 5 - 2.25 = 2.75.
    # A2 = [2.5, 4.5]: mean 3.5, deviation 1.
    np.testing.assert_allclose(seen.mean, [1.5, 3.5], rtol=1e-14)
    np.testing.assert_allclose(seen.deviation, [np.sqrt(2.75), 1], rtol=1e-14)
    assert seen.dead.tolist() == [0.5, 0]
    assert seen.saturated.tolist() == [0, 0]
    # dZ2 = (0, 2), m = 2: dW2 = [2 * 4 / 2, 0] = [4, 0]; dZ1 = [[0, 2], [0, 0]], so
    # dW1 = [2 * 2 / 2, 0] = [2, 0]. Root mean squares: sqrt(4 / 2) and sqrt(16 / 2).
    np.testing.assert_allclose(seen.gradient_rms, [np.sqrt(2), np.sqrt(8)], rtol=1e-14)
    # W1 = (2, -1): sqrt(5 / 2); W2 = (1, 1).
    np.testing.assert_allclose(seen.weight_rms, [np.sqrt(2.5), 1], rtol=1e-14)
    assert [A.tolist() for A in seen.activations] == [[[2, 4], [0, 0]], [[2.5, 4.5]]]
    assert [dW.tolist() for dW in seen.gradients] == [[[2], [0]], [[4, 0]]]
    assert [W.tolist() for W in seen.weights] == [[[2], [-1]], [[1, 1]]]


@pytest.mark.parametrize(
    ("activation", "z", "saturated"),
    [
        # tanh 2.64 = 0.9899 and tanh 2.65 = 0.9901.
        ("tanh", [2.64, -2.64, 0.0, 2.65], 0.25),
        ("tanh", [-2.65, 2.65, -9.0, 0.0], 0.75),
        # sigmoid 4.59 = 0.98995 and sigmoid 4.60 = 0.99005.
        ("sigmoid", [4.59, -4.59, 0.0, 4.6], 0.25),
        ("sigmoid", [-4.6, 4.6, -9.0, 0.0], 0.75),
        ("relu", [-9.0, 0.0, 9.0, 99.0], 0),
        ("leaky_relu", [-9.0, 0.0, 9.0, 99.0], 0),
        ("linear", [-9.0, 0.0, 9.0, 99.0], 0),
    ],
)
def test_the_share_of_saturated_activations(activation, z, saturated):
    # Weights of 1 and no bias: the sums are the inputs.
    theta = np.array([1.0, 0.0, 1.0, 0.0])
    seen = probe(Network((1, 1, 1), activation, "linear"), theta, np.array([z]), np.zeros((1, 4)))
    assert seen.saturated.tolist() == [saturated, 0]


@pytest.mark.parametrize(
    ("activation", "dead"), [("relu", 1.0), ("leaky_relu", 0), ("sigmoid", 0), ("linear", 0)]
)
def test_only_a_relu_can_die(activation, dead):
    theta = np.array([-1.0, 0.0, 1.0, 0.0])
    seen = probe(Network((1, 1, 1), activation, "linear"), theta, X, Y)
    assert seen.dead.tolist() == [dead, 0]


@pytest.mark.parametrize(
    ("names", "saturated", "dead"),
    [
        # x = (-3, -4), weights of 1: tanh of both is below -0.99, and ReLU makes them 0.
        (("tanh", "relu"), [1, 0, 0], [0, 1, 0]),
        (("relu", "tanh"), [0, 0, 0], [1, 0, 0]),  # tanh 0 = 0 is neither
        (("linear", "tanh"), [0, 1, 0], [0, 0, 0]),
        # sigmoid -3 = 0.047 and sigmoid -4 = 0.018 are not below 0.01, nor tanh of these above 0.99
        (("sigmoid", "tanh"), [0, 0, 0], [0, 0, 0]),
        # leaky_relu leaves -0.03 and -0.04, of which ReLU makes 0
        (("leaky_relu", "relu"), [0, 0, 0], [0, 1, 0]),
    ],
)
def test_each_layer_is_judged_by_its_own_activation(names, saturated, dead):
    theta = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    seen = probe(Network((1, 1, 1, 1), names, "linear"), theta, np.array([[-3.0, -4.0]]), Y)
    assert (seen.saturated.tolist(), seen.dead.tolist()) == (saturated, dead)


def test_a_unit_that_answers_to_one_sample_is_alive():
    theta = np.array([1.0, 0.0, 1.0, 0.0])
    seen = probe(Network((1, 1, 1), "relu", "linear"), theta, np.array([[-5.0, 1.0]]), Y)
    assert seen.dead.tolist() == [0, 0]


def test_replicas_are_probed_one_by_one(rng):
    network = Network((1, 2, 1), "tanh", "linear")
    thetas = rng.normal(scale=3, size=(2, 3, 7))
    stacked = probe(network, thetas, X, Y)
    for index in np.ndindex(2, 3):
        alone = probe(network, thetas[index], X, Y)
        for together, single in zip(stacked[:6], alone[:6], strict=True):
            assert together.shape == (2, 3, 2)
            np.testing.assert_allclose(together[index], single, rtol=1e-12)


def test_replicas_of_very_different_size_do_not_drown_each_other():
    # w1 = w2 = s, no biases, x = 1, y = 0: A1 = s, A2 = dZ2 = s^2, so dW2 = s^3 and dW1 = s^3.
    sizes = np.array([1e-100, 1.0, 1e100])
    thetas = np.stack([sizes, 0 * sizes, sizes, 0 * sizes], axis=-1)
    network = Network((1, 1, 1), "linear", "linear")
    for shape in ((3, 4), (1, 3, 4), (3, 1, 4)):
        seen = probe(network, thetas.reshape(shape), X[:, :1], np.array([[0.0]]))
        assert seen.gradient_rms.shape == (*shape[:-1], 2)
        rows = seen.gradient_rms.reshape(3, 2)
        np.testing.assert_allclose(rows, np.stack([sizes**3] * 2, axis=-1), rtol=1e-12)
        np.testing.assert_allclose(
            seen.weight_rms.reshape(3, 2), np.stack([sizes] * 2, axis=-1), rtol=1e-12
        )


def test_the_root_mean_square_of_a_matrix_is_its_own_whatever_lies_beside_it():
    # sqrt((9 + 16) / 2), and the same 1e-300 and 1e300 times as large
    matrices = np.array([[[3.0, 4.0]], [[3e-300, 4e-300]], [[3e300, 4e300]], [[0.0, 0.0]]])
    expected = np.sqrt(12.5) * np.array([1.0, 1e-300, 1e300, 0.0])
    np.testing.assert_allclose(rms(matrices), expected, rtol=1e-12)
    with np.errstate(all="ignore"):
        assert rms(np.array([[1.0, np.inf]])) == np.inf
        assert np.isnan(rms(np.array([[1.0, np.nan]])))


@pytest.mark.parametrize("activation", ["relu", "linear"])
def test_an_overflow_is_not_a_warning(activation):
    network = Network((1, 4, 4, 1), activation, "softmax")
    seen = probe(network, np.full(network.layout.size, 1e200), X, np.ones((1, 2)))
    assert seen.mean.shape == (3,)
    assert not np.isfinite(seen.mean).all()


def test_a_vanishing_gradient_is_measured_where_its_square_would_underflow():
    # dW1 = dW2 = 1e-200: w = 1e-200 makes dZ1 = 1e-200, and A1 = 1e-200 makes dW2.
    theta = np.array([1e-200, 0.0, 1e-200, 0.0])
    seen = probe(Network((1, 1, 1), "linear", "linear"), theta, X[:, :1], np.array([[-1.0]]))
    np.testing.assert_allclose(seen.gradient_rms, [1e-200, 1e-200], rtol=1e-12)
    np.testing.assert_allclose(seen.weight_rms, [1e-200, 1e-200], rtol=1e-12)


# Ten layers of 500 units on inputs N(0, 1), from the notes of Stanford's cs231n. The output layer
# is narrow and not looked at.
WIDTH, SEEDS = 500, range(5)
DEEP = (WIDTH,) * 11 + (1,)
PUBLISHED = {
    ("tanh", "small"): [0.2132, 0.0476, 0.0106, 0.00238, 0.000532, 0.000119],
    ("tanh", "large"): [0.982] * 10,
    ("tanh", "xavier"): [0.627, 0.486, 0.408, 0.357, 0.321, 0.294, 0.272, 0.255, 0.241, 0.228],
    ("sigmoid", "xavier"): [0.208, 0.127, 0.118, 0.120, 0.122, 0.119, 0.120, 0.121, 0.119, 0.121],
}


@pytest.fixture(scope="module")
def starts():
    """Five starts N(0, 1), of which every normal scheme is a multiple."""
    draw = Network(DEEP).layout.initialize
    return [draw(np.random.default_rng(s), "large").astype(np.float32) for s in SEEDS]


def deviations(activation, initializer, starts):
    """Return the deviation of A[1] .. A[10] for each start, shape (5, 10)."""
    network, scale = Network(DEEP, activation, "linear"), INITIALIZERS[initializer].deviation
    seen = []
    for seed, start in zip(SEEDS, starts, strict=True):
        inputs = np.random.default_rng([1, seed]).standard_normal((WIDTH, 100), np.float32)
        theta = start * np.float32(scale(WIDTH, WIDTH))
        seen.append(probe(network, theta, inputs, np.zeros((1, 100), np.float32)).deviation[:10])
    return np.array(seen)


@pytest.mark.parametrize(("activation", "initializer"), PUBLISHED)
def test_deviations_through_ten_layers_are_the_published_ones(activation, initializer, starts):
    published = PUBLISHED[activation, initializer]
    mean = deviations(activation, initializer, starts).mean(axis=0)
    np.testing.assert_allclose(mean[: len(published)], published, rtol=0.03)


@pytest.mark.parametrize(
    ("initializer", "first", "factor"), [("xavier", 0.583, 0.5**0.5), ("he", 0.825, 1)]
)
def test_relu_layers_shrink_by_the_root_of_two_under_xavier_and_not_under_he(
    initializer, first, factor, starts
):
    seen = deviations("relu", initializer, starts)
    np.testing.assert_allclose(seen[:, 0].mean(), first, rtol=0.03)
    # One layer's factor varies by about sqrt(5 / 500) / 2 = 5 % with its weights, the geometric
    # mean of 9 layers and 5 seeds by 0.75 %: four of these are 3 %.
    per_layer = (seen[:, -1] / seen[:, 0]) ** (1 / 9)
    np.testing.assert_allclose(np.exp(np.log(per_layer).mean()), factor, rtol=0.03)


def test_large_weights_saturate_nine_units_in_ten():
    network = Network((WIDTH,) * 4 + (1,), "tanh", "linear")
    rng = np.random.default_rng(0)
    theta = network.layout.initialize(rng, "large")
    seen = probe(network, theta, rng.normal(size=(WIDTH, 200)), np.zeros((1, 200)))
    np.testing.assert_allclose(seen.saturated[:3], 0.9, atol=0.02)


@pytest.mark.parametrize(
    ("values", "options", "edges", "counts"),
    [
        ([0, 1, 1, 2], {"bins": 2}, [0, 1, 2], [1, 3]),  # the last bin has both its edges
        ([0, 1, np.inf, -np.inf, np.nan], {"bins": 1}, [0, 1], [2]),
        ([5, 5, 5], {"bins": 2}, [4.5, 5, 5.5], [0, 3]),
        ([], {"bins": 2}, [-0.5, 0, 0.5], [0, 0]),
        ([np.nan], {"bins": 1}, [-0.5, 0.5], [0]),
        ([0, 1, 2, 3], {"bins": 2, "low": 0, "high": 2}, [0, 1, 2], [1, 2]),
        ([-1, 1], {"bins": 1, "low": 0}, [0, 1], [1]),
    ],
)
def test_histograms_by_hand(values, options, edges, counts):
    drawn = histogram(np.array(values, float), **options)
    assert drawn.edges.tolist() == edges
    assert drawn.counts.tolist() == counts


def test_values_of_any_shape_are_counted(rng):
    values = rng.normal(size=(3, 4, 5))
    assert histogram(values).counts.sum() == 60
    assert len(histogram(values).counts) == 40


def test_now_and_the_start_share_their_edges():
    now, start = against_start(np.array([[0.0, 4.0]]), np.array([[1.0], [2.0]]), bins=4)
    assert now.edges.tolist() == start.edges.tolist() == [0, 1, 2, 3, 4]
    assert now.counts.tolist() == [1, 0, 0, 1]
    assert start.counts.tolist() == [0, 1, 1, 0]
    # The wider of the two decides, whichever it is.
    now, start = against_start(np.array([1.0, 2.0]), np.array([0.0, 4.0]), bins=4)
    assert now.edges.tolist() == start.edges.tolist() == [0, 1, 2, 3, 4]
    assert (now.counts.tolist(), start.counts.tolist()) == ([0, 1, 1, 0], [1, 0, 0, 1])


def test_many_histograms_at_once_are_the_single_ones_where_nothing_lies_beyond(rng):
    values = rng.normal(size=(5, 300))
    low, high = values.min(axis=1), values.max(axis=1) + 1e-9
    counts = histograms(values, low, high, bins=7)
    for row, start, end, found in zip(values, low, high, counts, strict=True):
        np.testing.assert_array_equal(found, histogram(row, 7, start, end).counts)


def test_what_lies_beyond_a_histogram_is_in_its_outermost_bins_and_nan_in_none():
    values = np.array([[-9.0, 0.1, 0.6, 9.0], [np.nan, np.inf, 1e300, -np.inf]])
    counts = histograms(values, np.zeros(2), np.ones(2), bins=2)
    assert counts.tolist() == [[2, 2], [0, 1]]
