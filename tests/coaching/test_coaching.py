"""The coach's first button makes a run better, leads in no circle, and healthy runs are left alone.

A share of what `python -m tests.coaching` draws, which has 300 runs of a page and as many healthy
ones; COACHING_RUNS=300 draws them here.
"""

import os

import numpy as np
import pytest

from pages._pages.registry import LENSES
from tests.coaching import healthy
from tests.coaching.harness import (
    chain,
    coached,
    healthy_runs,
    reads_digits_well,
    survey,
    turned_at_random,
)

BETTER = 0.98
"""So large a share of the first buttons has to help."""

RUNS = int(os.environ.get("COACHING_RUNS", "60"))

BASES = {
    "xor": LENSES["xor"].defaults,
    # A thousand digits train in the time that the ten thousand test digits take to be read.
    "mnist": LENSES["mnist"].defaults.but(samples=1000, epochs=2),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "seed", "share"), [("xor", 0, 0.5), ("xor", 1, 0.5), ("mnist", 0, 0.1)]
)
def test_the_first_button_helps_and_nobody_at_chance_is_left_without_a_word(page, seed, share):
    found = survey(LENSES[page], BASES[page], seed, round(share * RUNS))
    assert found.offered >= 0.2 * found.runs
    assert len(found.failed) <= (1 - BETTER) * found.offered
    assert found.silent_at_chance == []
    assert found.back == []


def test_pressing_the_first_button_again_and_again_comes_to_an_end_somewhere_new():
    lens, rng = LENSES["xor"], np.random.default_rng(3)
    for _ in range(5):
        passed = chain(turned_at_random(lens, lens.defaults, rng), lens)
        assert len(set(passed)) == len(passed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_healthy_runs_of_the_plane_are_left_alone(seed):
    rng = np.random.default_rng(seed)
    assert alarms("xor", healthy_runs(healthy.planar(rng), RUNS // 2)) == []


@pytest.mark.slow
def test_networks_that_read_digits_well_are_left_alone():
    rng = np.random.default_rng(0)
    assert alarms("mnist", healthy_runs(healthy.digits(rng), 1, reads_digits_well, at_once=1)) == []


def alarms(page, runs):
    """What is said of runs that should be left alone."""
    lens = LENSES[page]
    return [
        (run.experiment, advice.finding.name)
        for run in runs
        for advice in coached(run.experiment, lens).advice
    ]
