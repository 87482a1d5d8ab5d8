import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.inspection.depth import View
from pages._kit.training.job import Job
from pages._vanishing.profiles import Profiles

PAIR = (
    Experiment(dataset="circles", hidden=(5,) * 4, activation="tanh", epochs=600),
    Experiment(dataset="circles", hidden=(5,) * 4, activation="relu", epochs=600),
)


def test_a_job_is_looked_at_as_it_goes_on():
    job = Job(PAIR)
    profiles = Profiles(job)
    seen = profiles.of(0, job.runs()[0])
    assert seen.epochs.tolist() == [0]
    assert seen.profile.gradient.shape == (1, 5)
    job.work(60)
    for k, run in enumerate(job.runs()):
        seen = profiles.of(k, run)
        assert seen.epochs.tolist() == run.snapshots.epochs.tolist()
        expected = View.of(run.experiment).profiles(run.snapshots.thetas)
        for values, wanted in zip(seen.profile, expected, strict=True):
            np.testing.assert_allclose(values, wanted, rtol=1e-9)
        np.testing.assert_array_equal(seen.at(-1).gradient, seen.profile.gradient[-1])


def test_nothing_is_looked_at_twice(monkeypatch):
    job = Job(PAIR[:1])
    job.work(60)
    profiles = Profiles(job)
    first = profiles.of(0, job.runs()[0])
    monkeypatch.setattr(View, "profiles", lambda *_: pytest.fail("it is known"))
    again = profiles.of(0, job.runs()[0])
    np.testing.assert_array_equal(first.profile.gradient, again.profile.gradient)


@pytest.mark.parametrize(("dataset", "dtype"), [("moons", "float64"), ("mnist", "float32")])
def test_it_is_known_what_kind_of_numbers_are_used(dataset, dtype):
    assert Profiles(Job([Experiment(dataset=dataset, epochs=1)])).dtype == dtype
