import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.inspection.field import field
from pages._kit.lineup import quantised
from pages._kit.training.job import Job
from pages._regularisation import pictures
from pages._regularisation.pictures import GRID, Pictures, around

BASE = Experiment(
    dataset="moons", samples=60, noise=0.2, train_fraction=0.4, dev_fraction=0.4, hidden=(4,),
    learning_rate=0.5, epochs=30,
)  # fmt: skip


def finished(*experiments, frames=9):
    job = Job(experiments, frames)
    job.work(60)
    return Pictures(job)


def test_a_picture_is_the_field_of_its_snapshot():
    seen = finished(BASE, BASE.but(l2=1.0))
    run, drawn = seen.runs[1], seen.fields[1]
    assert len(drawn) == len(seen.epochs) == len(run.snapshots.epochs)
    p = field(network_of(BASE), run.snapshots.thetas[-1], ("x1", "x2"), None, seen.view, GRID).p
    # float32 is enough: no cell differs by more than one step of 256
    assert np.abs(drawn[-1].astype(int) - quantised(p).astype(int)).max() <= 1


def test_as_a_job_goes_on_each_field_is_worked_out_once_and_all_are_as_from_scratch(monkeypatch):
    job, drawn = Job([BASE, BASE.but(l2=1.0)], 9), []

    def counted(network, thetas, *rest):
        drawn.append(len(thetas))
        return field(network, thetas, *rest)

    monkeypatch.setattr(pictures, "field", counted)
    while not job.finished:
        job.work(1e-3)
        seen = Pictures(job)
    assert sum(drawn) == sum(map(len, seen.fields))
    for mine, afresh in zip(seen.fields, finished(BASE, BASE.but(l2=1.0)).fields, strict=True):
        np.testing.assert_array_equal(mine, afresh)


def test_a_run_that_was_stopped_keeps_its_best_network_as_its_last_picture():
    seen = finished(BASE, BASE.but(patience=1, learning_rate=30.0))
    run = seen.runs[1]
    assert run.stopped_at is not None
    assert seen.frame_epochs[1][-1] == run.best_epoch
    gap = seen.readings(1)["Gap in points"].values[-1]
    history = run.history
    assert (
        gap == history["train_accuracy"][run.best_epoch] - history["dev_accuracy"][run.best_epoch]
    )


def test_the_readings_are_errors_at_the_frames():
    seen = finished(BASE)
    readings = seen.readings(0)
    history = seen.runs[0].history
    assert readings["Train error"].values == pytest.approx(
        1 - history["train_accuracy"][seen.epochs]
    )


def test_every_training_and_dev_point_lies_in_the_square_that_is_drawn():
    problem = load(BASE)
    x1_from, x1_to, x2_from, x2_to = around(problem)
    assert x1_to - x1_from == pytest.approx(x2_to - x2_from)
    seen = problem.points[np.concatenate([problem.train.index, problem.dev.index])]
    assert (seen > [x1_from, x2_from]).all()
    assert (seen < [x1_to, x2_to]).all()


def test_digits_have_readings_and_no_plane():
    pictures = finished(BASE.but(dataset="mnist", samples=50, epochs=1))
    assert pictures.fields == [None]
    assert pictures.view is None
    assert pictures.points == {}
    assert len(pictures.readings(0)["Dev error"].values) == 2
