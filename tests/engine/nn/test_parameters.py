"""theta and its views: the order W1, b1, W2, b2, and writing through."""

import re

import numpy as np
import pytest

from engine.nn.initializers import INITIALIZERS
from engine.nn.parameters import Layout


def test_theta_holds_each_layers_weights_in_c_order_and_then_its_biases():
    # 2-3-1: W1 is 3 by 2 (0-5), b1 has 3 (6-8), W2 is 1 by 3 (9-11), b2 has 1 (12).
    first, second = Layout((2, 3, 1)).layers(np.arange(13.0))
    assert first.W.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert first.b.tolist() == [[6], [7], [8]]
    assert second.W.tolist() == [[9, 10, 11]]
    assert second.b.tolist() == [[12]]


def test_a_network_without_hidden_layers_has_one_layer():
    layout = Layout((2, 1))
    assert (layout.size, layout.shapes) == (3, [(1, 2)])


def test_the_views_write_theta_also_behind_replica_axes():
    layout = Layout((2, 3, 1))
    theta = np.zeros((4, 5, layout.size))
    layers = layout.layers(theta)
    assert layers[0].W.shape == (4, 5, 3, 2)
    assert layers[1].b.shape == (4, 5, 1, 1)
    layers[0].W[3, 1, 2, 0] = 7
    layers[1].b[0, 0] = 8
    assert theta[3, 1, 4] == 7  # row 2, column 0 of W1: 2 * 2 + 0
    assert theta[0, 0, 12] == 8
    assert np.count_nonzero(theta) == 2


def test_the_weight_mask_tells_weights_from_biases():
    assert Layout((2, 3, 1)).weight_mask.tolist() == [1] * 6 + [0] * 3 + [1] * 3 + [0]


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_fresh_theta_draws_layer_by_layer_and_starts_all_biases_at_zero(name):
    layout, rng = Layout((3, 4, 2)), np.random.default_rng(1)
    layers = layout.layers(layout.initialize(np.random.default_rng(1), name, scale=10.0))
    for layer, (n_out, n_in) in zip(layers, [(4, 3), (2, 4)], strict=True):
        expected = 10 * INITIALIZERS[name].draw(rng, n_in, n_out)
        np.testing.assert_allclose(layer.W, expected, rtol=1e-15)
        assert (layer.b == 0).all()


@pytest.mark.parametrize("sizes", [(), (3,), (2, 0, 1), (2, -1)])
def test_impossible_sizes_are_refused_in_one_sentence(sizes):
    sentence = (
        f"sizes is {sizes}, but a network needs at least an input and an output size, "
        "each 1 or more."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Layout(sizes)


def test_a_theta_of_the_wrong_length_is_refused_in_one_sentence():
    sentence = r"^theta has 12 parameters, but the sizes \(2, 3, 1\) need 13\.$"
    with pytest.raises(ValueError, match=sentence):
        Layout((2, 3, 1)).layers(np.zeros(12))
