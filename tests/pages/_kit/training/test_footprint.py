"""What a thing is said to hold is what it holds."""

import gc
import tracemalloc

import numpy as np
import pytest

from engine.data import mnist
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.training.footprint import footprint
from pages._kit.training.job import Job
from pages._kit.training.live import Live

WIDE = Experiment(hidden=(12,) * 6, epochs=300, dataset="moons")
DIGITS = Experiment(dataset="mnist", samples=500, hidden=(64,), epochs=2, batch_size=32)


def a_job():
    job = Job([WIDE.but(seed=seed) for seed in range(6)])
    job.work(0.1)
    return job


MADE = {
    "run": lambda: run(WIDE),
    "job under way": a_job,
    "job of digits": lambda: [job := Job([DIGITS.but(seed=k) for k in range(4)], 9), job.look()],
    "watched training": lambda: Live(DIGITS),
    "arrays": lambda: {"a": np.ones(10**5), "b": [np.ones((3, 10**4))]},
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_it_is_what_python_and_numpy_have_allocated_for_it(make):
    mnist.load()
    make()  # what is remembered for good is not its own
    gc.collect()
    tracemalloc.start()
    thing = make()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert footprint(thing) == pytest.approx(held, rel=0.25, abs=5e4)


def test_a_view_counts_as_all_that_it_keeps_alive():
    assert footprint(np.ones(1000)[:3]) == 8000


def test_what_is_met_twice_counts_once():
    array = np.ones(1000)
    assert footprint([array, array[:5], {"again": array}]) < 8000 + 1000


def test_the_digits_are_everybodys():
    assert footprint(mnist.load()) < 1000


def test_what_refers_to_itself_has_an_end():
    ring = []
    ring.append(ring)
    assert footprint(ring) < 200
