import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.export.writing.plan import plan

MOONS = Experiment(dataset="moons", samples=101, epochs=1)
MNIST = Experiment(dataset="mnist", samples=503, dev_fraction=0.2, hidden=(64,), epochs=1)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        MOONS,
        MOONS.but(train_fraction=1.0, dev_fraction=0.0),
        MNIST,
        MNIST.but(shift="noisy", shift_strength=0.0),
        MNIST.but(samples=0, dev_fraction=0.0),
    ],
    ids=lambda e: f"{e.dataset} {e.samples} {e.dev_fraction} {e.shift}",
)
def test_a_plan_agrees_with_the_problem(experiment):
    planned, problem = plan(experiment), load(experiment)
    assert planned.n == (problem.n_x, *experiment.hidden, problem.n_y)
    assert planned.m == problem.train.m
    assert planned.sets == tuple(problem.splits)
    for place, name in enumerate(planned.drawn):
        of_each_class = np.bincount(problem.splits[name].y)
        assert [row[place] for row in planned.counts] == of_each_class.tolist()


def test_what_is_learned_whole_is_not_split():
    assert plan(Experiment()).counts == ()
    assert plan(MNIST.but(samples=0, dev_fraction=0.0)).counts == ()


def test_a_split_that_trains_on_everything_still_shuffles():
    planned = plan(MOONS.but(train_fraction=1.0, dev_fraction=0.0))
    assert planned.drawn == ("train",)
    assert planned.counts == ((51, 0), (50, 0))


def test_the_last_column_counts_what_stays_unused():
    planned = plan(MNIST)
    assert sum(map(sum, planned.counts)) == 60_000
    assert sum(row[-1] for row in planned.counts) == 60_000 - 503


@pytest.mark.parametrize(
    ("size", "expected"), [(0, None), (61, None), (62, None), (60, 60), (1, 1)]
)
def test_a_batch_of_m_or_more_is_full_batch(size, expected):
    assert plan(MOONS.but(batch_size=size)).batch_size == expected  # 61 of 101 are learned from


@pytest.mark.parametrize(
    ("experiment", "in_bands", "in_parts"),
    [
        (Experiment(), False, False),
        (MOONS.but(hidden=(512, 512)), True, False),
        (MNIST, True, False),
        (MNIST.but(hidden=(), batch_size=64), False, False),  # 10 * 784 * 64 < 2^19
        (MNIST.but(samples=6000, dev_fraction=0.0), True, True),
        (MNIST.but(samples=6000, dev_fraction=0.0, batch_size=4096), True, False),
    ],
)
def test_large_products_and_large_batches_are_known(experiment, in_bands, in_parts):
    assert (plan(experiment).is_in_bands, plan(experiment).is_in_parts) == (in_bands, in_parts)
