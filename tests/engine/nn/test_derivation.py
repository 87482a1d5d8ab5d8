import numpy as np
import pytest

from engine.nn.derivation import over
from engine.nn.gradient_check import central_differences
from engine.nn.losses import LOSSES

losses = pytest.mark.parametrize("name", LOSSES)
M = 5


def given(rng, name):
    Z, labels = rng.normal(size=(3, M)), rng.integers(0, 3, M)
    Y = {"sigmoid": rng.integers(0, 2, (3, M)).astype(float), "softmax": np.eye(3)[:, labels]}
    return Z, Y.get(name, rng.normal(size=(3, M)))


@losses
def test_the_parts_of_a_loss_add_up_to_it(rng, name):
    loss, (Z, Y) = LOSSES[name], given(rng, name)
    arrays = loss.derivation.arrays(Z, Y)
    total = sum(p.factor * arrays[p.left] * arrays[p.right] for p in loss.derivation.parts)
    np.testing.assert_allclose(total.sum(axis=0), loss.loss(Z, Y), rtol=1e-13)


@losses
def test_slope_and_jacobian_together_are_the_slope_in_z(rng, name):
    loss, (Z, Y) = LOSSES[name], given(rng, name)
    A = loss.activation(Z)
    dA, jacobian = loss.derivation.slope(A, Y), loss.derivation.jacobian(A)
    np.testing.assert_allclose(np.einsum("jk,kji->ik", dA, jacobian), A - Y, atol=1e-13)


@losses
def test_the_jacobian_is_that_of_differences(rng, name):
    loss, (Z, _) = LOSSES[name], given(rng, name)
    jacobian = loss.derivation.jacobian(loss.activation(Z))
    for j in range(3):
        numeric = central_differences(
            lambda z, j=j: loss.activation(z[..., None])[..., j, 0], Z[:, 0], 1e-6, np.arange(3)
        )
        np.testing.assert_allclose(jacobian[0, j], numeric, atol=1e-9)


@losses
def test_a_loss_is_said_to_be_elementwise_where_its_jacobian_is_diagonal(rng, name):
    loss, (Z, _) = LOSSES[name], given(rng, name)
    jacobian = loss.derivation.jacobian(loss.activation(Z))
    is_diagonal = all(np.count_nonzero(each - np.diag(np.diagonal(each))) == 0 for each in jacobian)
    assert is_diagonal == loss.derivation.is_elementwise


@losses
def test_the_code_computes_the_same(rng, name):
    loss, (Z, Y) = LOSSES[name], given(rng, name)
    names = {"np": np, "Y": Y, "Z": Z, "A": loss.activation(Z)}
    derivation = loss.derivation

    def value(code):
        return eval(code.format(a="A", z="Z"), names)

    np.testing.assert_allclose(value(derivation.activation_code), names["A"])
    np.testing.assert_allclose(value(derivation.loss_code)[0], loss.loss(Z, Y))
    np.testing.assert_allclose(value(derivation.slope_code), derivation.slope(names["A"], Y))


def test_a_prediction_that_is_right_to_the_last_digit_has_a_finite_slope():
    A, Y = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])
    assert LOSSES["sigmoid"].derivation.slope(A, Y).tolist() == [[-1.0, 1.0]]


def test_a_prediction_that_is_wrong_to_the_last_digit_has_an_infinite_one():
    assert over(np.ones(1), np.zeros(1)).tolist() == [np.inf]
