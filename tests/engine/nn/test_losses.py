"""Each cost against numbers worked out by hand, at ordinary logits and at enormous ones."""

from math import log

import numpy as np
import pytest

from engine.nn.losses import LOSSES, log_sum_exp, softmax
from tests.rows import complete, expected_of

# output: (logits of one sample, its target, its prediction, its loss)
BY_HAND = [
    # sigmoid(log 3) = 3/4, so -log(3/4) for y = 1 and -log(1/4) for y = 0.
    ("sigmoid", [log(3)], [1], [0.75], log(4 / 3)),
    ("sigmoid", [log(3)], [0], [0.75], log(4)),
    ("sigmoid", [0], [1], [0.5], log(2)),
    # With several outputs the losses of one sample add up.
    ("sigmoid", [log(3), log(3)], [1, 0], [0.75, 0.75], log(4 / 3) + log(4)),
    # e^z = 1, 2, 5, which sum to 8.
    ("softmax", [0, log(2), log(5)], [0, 0, 1], [1 / 8, 2 / 8, 5 / 8], log(8 / 5)),
    ("softmax", [0, log(2), log(5)], [1, 0, 0], [1 / 8, 2 / 8, 5 / 8], log(8)),
    # ((1 - 0)^2 + (3 - 1)^2) / 2
    ("linear", [1, 3], [0, 1], [1, 3], 2.5),
    ("sigmoid", [1000], [1], [1], 0),
    ("sigmoid", [1000], [0], [1], 1000),
    ("sigmoid", [-1000], [1], [0], 1000),
    ("sigmoid", [-1000], [0], [0], 0),
    ("softmax", [1000, -1000, 0], [1, 0, 0], [1, 0, 0], 0),
    ("softmax", [1000, -1000, 0], [0, 1, 0], [1, 0, 0], 2000),
    ("softmax", [1000, 1000, 1000], [0, 1, 0], [1 / 3] * 3, log(3)),
    ("softmax", [-1000, -1000], [0, 1], [0.5, 0.5], log(2)),
    ("linear", [1000], [-1000], [1000], 2e6),
]

OUTPUTS = {"sigmoid": 1, "softmax": 3, "linear": 2}
"""How many units each output is tried with."""


@pytest.mark.parametrize(("output", "logits", "target", "prediction", "loss"), BY_HAND)
def test_prediction_and_loss_are_the_numbers_worked_out_by_hand(
    output, logits, target, prediction, loss
):
    Z, Y = (np.array(column, float)[:, np.newaxis] for column in (logits, target))
    np.testing.assert_allclose(LOSSES[output].activation(Z).ravel(), prediction, rtol=1e-14)
    np.testing.assert_allclose(LOSSES[output].loss(Z, Y), [loss], rtol=1e-14, atol=1e-15)


def test_every_output_has_been_worked_out_by_hand():
    worked_out = {case[0] for case in BY_HAND}
    complete(worked_out, LOSSES, "predictions and losses worked out by hand", "BY_HAND", __file__)


@pytest.mark.parametrize("output", LOSSES)
def test_the_derivative_with_respect_to_the_logits_is_prediction_minus_target(rng, output):
    Z, Y = rng.normal(size=(3, 5)), np.eye(3)[:, [0, 1, 2, 0, 1]]
    loss, step = LOSSES[output].loss, 1e-6
    numeric = np.empty_like(Z)
    for i, j in np.ndindex(Z.shape):
        nudge = np.zeros_like(Z)
        nudge[i, j] = step
        numeric[i, j] = (loss(Z + nudge, Y) - loss(Z - nudge, Y))[j] / (2 * step)
    np.testing.assert_allclose(LOSSES[output].activation(Z) - Y, numeric, atol=1e-9)


@pytest.mark.parametrize("output", LOSSES)
def test_leading_axes_are_worked_through_one_by_one(rng, output):
    Z, Y = rng.normal(size=(2, 4, 3, 5)), np.eye(3)[:, [0, 1, 2, 0, 1]]
    labels = np.array([0, 1, 2, 0, 1])
    loss = LOSSES[output]
    assert loss.activation(Z).shape == Z.shape
    assert loss.loss(Z, Y).shape == loss.correct(Z, labels).shape == (2, 4, 5)
    for index in np.ndindex(2, 4):
        np.testing.assert_array_equal(loss.activation(Z)[index], loss.activation(Z[index]))
        np.testing.assert_allclose(loss.loss(Z, Y)[index], loss.loss(Z[index], Y), rtol=1e-14)
        np.testing.assert_array_equal(
            loss.correct(Z, labels)[index], loss.correct(Z[index], labels)
        )


@pytest.mark.parametrize("output", LOSSES)
def test_predictions_are_written_where_they_are_told(rng, output):
    Z = rng.normal(size=(3, 5))
    before, there = Z.copy(), np.empty_like(Z)
    assert LOSSES[output].activation(Z, out=there) is there
    np.testing.assert_array_equal(there, LOSSES[output].activation(Z))
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("output", LOSSES)
def test_the_loss_leaves_the_logits_alone(rng, output):
    Z, Y = rng.normal(size=(3, 5)), np.eye(3)[:, [0, 1, 2, 0, 1]]
    before = Z.copy()
    LOSSES[output].loss(Z, Y)
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize(
    ("output", "Z", "labels", "correct"),
    [
        # A logit of exactly 0 is a probability of one half, which counts as class 0.
        ("sigmoid", [[-0.1, 0.1, 0.0, 0.0, 5.0]], [0, 1, 0, 1, 0], [1, 1, 1, 0, 0]),
        # So does what rounding leaves of a zero.
        ("sigmoid", [[5.6e-17, -5.6e-17, 1e-13, 1e-11]], [0, 0, 1, 1], [1, 1, 0, 1]),
        ("softmax", [[1, 5, 0], [2, 4, 0], [3, 3, 1]], [2, 0, 1], [1, 1, 0]),
        # Of equal logits the first one counts.
        ("softmax", [[1, 1, 0], [1, 1, 2], [0, 1, 2]], [0, 1, 1], [1, 0, 1]),
        ("linear", [[0.4, 0.6, 1.4, 1.6]], [0, 1, 1, 1], [1, 1, 1, 0]),
    ],
)
def test_which_samples_are_classified_rightly(output, Z, labels, correct):
    rightly = LOSSES[output].correct(np.array(Z, float), np.array(labels))
    assert rightly.tolist() == [bool(value) for value in correct]


def test_softmax_columns_are_probabilities(rng):
    A = softmax(rng.normal(scale=300, size=(10, 50)))
    assert (A >= 0).all()
    np.testing.assert_allclose(A.sum(axis=0), 1, rtol=1e-14)


def test_log_sum_exp_by_hand():
    # e^z = 1, 2, 5 sum to 8; two equal enormous logits add log 2.
    Z = np.array([[0.0, 1000.0, -1000.0], [log(2), 1000.0, -2000.0], [log(5), 0.0, -3000.0]])
    np.testing.assert_allclose(log_sum_exp(Z), [[log(8), 1000 + log(2), -1000]], rtol=1e-15)


def test_log_probabilities_are_logits_minus_log_sum_exp(rng):
    Z = rng.normal(scale=5, size=(2, 10, 7))
    np.testing.assert_allclose(Z - log_sum_exp(Z), np.log(softmax(Z)), rtol=1e-12)


@pytest.mark.parametrize("output", LOSSES)
def test_a_row_is_written_in_code_that_computes_it(rng, output):
    row = LOSSES[output]
    n_y = expected_of(OUTPUTS, output, "a number of units", "OUTPUTS", __file__)
    known: dict = {"np": np}
    for code in (row.written.activation, row.written.cost, row.written.accuracy):
        exec(code.format(samples="samples"), known)
    Z, labels = 3 * rng.normal(size=(n_y, 50)), rng.integers(0, max(n_y, 2), 50)
    Y = np.eye(3)[:, labels] if output == "softmax" else np.stack([labels] * n_y).astype(float)
    np.testing.assert_allclose(known[output](Z), row.activation(Z), rtol=1e-14)
    assert known["cost"](Z, Y) == pytest.approx(row.loss(Z, Y).mean(), rel=1e-13)
    assert known["accuracy"](Z, Y) == row.correct(Z, labels).mean()
    assert "{" not in row.written.words.format(label="class").replace("{z_k}", "")
