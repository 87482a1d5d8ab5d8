"""The coach's first button makes a run better, leads in no circle, and healthy runs are left alone.

Small shares of `python -m tests.coaching`, which draws as many runs as one likes.
"""

import itertools

import numpy as np
import pytest

from pages._shared.atlas import LENSES
from tests.coaching import healthy
from tests.coaching.harness import (
    chain,
    coached,
    healthy_runs,
    reads_digits_well,
    tally,
    turned_at_random,
)

BETTER = 0.98
"""So large a share of the first buttons has to help."""

BASES = {
    "xor": LENSES["xor"].defaults,
    # A thousand digits train in the time that the ten thousand test digits take to be read.
    "mnist": LENSES["mnist"].defaults.but(samples=1000),
}


@pytest.mark.slow
@pytest.mark.parametrize(("page", "seed"), itertools.product(BASES, range(4)))
def test_the_first_button_helps_and_nobody_at_chance_is_left_without_a_word(page, seed):
    found = tally(LENSES[page], BASES[page], seed, 75)
    assert found.offered >= 15
    assert len(found.failed) <= (1 - BETTER) * found.offered
    assert found.silent_at_chance == []
    assert found.back == []


@pytest.mark.parametrize("seed", range(3))
def test_pressing_the_first_button_again_and_again_comes_to_an_end_somewhere_new(seed):
    lens, rng = LENSES["xor"], np.random.default_rng(seed)
    for _ in range(5):
        passed = chain(turned_at_random(lens, lens.defaults, rng), lens)
        assert len(set(passed)) == len(passed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_healthy_runs_of_the_plane_are_left_alone(seed):
    rng = np.random.default_rng(seed)
    assert alarms("xor", healthy_runs(healthy.planar(rng), 75)) == []


@pytest.mark.slow
def test_networks_that_read_digits_well_are_left_alone():
    rng = np.random.default_rng(0)
    assert alarms("mnist", healthy_runs(healthy.digits(rng), 3, reads_digits_well)) == []


def alarms(page, runs):
    """What is said of runs that should be left alone."""
    lens = LENSES[page]
    return [
        (one.experiment, advice.finding.name)
        for one in runs
        for advice in coached(one.experiment, lens).advice
    ]
