"""A job by the clock: its traces are shared, and it is trained on this machine alone."""

from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.training import cache, executors
from pages._kit.training.timed_job import TimedJob

TWO = tuple(Experiment(epochs=20, batch_size=size) for size in (1, 0))


def test_traces_are_those_of_the_runs_and_made_once():
    job = TimedJob(TWO)
    job.work(60)
    assert job.finished
    runs, traces = job.runs(), job.traces()
    assert job.traces() is traces
    for done, trace, experiment in zip(runs, traces, TWO, strict=True):
        assert (done.theta == run(experiment).theta).all()
        assert trace.cost[-1] == done.final("train_cost")
    assert [trace.end("updates") for trace in traces] == [80, 20]


def test_it_is_never_sent_elsewhere(monkeypatch):
    monkeypatch.setattr(cache, "ELSEWHERE", 0.0)
    asked = []
    monkeypatch.setattr(executors, "executor", lambda: asked.append(True))
    job = TimedJob(TWO)
    cache.work(job, 60)
    assert job.finished
    assert asked == []
    cache.work(cache.job(TWO), 60)
    assert asked


def test_all_who_ask_share_it_and_its_thetas_are_counted():
    job = cache.timed_job(TWO)
    assert cache.timed_job(TWO) is job
    cache.work(job, 60)
    held = sum(trace.thetas.nbytes for trace in job.traces())
    cache.shared.charge(job)
    assert cache.shared.bytes >= held > 0
    cache.shared.forget(("timed job", TWO))
