import itertools
import threading
import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment import effort
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.inspection.depth import depth_study
from engine.training.run import run
from engine.training.trainer import Trainer
from pages._kit.knobs.lens import Lens
from pages._kit.training import cache
from pages._kit.training.job import Job
from pages._kit.training.queue import BusyError, Turn
from tests.pages.offers import at_the_ends

pytestmark = pytest.mark.usefixtures("prepared")

QUICK = Experiment(epochs=3)
EVERYTHING = Lens(path="all", defaults=QUICK, knobs=tuple(KNOBS))


@pytest.fixture(autouse=True)
def _nothing_is_known():
    cache.shared.clear()
    yield
    cache.shared.clear()


@pytest.fixture
def asked(monkeypatch):
    """What `cache.run` is asked to train, which takes its time, in the order of asking."""
    experiments = []

    def train(experiment):
        experiments.append(experiment)
        time.sleep(0.05)  # long enough for every thread to have asked
        return run(experiment)

    monkeypatch.setattr(cache, "train_to_end", train)
    return experiments


def at_once(*calls):
    """Return what each call gives when all are made at the same moment, each by its own thread."""
    start, found = threading.Barrier(len(calls)), {}

    def make(position):
        start.wait()
        found[position] = calls[position]()

    threads = [threading.Thread(target=make, args=(k,)) for k in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [found[k] for k in range(len(calls))]


def test_an_experiment_is_trained_once(asked):
    first, second = cache.run(QUICK), cache.run(Experiment(epochs=3))
    assert first is second
    assert asked == [QUICK]


def test_an_experiment_is_trained_once_for_all_who_ask_at_once(asked):
    found = at_once(*[lambda: cache.run(QUICK)] * 8)
    assert asked == [QUICK]
    assert all(done is found[0] for done in found)


def test_those_who_ask_at_once_get_what_they_asked_for(asked):
    experiments = [QUICK.but(seed=seed) for seed in (0, 1, 0, 1)]
    found = at_once(
        *[lambda experiment=experiment: cache.run(experiment) for experiment in experiments]
    )
    assert [done.experiment for done in found] == experiments
    assert sorted(experiment.seed for experiment in asked) == [0, 1]


def test_who_waits_is_told_and_nobody_else():
    """A toast within Streamlit's own cache would be drawn again, and fail, on other pages."""

    def page():
        import streamlit as st

        from engine.experiment.experiment import Experiment
        from pages._kit.training import cache

        with st.container():
            st.text(cache.run(Experiment(epochs=3, seed=77)).experiment.seed)

    release, waiting = threading.Event(), []
    for _ in range(4):
        waiting.append(threading.Thread(target=lambda: hold(release)))
        waiting[-1].start()
    while cache.turn.waiting < 3:
        time.sleep(0.01)

    def let_go():
        while cache.turn.waiting < 4:  # the page's own training among them
            time.sleep(0.01)
        release.set()

    threading.Thread(target=let_go).start()
    first = AppTest.from_function(page, default_timeout=30).run()
    second = AppTest.from_function(page, default_timeout=30).run()
    for thread in waiting:
        thread.join()
    assert (not first.exception, not second.exception) == (True, True)
    assert [toast.value for toast in first.toast] == ["4 trainings take turns with yours."]
    assert [toast.value for toast in second.toast] == []


def hold(release):
    with cache.turn:
        release.wait(timeout=30)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_tells_two_experiments_apart(name):
    made = []

    def note(experiment):
        return cache.shared.get(("note", experiment), lambda: made.append(experiment) or run(QUICK))

    base = QUICK.but(dataset="mnist", train_fraction=0.0) if name == "dev_fraction" else QUICK
    value = next(v for v in at_the_ends(EVERYTHING, name) if v != getattr(base, name))
    assert note(base) is note(base)
    assert note(base) is not note(base.but(**{name: value}))
    assert made == [base, base.but(**{name: value})]


def test_numbers_that_print_alike_are_still_apart(asked):
    close = QUICK.but(learning_rate=float(np.nextafter(QUICK.learning_rate, 9)))
    assert cache.run(QUICK) is not cache.run(close)
    assert asked == [QUICK, close]


def test_the_page_gets_the_run_that_the_engine_makes():
    found, alone = cache.run(QUICK), run(QUICK)
    np.testing.assert_array_equal(found.theta, alone.theta)
    for name, values in alone.history.items():
        np.testing.assert_array_equal(found.history[name], values)
    assert cache.run(QUICK) is found


def test_one_training_at_a_time_and_the_turn_is_given_back():
    with cache.turn:
        assert cache.turn.is_taken
    at_once(lambda: cache.run(QUICK.but(seed=11)), lambda: cache.run(QUICK.but(seed=12)))
    assert not cache.turn.is_taken


def test_a_training_that_fails_gives_the_turn_back():
    nothing = Experiment(dataset="circles", samples=4, train_fraction=0.0, dev_fraction=0.0)
    with pytest.raises(ValueError):
        cache.run(nothing)
    assert not cache.turn.is_taken


def test_a_finished_training_is_shared_and_at_its_end():
    digits = Experiment(
        dataset="mnist", samples=100, dev_fraction=0.0, hidden=(), learning_rate=0.1, epochs=1
    )
    live = cache.finished(digits)
    assert live.is_finished
    assert not live.is_running
    assert cache.finished(digits.but()) is live


@pytest.mark.parametrize("depth", [2, 30])
def test_what_is_about_to_be_watched_has_been_looked_at_and_not_moved(monkeypatch, depth):
    monkeypatch.setattr(cache, "_SLICE", 1.0)  # time enough to get beyond the start
    monkeypatch.setattr(effort, "STRETCH", 0.001)
    live = cache.watched(depth_study(depth, "he"))
    assert live.has_start
    assert (live.epoch, live.trainer.step, live.trainer.is_midway) == (0, 0, False)
    assert len(live.passed) == 1
    assert not live.estimates


class Left(BaseException):
    """What is raised for a visitor who has left."""


class Stays:
    """A visitor who leaves after so many looks."""

    def __init__(self, looks):
        self.looks = looks

    def heed(self):
        self.looks -= 1
        if self.looks < 0:
            raise Left


@pytest.fixture
def stretches(monkeypatch):
    """Count the stretches of all trainings."""
    counted, advance = [], Trainer.advance

    def count(trainer, *steps):
        counted.append(trainer)
        return advance(trainer, *steps)

    monkeypatch.setattr(Trainer, "advance", count)
    return counted


def leaving_after(looks):
    """Return a turn whose visitor leaves after so many looks, taken at every stop."""
    clock = itertools.count()
    return Turn(heed=Stays(looks).heed, clock=lambda: next(clock))


def test_a_training_that_was_left_is_gone_on_with_by_who_asks_next(monkeypatch, stretches):
    long = QUICK.but(dataset="moons", epochs=2000)
    monkeypatch.setattr(cache, "turn", leaving_after(2))
    with pytest.raises(Left):
        cache.run(long)
    assert not cache.turn.is_taken
    done = len(stretches)
    monkeypatch.setattr(cache, "turn", leaving_after(1000))
    found, together = cache.run(long), len(stretches)
    assert 0 < done < together
    np.testing.assert_array_equal(found.theta, run(long).theta)
    assert len(stretches) == 2 * together  # the engine alone has taken as many
    assert cache.shared.find(("training", long, "")) is None


def test_a_watched_training_that_was_left_is_gone_on_with_as_well(monkeypatch, stretches):
    digits = Experiment(dataset="mnist", samples=300, dev_fraction=0.0, hidden=(), epochs=900)
    monkeypatch.setattr(cache, "_SLICE", 0.0)
    monkeypatch.setattr(cache, "turn", leaving_after(4))
    with pytest.raises(Left):
        cache.finished(digits)
    done = len(stretches)
    monkeypatch.setattr(cache, "turn", leaving_after(10_000))
    live = cache.finished(digits)
    assert live.is_finished
    assert done
    assert len({id(trainer) for trainer in stretches}) == 1


def test_a_training_prepared_in_vain_is_made_when_it_is_asked_for(monkeypatch):
    digits = Experiment(dataset="mnist", samples=100, dev_fraction=0.0, hidden=(), epochs=1, seed=9)
    refused = []

    def refuse(experiment, **others):
        refused.append(experiment)
        raise BusyError("60 trainings are waiting.")

    monkeypatch.setattr(cache, "watched", refuse)
    cache.prepare(digits)
    wait_for(lambda: refused)
    monkeypatch.undo()
    assert cache.finished(digits).is_finished


def test_samples_are_made_ready_in_the_queue_and_only_once(monkeypatch):
    moved = Experiment(dataset="mnist", samples=2000, shift="rotated", shift_strength=0.37)
    stops = []

    class Noted(Turn):
        def let_others(self):
            stops.append(self.is_mine)

    monkeypatch.setattr(cache, "turn", Noted())
    samples = cache.samples_of(moved)
    assert len(stops) > 20  # 10,000 test digits and some others, 500 at a time
    assert all(stops)
    stops.clear()
    assert cache.samples_of(moved.but(seed=1)) is samples
    assert load(moved.but(epochs=2)) is samples
    assert stops == []


def test_the_coaching_of_a_run_is_begun_once_on_each_page():
    made = []
    for path, seed in (("xor", 21), ("xor", 21), ("mnist", 21), ("xor", 22)):
        cache.coaching(path, QUICK.but(seed=seed), lambda: made.append(1) or {1}.union())
    assert len(made) == 3


def test_what_is_prepared_stands_in_the_queue_one_after_the_other():
    digits = Experiment(dataset="mnist", samples=100, epochs=1)
    others = [QUICK.but(seed=seed) for seed in (51, 52)]
    with cache.turn:
        cache.prepare(digits)
        for experiment in others:
            cache.prepare_job([experiment])
        wait_for(lambda: cache.turn.waiting)
        time.sleep(0.05)  # time enough for the others to join the queue
        assert cache.turn.waiting == 1
    assert cache.finished(digits).is_finished
    for experiment in others:
        job = cache.job((experiment,), cache.SNAPSHOTS, True, False)
        wait_for(lambda job=job: job.finished)


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_job_lets_others_go_first_again_and_again():
    wide = QUICK.but(dataset="moons", samples=500, hidden=(12,) * 6, epochs=10_000)
    job, seen = Job([wide]), []
    worker = threading.Thread(target=cache.work, args=(job, 1.0))
    worker.start()
    while worker.is_alive():
        with cache.turn:
            seen.append(job.share)
        time.sleep(0.001)
    assert len(set(seen)) > 3  # one turn of a second would have been seen at its start and its end
    assert not job.finished
