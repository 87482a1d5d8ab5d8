"""One stream of chance per purpose and seed."""

import itertools

import numpy as np
import pytest

from engine.experiment.streams import stream

PURPOSES = ["data", "split", "initialization", "batches", "dropout", "symmetry", "shift", "series"]


def test_every_purpose_and_every_seed_has_draws_of_its_own():
    draws = {
        stream(seed, purpose).random() for seed, purpose in itertools.product(range(20), PURPOSES)
    }
    assert len(draws) == 20 * len(PURPOSES)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_same_seed_and_purpose_give_the_same_draws(purpose):
    first, again = stream(3, purpose).random(5), stream(3, purpose).random(5)
    np.testing.assert_array_equal(first, again)


def test_an_unknown_purpose_is_an_error():
    with pytest.raises(ValueError, match="not in"):
        stream(0, "weather")
