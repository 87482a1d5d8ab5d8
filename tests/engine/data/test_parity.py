"""Parity: the whole truth table, nothing drawn."""

import numpy as np
import pytest

from engine.data.tables import DATASETS

generate = DATASETS["parity"].generate


@pytest.mark.parametrize("bits", [1, 2, 5, 10])
def test_every_combination_occurs_once_counted_upwards(rng, bits):
    points, labels = generate(rng, 4, 0.0, bits, 2)
    assert points.shape == (2**bits, bits)
    assert points.dtype == np.float64
    assert labels.dtype == np.uint8
    # The first column is worth most: reading a row as a number gives its place.
    np.testing.assert_array_equal(points @ 2.0 ** np.arange(bits)[::-1], np.arange(2**bits))


@pytest.mark.parametrize("bits", [1, 2, 5, 10])
def test_flipping_any_one_bit_flips_the_label(rng, bits):
    _, labels = generate(rng, 4, 0.0, bits, 2)
    assert labels[0] == 0
    rows = np.arange(2**bits)
    for place in range(bits):
        assert (labels[rows] != labels[rows ^ (1 << place)]).all()


def test_three_bits_by_hand(rng):
    # 000 001 010 011 100 101 110 111 hold 0 1 1 2 1 2 2 3 ones.
    assert generate(rng, 4, 0.0, 3, 2)[1].tolist() == [0, 1, 1, 0, 1, 0, 0, 1]


def test_two_bits_are_xor(rng):
    parity, xor = (DATASETS[name].generate(rng, 4, 0.0, 2, 2) for name in ("parity", "xor"))
    np.testing.assert_array_equal(parity[0], xor[0])
    np.testing.assert_array_equal(parity[1], xor[1])


def test_samples_and_noise_change_nothing(rng):
    plain, other = generate(rng, 4, 0.0, 4, 2), generate(rng, 999, 0.5, 4, 2)
    np.testing.assert_array_equal(plain[0], other[0])
    np.testing.assert_array_equal(plain[1], other[1])
    assert DATASETS["parity"].fixed
