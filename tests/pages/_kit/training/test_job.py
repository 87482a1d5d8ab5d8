"""Several experiments in training: the same numbers as alone, whenever they are looked at."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
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
