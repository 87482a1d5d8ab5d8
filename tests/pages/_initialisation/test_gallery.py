"""A job's frames: computed once, in step with each other, and the same however one looks."""

import numpy as np
import pytest

from engine.diagnosis.verdicts import samples
from engine.experiment.experiment import Experiment
from engine.inspection.field import field
from engine.inspection.probes import probe
from engine.nn.network import Network
from pages._initialisation import gallery, schemes
from pages._initialisation.gallery import SIDE, Gallery
from pages._kit.lineup import quantised
from pages._kit.training.job import Job

BASE = Experiment(
    dataset="circles", samples=100, dev_fraction=0.0, hidden=(4, 4), activation="tanh",
    learning_rate=0.3, epochs=40,
)  # fmt: skip


def job(*names, **knobs):
    return Job(schemes.experiments(BASE.but(**knobs), names))


def finished(*names, **knobs):
    whole = job(*names, **knobs)
    whole.work(60)
    assert whole.finished
    return whole


def test_every_frame_is_the_network_of_its_epoch():
    trained = finished("he", "zeros")
    seen = Gallery(trained)
    picture = seen.look()
    net = Network((2, 4, 4, 1), "tanh", "sigmoid")
    X, Y = samples(seen.problem)
    assert picture.epochs.tolist() == trained.runs()[0].snapshots.epochs.tolist()
    for run, frames in zip(trained.runs(), picture.frames, strict=True):
        for k in (0, 7, -1):
            theta = run.snapshots.thetas[k]
            p = field(net, theta, ("x1", "x2"), None, seen.view, SIDE).p
            levels = quantised(p).astype(int)
            assert np.abs(frames.fields[k].astype(int) - levels).max() <= 1  # float32 rounds
            alone = probe(net, theta, X, Y)
            np.testing.assert_allclose(frames.statistics.gradient_rms[k], alone.gradient_rms)


def test_what_is_looked_at_on_the_way_ends_in_the_same_pictures():
    watched, whole = job("he", "large", epochs=600), finished("he", "large", epochs=600)
    watching, looks = Gallery(watched), 0
    while not watched.finished:
        watching.look()
        looks += 1
        watched.work(0)
        for recording in watched._recordings:
            recording.go_on()
        watched.version += 1
    assert looks > 2
    picture, expected = watching.look(), Gallery(whole).look()
    np.testing.assert_array_equal(picture.epochs, expected.epochs)
    for mine, theirs in zip(picture.frames, expected.frames, strict=True):
        np.testing.assert_array_equal(mine.fields, theirs.fields)
        for a, b in zip(mine.statistics, theirs.statistics, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12)


def test_nothing_is_computed_twice(monkeypatch):
    counted, real = [], gallery.layer_statistics
    monkeypatch.setattr(
        gallery,
        "layer_statistics",
        lambda net, thetas, *rest: (counted.append(len(thetas)), real(net, thetas, *rest))[1],
    )
    half = job("he", "zeros", epochs=600)
    seen = Gallery(half)
    seen.look()
    assert seen.look() is seen.look()
    half.work(60)
    picture = seen.look()
    assert sum(counted) == 2 * len(picture.epochs)


@pytest.mark.filterwarnings("error")
def test_a_run_that_diverges_keeps_the_frames_it_has_in_step():
    trained = finished(
        "zeros", "he", hidden=(16,) * 10, activation="relu", init_scale=100.0, learning_rate=1000.0
    )
    picture = Gallery(trained).look()
    zeros, he = picture.frames
    assert picture.verdicts[1].kind == "diverged"
    assert len(zeros.fields) == len(picture.epochs)
    assert 1 <= len(he.fields) < len(zeros.fields)
    assert len(he.fields) == len(he.statistics.dead)


@pytest.mark.filterwarnings("error")
def test_where_all_diverge_there_is_the_start():
    knobs = {"hidden": (16,) * 10, "activation": "relu", "learning_rate": 1000.0}
    picture = Gallery(finished("he", "large", init_scale=100.0, **knobs)).look()
    assert [verdict.kind for verdict in picture.verdicts] == ["diverged", "diverged"]
    assert all(len(frames.fields) for frames in picture.frames)
    assert picture.epochs[0] == 0


def test_digits_have_no_field():
    picture = Gallery(finished("he", "zeros", dataset="mnist", epochs=2)).look()
    assert picture.frames[0].fields.shape == (3, 0, 0)
