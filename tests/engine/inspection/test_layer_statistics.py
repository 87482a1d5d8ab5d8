"""The layers of many networks at once: against the probe of each, and by hand on a tiny one."""

import numpy as np
import pytest

from engine.inspection.field import field
from engine.inspection.layer_statistics import BINS, fields, joined, layer_statistics
from engine.inspection.probes import histogram, probe
from engine.nn.network import Network

X, Y = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0]])


def network(activation="relu", sizes=(2, 5, 4, 1)):
    return Network(sizes, activation, "sigmoid")


def samples(rng, m=30):
    return rng.standard_normal((2, m)), (rng.random((1, m)) < 0.5).astype(float)


def test_a_tiny_network_by_hand():
    # 1-2-1 on x = (1, 2): unit 1 doubles, unit 2 is always negative, so A1 = [[2, 4], [0, 0]].
    theta = np.array([[2.0, -1.0, 0.0, 0.0, 1.0, 1.0, 0.5]])
    seen = layer_statistics(Network((1, 2, 1), "relu", "linear"), theta, X, np.array([[2.5, 2.5]]))
    assert seen.activation_edges.tolist() == [[0.0, 4.0]]
    counts = seen.activation_counts[0, 0]
    # two zeros in the first bin, 2 in the middle one, 4 in the last: heights 255, 128 and 128
    assert {b: int(c) for b, c in enumerate(counts) if c} == {0: 255, BINS // 2: 128, BINS - 1: 128}
    assert seen.activation_deviation == pytest.approx(np.array([[np.sqrt(2.75)]]))
    # dW1 = [2, 0] and dW2 = [4, 0], as tests/engine/inspection/test_probes.py works out
    assert seen.gradient_edges.tolist() == [[-4.0, 4.0]]
    assert seen.gradient_rms == pytest.approx(np.sqrt([[2.0, 8.0]]))
    assert seen.dead.tolist() == [0.5]


@pytest.mark.parametrize(
    "activation",
    ["relu", "tanh", "sigmoid", "leaky_relu", "linear", ("relu", "tanh"), ("tanh", "relu")],
    ids=str,
)
def test_every_network_is_seen_as_it_is_alone(rng, activation):
    net, (X, Y) = network(activation), samples(rng)
    thetas = 3 * rng.standard_normal((7, net.layout.size))
    seen = layer_statistics(net, thetas, X, Y)
    for k, theta in enumerate(thetas):
        alone = probe(net, theta, X, Y)
        np.testing.assert_allclose(seen.activation_deviation[k], alone.deviation[:-1])
        np.testing.assert_allclose(seen.gradient_rms[k], alone.gradient_rms)
        # nine hidden units, five of them in layer 1
        assert seen.saturated[k] == pytest.approx(alone.saturated[:2] @ [5 / 9, 4 / 9])
        assert seen.dead[k] == pytest.approx(alone.dead[:2] @ [5 / 9, 4 / 9])
        low, high = seen.gradient_edges[k]
        counts = histogram(alone.gradients[1], BINS, low, high).counts
        np.testing.assert_array_equal(
            seen.gradient_counts[k, 1], np.ceil(255 * counts / counts.max())
        )


@pytest.mark.parametrize(("activation", "ends"), [("tanh", [-1, 1]), ("sigmoid", [0, 1])])
def test_bounded_activations_are_counted_within_their_bounds(rng, activation, ends):
    net = network(activation)
    seen = layer_statistics(net, rng.standard_normal((2, net.layout.size)), *samples(rng))
    assert seen.activation_edges.tolist() == [ends, ends]


@pytest.mark.parametrize(
    ("names", "ends"),
    [
        (("tanh", "sigmoid"), [-1, 1]),
        (("sigmoid", "tanh"), [-1, 1]),
        (("sigmoid", "sigmoid"), [0, 1]),
    ],
)
def test_bounds_of_several_activations_are_the_widest(rng, names, ends):
    net = network(names)
    seen = layer_statistics(net, rng.standard_normal((2, net.layout.size)), *samples(rng))
    assert seen.activation_edges.tolist() == [ends, ends]


@pytest.mark.parametrize(
    ("names", "has_negative"),
    [
        (("sigmoid", "relu"), False),
        (("relu", "sigmoid"), False),
        (("tanh", "relu"), True),
        (("relu", "leaky_relu"), True),
    ],
)
def test_where_some_layer_has_no_bound_the_largest_value_is_the_end(rng, names, has_negative):
    net, (X, Y) = network(names), samples(rng)
    theta = 5 * rng.standard_normal((1, net.layout.size))
    hidden = [net.forward(theta[0], X).A[l] for l in (1, 2)]
    most = max(np.abs(A).max() for A in hidden)
    seen = layer_statistics(net, theta, X, Y)
    np.testing.assert_allclose(seen.activation_edges, [[-most if has_negative else 0, most]])


def test_blocks_do_not_change_what_is_seen(rng, monkeypatch):
    net, (X, Y) = network(), samples(rng)
    thetas = rng.standard_normal((5, net.layout.size))
    whole = layer_statistics(net, thetas, X, Y)
    monkeypatch.setattr("engine.inspection.layer_statistics._ELEMENTS", 1)
    for expected, found in zip(whole, layer_statistics(net, thetas, X, Y), strict=True):
        np.testing.assert_allclose(expected, found, rtol=1e-12)
    parts = joined(
        [layer_statistics(net, thetas[:2], X, Y), layer_statistics(net, thetas[2:], X, Y)]
    )
    for expected, found in zip(whole, parts, strict=True):
        np.testing.assert_allclose(expected, found, rtol=1e-12)


def test_without_hidden_layers_there_are_no_activations(rng):
    net = network(sizes=(2, 1))
    seen = layer_statistics(net, np.ones((3, 3)), *samples(rng))
    assert seen.activation_counts.shape == (3, 0, BINS)
    assert seen.activation_deviation.shape == (3, 0)
    assert seen.gradient_counts.shape == (3, 1, BINS)
    assert seen.dead.tolist() == seen.saturated.tolist() == [0, 0, 0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [0.0, 1e30, 1e300])
def test_nothing_and_what_overflows_have_a_picture_without_a_warning(size, dtype):
    net = network()
    thetas = np.full((2, net.layout.size), min(size, 1e38), dtype)
    seen = layer_statistics(net, thetas, X=np.ones((2, 3), dtype), Y=np.ones((1, 3), dtype))
    for edges in (seen.activation_edges, seen.gradient_edges):
        assert np.isfinite(edges).all()
        assert (edges[:, 0] < edges[:, 1]).all()
    said = fields(net, thetas, ("x1", "x2"), None, (-1, 1, -1, 1), 4)
    assert said.shape == (2, 4, 4)


def test_fields_are_those_of_single_networks(rng):
    net = network("tanh")
    thetas, view = rng.standard_normal((6, net.layout.size)), (-1.0, 2.0, 0.0, 3.0)
    seen = fields(net, thetas, ("x1", "x2"), None, view, 9)
    assert seen.dtype == np.float32
    for theta, p in zip(thetas, seen, strict=True):
        np.testing.assert_allclose(p, field(net, theta, ("x1", "x2"), None, view, 9).p, atol=1e-6)
