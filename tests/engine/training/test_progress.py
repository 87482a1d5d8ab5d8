"""What a training keeps of each replica, and where it ends, by hand."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.training.early_stopping import NEVER
from engine.training.progress import Epochs, Progress

MOONS = Experiment(dataset="moons", samples=50, hidden=())
PROBLEM = load(MOONS)
NETWORK = PROBLEM.network(MOONS)


def begun(patience=(0, 0)):
    """Progress of two replicas of a line, at theta = 0."""
    return Progress(PROBLEM, NETWORK, np.zeros((2, 3)), np.array(patience))


def over(thetas, first=0):
    """Epochs that ended with these thetas, one number in each replica's three places."""
    numbers = np.array(thetas, float)
    count = np.arange(len(numbers)) + first
    return Epochs(count, 10 * count, np.repeat(numbers[..., None], 3, axis=-1))


def taken_in(progress, epochs):
    """Let these epochs be evaluated to the end; return their history."""
    course = progress.take_in(epochs, None, parts=3)
    while True:
        try:
            next(course)
        except StopIteration as end:
            return end.value


def test_each_replica_keeps_its_last_finite_theta_and_says_where_it_left():
    progress = begun()
    with np.errstate(all="ignore"):
        taken_in(progress, over([[0, 0], [1, 2], [np.inf, 3]]))
    assert progress.kept[:, 0].tolist() == [1, 3]
    assert progress.diverged_at.tolist() == [2, NEVER]
    assert not progress.is_over
    with np.errstate(all="ignore"):
        taken_in(progress, over([[5, np.nan]], first=3))
    assert progress.kept[:, 0].tolist() == [1, 3]  # finite again comes too late
    assert progress.diverged_at.tolist() == [2, 3]
    assert progress.is_over


def test_with_patience_the_best_epoch_is_kept():
    progress = begun(patience=(2, 0))
    # Along the moons' own direction small steps help; far out the dev cost only grows.
    history = taken_in(progress, over([[0, 0], [-0.1, -0.1], [9, 9], [30, 30]]))
    best = int(np.argmin(history["dev_cost"][:, 0]))
    assert progress.best_epoch.tolist() == [best, NEVER]
    assert progress.stopped_at.tolist() == [best + 2, NEVER]
    assert progress.kept[:, 0].tolist() == [[0, -0.1][best], 30]


def test_what_overflows_in_mid_epoch_is_noted():
    progress = begun()
    theta = np.zeros((2, 3))
    theta[1, 2] = np.inf
    progress.look_at(theta, 7)
    assert progress.diverged_at.tolist() == [NEVER, 7]


def test_a_fork_goes_on_by_itself():
    progress = begun()
    twin = progress.fork()
    taken_in(twin, over([[1, 1]]))
    twin.look_at(np.full((2, 3), np.nan), 1)
    assert progress.kept.tolist() == np.zeros((2, 3)).tolist()
    assert progress.diverged_at.tolist() == [NEVER, NEVER]


@pytest.mark.parametrize("parts", [1, 3, 50])
def test_the_look_at_all_samples_stops_on_the_way_and_sees_the_same(parts):
    whole = taken_in(begun(), over([[1, 2]]))
    stopping = begun()
    assert len(list(stopping.take_in(over([[1, 2]]), None, parts))) <= parts
    for name, values in taken_in(begun(), over([[1, 2]])).items():
        np.testing.assert_array_equal(values, whole[name])
