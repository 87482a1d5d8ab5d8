"""Several experiments in training: the same numbers as alone, whenever they are looked at."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
from engine.training.workers import Workers
from pages._kit.training import job as jobs
from pages._kit.training.job import Job

QUICK = Experiment(epochs=20)
ALIKE = [QUICK.but(initializer=name) for name in ("zeros", "xavier", "he")]
UNLIKE = [QUICK, QUICK.but(hidden=(5,)), QUICK.but(learning_rate=1000.0, l2=1000.0)]


def finished(experiments, **options):
    job = Job(experiments, **options)
    job.work(60)
    return job


@pytest.mark.parametrize("experiments", [ALIKE, UNLIKE], ids=["stacked", "one after another"])
def test_each_run_is_the_one_it_is_alone(experiments):
    job = finished(experiments)
    assert job.finished
    assert job.done() == [True] * 3
    for experiment, found in zip(experiments, job.runs(), strict=True):
        alone = run(experiment)
        assert found.experiment == experiment
        assert found.diverged_at == alone.diverged_at
        for name, values in alone.history.items():
            np.testing.assert_allclose(found.history[name], values, rtol=1e-9, atol=1e-12)


def test_before_any_work_every_run_shows_its_start():
    job = Job(UNLIKE)
    assert [list(found.history["epoch"]) for found in job.runs()] == [[0]] * 3
    assert (job.finished, job.share, job.done()) == (False, 0.0, [False] * 3)


def test_the_starts_are_looked_at_in_moments_as_well(monkeypatch):
    job, counts = Job(UNLIKE), []
    clock = iter(range(10**6))
    monkeypatch.setattr(jobs.time, "monotonic", lambda: next(clock))
    while not job.has_start:
        job.work(2)
        counts.append(job.version)
    assert counts == [1, 2]  # of two stacks
    assert [len(found.history["epoch"]) for found in job.runs()] == [1] * 3


def test_at_most_two_trainers_are_held_at_a_time():
    job, held = Job([QUICK.but(hidden=(k + 1,), epochs=400) for k in range(8)]), []
    job.look()
    while not job.finished:
        job.work(0.0001)
        held.append(sum(recording._trainer is not None for recording in job._recordings))
    assert max(held) <= 2
    assert held[-1] == 0


def test_it_comes_to_its_end_in_moments_and_says_how_far_it_is(monkeypatch):
    job, seen = Job(UNLIKE), [0.0]
    clock = iter(range(10**6))
    monkeypatch.setattr(jobs.time, "monotonic", lambda: next(clock))
    while not job.finished:
        job.work(2)
        seen.append(job.share)
    assert seen == sorted(seen)
    assert len(seen) > 2
    assert seen[-1] == 1


def test_the_version_grows_when_there_is_more_to_see():
    job = Job(ALIKE)
    job.look()
    before = job.version
    job.look()
    assert job.version == before
    job.work(60)
    assert job.version > before


def test_runs_are_put_together_once_a_version():
    job = finished(ALIKE)
    assert job.runs() is job.runs()


def test_all_runs_of_a_job_keep_a_bounded_number_of_weights():
    many = [QUICK.but(hidden=(12,) * 6, seed=seed, epochs=200) for seed in range(6)]
    for most, snapshots in ((jobs.BYTES, 61), (jobs.BYTES, 5)):
        kept = [found.snapshots.thetas for found in finished(many, snapshots=snapshots).runs()]
        assert sum(thetas.nbytes for thetas in kept) <= most
        assert {len(thetas) for thetas in kept} == {snapshots}


def test_large_networks_keep_fewer_of_them(monkeypatch):
    monkeypatch.setattr(jobs, "BYTES", 4 * 13 * 8 * 3)
    kept = [found.snapshots.thetas for found in finished(ALIKE).runs()]
    assert {len(thetas) for thetas in kept} == {4}


def test_no_epochs_are_over_at_once():
    job = finished([QUICK.but(epochs=0)])
    assert (job.finished, job.share) == (True, 1.0)


@pytest.fixture(scope="module")
def workers():
    with Workers(2) as workers:
        yield workers


LONG = [QUICK.but(hidden=(k,), epochs=1000) for k in (3, 4, 5, 6)]


@pytest.mark.parametrize("options", [{}, {"stacked": False}, {"is_brief": True}, {"snapshots": 3}])
def test_elsewhere_not_a_bit_is_another(workers, options):
    some = [*ALIKE, *UNLIKE]
    here, there = finished(some, **options), Job(some, **options)
    while not there.finished:
        there.wait(workers, 5)
    assert there.done() == [True] * len(some)
    for found, expected in zip(there.runs(), here.runs(), strict=True):
        assert found.experiment == expected.experiment
        assert found.theta.tobytes() == expected.theta.tobytes()
        assert list(found.history) == list(expected.history)
        for name, values in expected.history.items():
            assert found.history[name].tobytes() == values.tobytes()
        assert found.snapshots.epochs.tobytes() == expected.snapshots.epochs.tobytes()
        assert found.snapshots.thetas.tobytes() == expected.snapshots.thetas.tobytes()


def test_elsewhere_it_is_seen_run_by_run_and_says_how_far_it_is():
    job, shares, versions = Job(LONG), [0.0], [0]
    with ThreadPoolExecutor(1) as executor:
        while not job.finished:
            job.wait(executor, 5)
            shares.append(job.share)
            versions.append(job.version)
            assert [len(found.history["epoch"]) > 1 for found in job.runs()] == job.done()
    assert shares == sorted(shares)
    assert versions == sorted(versions)
    assert len(set(shares)) == len(LONG) + 1
    assert shares[-1] == 1


def test_what_was_called_off_can_be_gone_on_with_here(workers):
    job = Job(LONG)
    job.wait(workers, 0.001)
    job.stop()
    job.work(60)
    assert job.finished
    job.wait(workers, 0.001)
    assert job.done() == [True] * 4


def test_a_worker_that_is_killed_meanwhile_costs_time_and_nothing_else():
    wide = [QUICK.but(hidden=(30,) * 4, epochs=700, seed=seed) for seed in (0, 1)]
    job, expected = Job(wide, stacked=False), finished(wide, stacked=False)
    with Workers(1) as workers:
        process = workers.submit(os.getpid).result()
        job.wait(workers, 0.1)
        assert not any(job.done())
        os.kill(process, signal.SIGKILL)
        while not job.finished:
            job.wait(workers, 5)
        assert workers.submit(os.getpid).result() != process
    for found, other in zip(job.runs(), expected.runs(), strict=True):
        assert found.theta.tobytes() == other.theta.tobytes()
