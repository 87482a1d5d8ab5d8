import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.explain import Contributions, contributions
from engine.inspection.gates import CLEAR, COUNTS, gates
from engine.nn.decision import names_one
from engine.training.sweep import sweep

SEEDS = 40
RATES = {"sigmoid": 2.0, "tanh": 0.5, "relu": 0.5}


def made(activations, weights, bias):
    """What a last hidden layer of these activations (n, m) hands on with these weights (n,)."""
    activations = np.array(activations, dtype=float)
    parts = np.array(weights, dtype=float)[:, None] * activations
    z = parts.sum(axis=0) + bias
    return Contributions(activations, parts, bias, z, 1 / (1 + np.exp(-z)))


def trained(units, activation):
    """What trained networks of one hidden layer make of XOR, from many seeds."""
    base = Experiment(hidden=(units,), activation=activation, learning_rate=RATES[activation])
    for done in sweep([base.but(seed=seed) for seed in range(SEEDS)], snapshots=2):
        problem = load(done.experiment)
        yield contributions(problem.network(done.experiment), done.theta, problem.train.X)


OR, AND, NAND = [0, 1, 1, 1], [0, 0, 0, 1], [1, 1, 1, 0]
FIRST, SECOND = [0, 1, 0, 0], [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("activations", "weights", "bias", "joined"),
    [
        ([OR, AND], [10, -20], -5, "all"),
        ([OR, NAND], [10, 10], -15, "all"),
        ([FIRST, SECOND], [10, 10], -5, "any"),
        ([OR], [1], -0.5, "all"),  # of a single one both is true
        ([OR, FIRST], [1, 1], 1, ""),  # it says 1 everywhere
        ([OR, [0, 1, 1, 2]], [1, 1], -0.5, ""),  # one is not clear
    ],
)
def test_what_is_joined_is_named(activations, weights, bias, joined):
    assert gates(made(activations, weights, bias)).joined == joined


def test_a_unit_is_on_where_it_is_near_its_greatest_whatever_the_sign_of_its_weight():
    read = gates(made([OR, AND], [10, -20], -5))
    assert read.is_on.astype(int).tolist() == [OR, AND]
    assert read.favours.tolist() == [True, False]
    assert read.votes.astype(int).tolist() == [OR, NAND]
    assert read.says.astype(int).tolist() == [0, 1, 1, 0]


def test_a_unit_between_on_and_off_is_not_named():
    read = gates(made([[0, 1, 1, 2]], [1], -0.5))
    assert read.is_clear.tolist() == [False]
    assert read.joined == ""
    nearly = CLEAR - 0.01
    assert gates(made([[0, nearly, 1 - nearly, 1]], [1], -0.5)).is_clear.tolist() == [True]


def test_a_unit_that_hardly_moves_the_sum_does_not_count():
    read = gates(made([AND, OR], [COUNTS / 2, 1], -0.5))
    assert read.counts.tolist() == [False, True]
    assert read.votes.shape == (1, 4)


def test_units_that_never_move_do_not_count_at_all():
    read = gates(made([[0.5] * 4, [0.5] * 4], [1, -1], 0))
    assert not read.counts.any()
    assert read.joined == ""


@pytest.mark.parametrize("activation", RATES)
@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_what_is_read_is_so_in_trained_networks(units, activation):
    for taken in trained(units, activation):
        read = gates(taken)
        assert (read.says == names_one(taken.z)).all()
        for unit in np.flatnonzero(read.counts):
            a, part, on = taken.activations[unit], taken.parts[unit], read.is_on[unit]
            assert a[on].min() > a[~on].max()
            assert (part[on].min() > part[~on].max()) == read.favours[unit]
            distance = np.minimum(a - a.min(), a.max() - a) / np.ptp(a)
            assert read.is_clear[unit] == (distance <= CLEAR).all()
        if read.joined:
            join = {"all": np.all, "any": np.any}[read.joined]
            assert (join(read.votes, axis=0) == read.says).all()


def test_two_sigmoid_units_that_solve_xor_can_always_be_told():
    solved = [t for t in trained(2, "sigmoid") if names_one(t.z).tolist() == [0, 1, 1, 0]]
    assert len(solved) > SEEDS / 2
    for taken in solved:
        assert gates(taken).joined
