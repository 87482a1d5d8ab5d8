import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.batch import largest, mini_batch
from engine.inspection.one_step.step import take_step
from engine.inspection.one_step.unfold import Term, unfold
from engine.training.trainer import Trainer

DIGITS = Experiment(
    dataset="mnist",
    samples=100,
    dev_fraction=0.0,
    hidden=(64,),
    activation="relu",
    initializer="he",
)


@pytest.fixture(scope="module")
def step():
    return take_step(*mini_batch(DIGITS, Trainer(DIGITS).start, 0, 8), 0.1)


def test_a_mini_batch_is_of_the_training_set_in_its_order():
    start = mini_batch(DIGITS, Trainer(DIGITS).start, 2, 8)
    train = load(DIGITS).train
    np.testing.assert_allclose(start.X, train.X[:, 16:24], rtol=1e-6)
    np.testing.assert_array_equal(start.Y.argmax(axis=0), train.y[16:24])
    assert start.network.sizes == (784, 64, 10)


def test_after_the_last_comes_the_first():
    start = mini_batch(DIGITS, Trainer(DIGITS).start, 12, 8)
    np.testing.assert_allclose(start.X[:, 4:], load(DIGITS).train.X[:, :4], rtol=1e-6)


def test_its_gradient_is_the_networks(step):
    X, Y = step.matrices["A0"], step.matrices["Y"]
    np.testing.assert_allclose(step.gradient, step.network.gradient(step.theta, X, Y), atol=1e-12)


@pytest.mark.parametrize("key", ["Z1", "Z2", "dW1", "dW2", "db1", "dA1", "J", "losses", "dZ2"])
def test_the_largest_terms_and_the_rest_add_up_to_the_cell(step, key):
    for row, column in ((0, 0), tuple(side - 1 for side in step.matrices[key].shape)):
        found = unfold(step, key, row, column)
        terms, others, rest = largest(found, step, 10)
        total = found.scale * (sum(term.value(step) for term in terms) + rest)
        assert total == pytest.approx(step.matrices[key][row, column], rel=1e-10, abs=1e-12)
        assert others == len(found.terms) - len(terms)


def test_of_a_weighted_sum_of_pixels_774_are_left_and_the_bias_is_kept(step):
    terms, others, _ = largest(unfold(step, "Z1", 3, 2), step, 10)
    assert others == 774
    assert len(terms[-1].refs) == 1
    sizes = [abs(term.value(step)) for term in terms[:-1]]
    assert sizes == sorted(sizes, reverse=True)


def test_a_short_sum_is_whole(step):
    found = unfold(step, "dW1", 0, 400)
    assert largest(found, step, 10).others == 0
    assert all(isinstance(term, Term) for term in found.terms)
