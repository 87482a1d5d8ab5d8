"""The fields of a job by the clock are worked out once each, however often it is looked at."""

import numpy as np

from engine.experiment.experiment import Experiment
from engine.inspection.field import field
from pages._batches import pictures
from pages._batches.pictures import SIDE, Pictures
from pages._kit.lineup import quantised
from pages._kit.training.timed_job import TimedJob

MOONS = Experiment(
    dataset="moons", samples=60, hidden=(4,), activation="tanh", epochs=400, batch_size=5
)


def test_only_new_thetas_are_worked_out(monkeypatch):
    work, seen = pictures.fields, []

    def noted(network, thetas, *rest):
        seen.append(len(thetas))
        return work(network, thetas, *rest)

    monkeypatch.setattr(pictures, "fields", noted)
    job = TimedJob([MOONS, MOONS.but(batch_size=0)])
    job.look()
    Pictures(job)
    while job.share <= 0.2:
        job.work(0.01)
    Pictures(job)
    job.work(60)
    last = Pictures(job)
    assert sum(seen) == sum(len(trace.thetas) for trace in job.traces())
    assert [len(each) for each in last.fields] == [len(trace.thetas) for trace in job.traces()]


def test_a_field_is_that_of_its_theta():
    job = TimedJob([MOONS.but(epochs=3)])
    job.work(60)
    seen = Pictures(job)
    (trace,), network = job.traces(), seen.problem.network(MOONS)
    alone = field(network, trace.thetas[-1], MOONS.features, None, seen.view, SIDE)
    np.testing.assert_allclose(
        seen.fields[0][-1].astype(int), quantised(alone.p).astype(int), atol=1
    )


def test_where_there_is_no_plane_of_two_classes_there_are_no_fields():
    job = TimedJob([MOONS.but(dataset="blobs", epochs=1)])
    job.work(60)
    assert Pictures(job).fields == [None]
