"""Who is ahead by each clock, in words."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.timed import CLOCKS, Trace
from pages._batches import sizes
from pages._batches.sentences import names, told, verdict

MOONS = Experiment(dataset="moons", samples=100, train_fraction=0.5, epochs=4)


def traced(updates, cost, each=1.0):
    updates = np.array(updates, float)
    clocks = {
        "updates": updates,
        "epochs": updates / each,
        "samples": 50 * updates / each,
        "seconds": 1e-4 * updates * (2 if each == 1 else 1),
    }
    return Trace(clocks, np.array(cost, float), np.empty(0, int), np.empty((0, 1)))


FULL = traced([0, 1, 2, 4], [1.0, 0.9, 0.8, 0.6])
MINI = traced([0, 5, 10, 20], [1.0, 0.6, 0.3, 0.2], each=5.0)
WILD = traced([0, 5, 10, 20], [1.0, 3.0, 1.0, 1.5], each=5.0)


def said_of(*traces, is_over=True):
    """What is said of the first so many sizes, the full batch last."""
    chosen = [1, 16, 0][-len(traces) :]
    return told([MOONS.but(batch_size=size) for size in chosen], traces, is_over)


def test_each_clock_has_its_own_winner():
    assert said_of(MINI, FULL) == {
        "updates": "B = m is ahead. "
        "A cost of 0.600 takes 4 updates with B = m and 5 updates with B = 16.",
        "epochs": "B = 16 is ahead after 4 epochs. Cost: 0.200 for B = 16 and 0.600 for B = m.",
        "samples": "B = 16 is ahead after 200 samples. Cost: 0.200 for B = 16 and 0.600 for B = m.",
        "seconds": "B = 16 is ahead. "
        "A cost of 0.600 takes 0.500 ms with B = 16 and 0.800 ms with B = m.",
    }


def test_those_that_got_nowhere_are_left_out_and_named():
    said = said_of(WILD, MINI, FULL)
    assert said["updates"].startswith("B = m is ahead. A cost of 0.600 takes 4 updates with B = m")
    assert said["updates"].endswith("B = 1 never got below the start.")
    assert said["epochs"].endswith("0.600 for B = m and 1.50 for B = 1.")
    assert said_of(WILD)["seconds"] == "None got below the cost it began with."


def test_equals_are_ahead_together():
    assert said_of(MINI, MINI)["updates"].startswith("B = 16 and B = m are ahead. A cost of 0.200")


def test_a_training_under_way_is_told_so_far():
    assert all(said.startswith("So far: ") for said in said_of(MINI, is_over=False).values())


def test_what_has_no_moment_at_all_is_said():
    nothing = Trace(dict.fromkeys(CLOCKS, np.empty(0)), *[np.empty(0)] * 2, np.empty((0, 1)))
    assert said_of(nothing, nothing)["epochs"] == "All left the finite numbers at once."
    ahead = said_of(nothing, MINI)["epochs"]
    assert ahead == "B = m is ahead after 4 epochs. Cost: 0.200 for B = m."


@pytest.mark.parametrize(
    ("size", "name", "how"),
    [
        (1, "B = 1, stochastic", "50 updates an epoch, α = 2."),
        (16, "B = 16, mini-batch", "4 updates an epoch, α = 2."),
        (0, "B = m = 50, full batch", "1 update an epoch, α = 2."),
        (64, "B = m = 50, full batch", "1 update an epoch, α = 2."),
    ],
)
def test_a_size_by_its_name(size, name, how):
    experiment = MOONS.but(batch_size=size)
    assert sizes.name(experiment) == name
    assert verdict(experiment).replace("\N{NO-BREAK SPACE}", " ") == how


def test_sizes_of_m_and_more_are_full_batch_once():
    assert sizes.kept(MOONS, ("1", "16", "64", "512", "0")) == ["1", "16", "0"]
    assert sizes.kept(MOONS, ("1", "16")) == ["1", "16"]
    assert sizes.kept(MOONS, ("512",)) == ["0"]
    found = sizes.experiments(MOONS, ("1", "0"), (0.1, 0.5))
    assert [(e.batch_size, e.learning_rate) for e in found] == [(1, 0.1), (0, 0.5)]
    assert names(found) == ["A: B = 1", "B: B = m"]
