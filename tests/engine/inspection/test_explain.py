import numpy as np
import pytest

from engine.inspection.explain import contributions, products, weighing, xor_conditions
from engine.nn.network import Network


@pytest.mark.parametrize(
    ("theta", "holds"),
    [
        ((1.0, 1.0, -0.5), [True, True, True, False]),  # OR: right but for (1, 1)
        ((1.0, 1.0, -1.5), [True, False, False, False]),  # AND: wrong on three
        ((0.0, 0.0, 0.0), [False, False, False, False]),  # z = 0 decides nothing
        ((1e-16, -2e-16, 5.6e-17), [False, False, False, False]),  # nor does noise of rounding
        ((-2.0, 3.0, -1.0), [True, True, False, False]),  # z = -1, 2, -3, 0
    ],
)
def test_the_four_conditions_are_judged_by_the_sign_of_z(theta, holds):
    conditions, _ = xor_conditions(np.array(theta))
    assert [condition.holds for condition in conditions] == holds
    assert [(c.x1, c.x2, c.label) for c in conditions] == [
        (0, 0, 0),
        (0, 1, 1),
        (1, 0, 1),
        (1, 1, 0),
    ]


def test_the_conditions_agree_with_the_network(rng):
    network = Network((2, 1), output="sigmoid")
    corners = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    for theta in rng.normal(size=(50, 3)):
        conditions, contradiction = xor_conditions(theta)
        z = network.forward(theta, corners).Z[-1][0]
        assert np.allclose([condition.z for condition in conditions], z, atol=1e-15)
        assert np.isclose(contradiction.value, z[0] + z[3])
        assert np.isclose(contradiction.value, z[1] + z[2])
        assert not all(condition.holds for condition in conditions)


def test_the_number_both_pairs_want_otherwise_names_the_pair_it_breaks():
    assert xor_conditions(np.array([1.0, 1.0, -0.5]))[1].broken == "below"
    assert xor_conditions(np.array([1.0, 1.0, -1.5]))[1].broken == "above"
    assert xor_conditions(np.array([1.0, 1.0, -1.0]))[1].broken == "both"
    assert xor_conditions(np.array([0.1, 0.2, -0.15]))[1].broken == "both"  # it is 2.8e-17


def test_the_formulas_are_written_out():
    conditions, _ = xor_conditions(np.zeros(3))
    assert [c.formula for c in conditions] == [
        "b < 0",
        "b + w_2 > 0",
        "b + w_1 > 0",
        "b + w_1 + w_2 < 0",
    ]


def test_contributions_add_up_to_the_output_neurons_sum():
    # 2-2-1 with sigmoid units; at x = (0, 0) both hidden units are sigmoid(0) = 1/2:
    # z = 4 * 1/2 - 2 * 1/2 + 3 = 4
    network = Network((2, 2, 1), hidden="sigmoid", output="sigmoid")
    theta = np.array([1.0, 2, 3, 4, 0, 0, 4, -2, 3])
    taken = contributions(network, theta, np.zeros((2, 1)))
    assert taken.activations.ravel().tolist() == [0.5, 0.5]
    assert taken.parts.ravel().tolist() == [2.0, -1.0]
    assert (taken.bias, taken.z[0]) == (3.0, 4.0)
    assert np.isclose(taken.output[0], 1 / (1 + np.exp(-4)))


def test_without_hidden_layers_the_inputs_themselves_contribute():
    taken = contributions(
        Network((2, 1), output="sigmoid"), np.array([2.0, -1, 0.5]), np.array([[3.0], [4.0]])
    )
    assert taken.parts.ravel().tolist() == [6.0, -4.0]
    assert taken.z.tolist() == [2.5]


@pytest.mark.parametrize("sizes", [(784, 10), (784, 64, 10), (784, 128, 64, 10)])
@pytest.mark.parametrize("m", [1, 64])
def test_the_shapes_are_those_of_a_real_pass(sizes, m):
    network = Network(sizes)
    theta = np.zeros(network.layout.size)
    trace = network.forward(theta, np.zeros((784, m)))
    found = products(network, m)
    assert [product.l for product in found] == list(range(1, len(sizes)))
    for l, (product, layer) in enumerate(
        zip(found, network.layout.layers(theta), strict=True), start=1
    ):
        shapes = layer.W.shape, trace.A[l - 1].shape, layer.b.shape, trace.Z[l].shape
        assert product[1:] == shapes


def test_a_unit_weighs_what_the_layer_below_says():
    # 2-2-1, relu: at x = (1, 2) the first unit has 1 * 1 - 2 * 2 + 0.5 = -2.5, so a = 0; the
    # second 3 * 1 + 1 * 2 - 1 = 4. The output: 5 * 0 + 0.5 * 4 + 1 = 3.
    network = Network((2, 2, 1), output="linear")
    theta = np.array([1.0, -2, 3, 1, 0.5, -1, 5, 0.5, 1])
    first, second, output = (
        weighing(network, theta, np.array([1.0, 2.0]), l, unit)
        for l, unit in [(1, 0), (1, 1), (2, 0)]
    )
    assert (first.parts.tolist(), *first[1:]) == ([1, -4], 0.5, -2.5, 0)
    assert (second.parts.tolist(), *second[1:]) == ([3, 2], -1, 4, 4)
    assert (output.parts.tolist(), *output[1:]) == ([0, 2], 1, 3, 3)
