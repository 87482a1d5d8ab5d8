"""Ties are ties: what rounding leaves of a zero names no class."""

import numpy as np
import pytest

from engine.nn.decision import ROUNDING_UNITS, ZERO, names_one, ties


@pytest.mark.parametrize(
    ("z", "is_one"),
    [
        (1e-3, True),
        (2 * ZERO, True),
        (0.0, False),
        (5.6e-17, False),
        (-5.6e-17, False),
        (-1, False),
    ],
)
def test_a_logit_names_class_1_above_zero_and_a_tie_is_class_0(z, is_one):
    assert names_one(np.array([z])).tolist() == [is_one]


def test_numbers_that_are_not_finite_name_what_their_sign_says():
    assert names_one(np.array([np.inf, -np.inf, np.nan])).tolist() == [True, False, False]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sums_that_should_cancel_are_ties_whatever_the_size_of_their_terms(rng, dtype):
    halves = rng.normal(size=(2000, 5)) * 10 ** rng.uniform(-3, 6, (2000, 1))
    terms = np.concatenate([halves, -halves], axis=1).astype(dtype)
    Z = rng.permuted(terms, axis=1).cumsum(axis=1, dtype=dtype)[:, -1]
    size = np.abs(terms).sum(axis=1)
    assert ties(Z, size).all()
    assert not ties(Z + 1e3 * np.finfo(dtype).eps * size + 1e-3, size).any()


def test_what_overflowed_is_no_tie():
    Z, size = np.array([np.inf, -np.inf, np.nan, 1.0]), np.array([np.inf, np.inf, np.nan, np.inf])
    assert not ties(Z, size).any()


def test_the_tolerance_is_no_wider_than_it_says():
    size, eps = np.array([1.0, 1e6]), np.finfo(np.float64).eps
    edge = np.maximum(ZERO, ROUNDING_UNITS * eps * size)
    assert ties(0.99 * edge, size).all()
    assert not ties(1.01 * edge, size).any()
