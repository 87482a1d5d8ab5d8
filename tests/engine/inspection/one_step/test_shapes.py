import pytest

from engine.inspection.one_step.lines import listing
from engine.inspection.one_step.shapes import fits, inner, product, shapes, table
from engine.nn.network import Network
from tests.engine.inspection.one_step.drawn import drawn

MNIST = Network((784, 64, 10))


@pytest.mark.parametrize("k", range(60))
def test_the_shapes_are_those_of_the_matrices(k):
    step = drawn(k).step
    assert shapes(step.network, step.m) == {key: a.shape for key, a in step.matrices.items()}


@pytest.mark.parametrize("k", range(24))
def test_all_inner_dimensions_fit_and_the_outer_ones_are_the_results(k):
    step = drawn(k).step
    found = shapes(step.network, step.m)
    for line in step.lines:
        assert fits(line, found)
        if product(line):
            left, right = inner(line, found)
            assert (left[0], right[1]) == found[line.result]


def test_the_table_of_mnist_is_that_of_the_notes_with_64_units():
    found = dict(table(MNIST, 60_000))
    assert found["dZ2"] == (10, 60_000)
    assert found["dW2"] == (10, 64)
    assert found["db2"] == (10, 1)
    assert found["dZ1"] == (64, 60_000)
    assert found["dW1"] == (64, 784)
    assert found["db1"] == (64, 1)


def test_a_product_that_does_not_fit_is_told():
    found = shapes(MNIST, 7)
    line = next(line for line in listing(MNIST) if line.result == "dW1")
    assert not fits(line, found | {"A0": (7, 784)})


def test_only_products_of_matrices_have_inner_dimensions():
    assert [line.result for line in listing(MNIST) if product(line)] == [
        "Z1", "Z2", "dW2", "dA1", "dW1",
    ]  # fmt: skip
