"""A job on a page: begun by itself or on request, stopped, gone on with."""

import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment.experiment import Experiment
from pages._kit.site import jobs, session
from pages._kit.site.jobs import Watched
from pages._kit.training import cache, executors
from pages._kit.training import crowd as crowds
from pages._kit.training.crowd import Crowd
from pages._kit.training.job import Job
from pages._kit.training.pace import Pace
from pages._kit.training.queue import Turn
from tests.pages.screen import press, sound

pytestmark = pytest.mark.usefixtures("prepared")


def page():
    import streamlit as st

    from engine.experiment.experiment import Experiment
    from pages._kit.knobs.lens import Lens
    from pages._kit.site import jobs, session
    from pages._kit.site.visit import Visit

    session.come_to("lab")
    lens = Lens(path="lab", defaults=Experiment(), knobs=())
    places = st.container(), st.container()
    visit = Visit(lens, lens.defaults, None, [], None, *places, [])
    seed = st.session_state.get("seed", 0)
    watched = jobs.follow(visit, [Experiment(epochs=300, seed=seed), Experiment(seed=1)])
    for run in watched.job.runs():
        st.text(f"{run.history['epoch'][-1]:.0f}")
    visit.close()


@pytest.fixture
def open_page():
    cache.shared.clear()
    yield lambda: AppTest.from_function(page, default_timeout=60).run()
    cache.shared.clear()


def epochs(at):
    return [text.value for text in sound(at).text]


def told(at):
    return [bar.proto.text for bar in at.get("progress")]


def test_a_short_job_is_done_when_the_page_is_drawn(open_page):
    at = open_page()
    assert epochs(at) == ["300", "1000"]
    assert told(at) == []
    assert not at.button


def test_a_long_one_waits_at_its_start(open_page, monkeypatch):
    monkeypatch.setattr(jobs, "PROMPT", 0.0)
    at = open_page()
    assert epochs(at) == ["0", "0"]
    assert told(at)[0].startswith("This is the start, before training. At a rough guess ")
    at = press(at, "Train")
    assert epochs(at) == ["300", "1000"]
    assert told(at) == []


def test_on_the_way_it_says_what_is_left_from_what_was_measured(open_page, monkeypatch):
    now, drawn = [0.0], []
    monkeypatch.setattr("pages._kit.training.pace.time.monotonic", lambda: now[0])
    monkeypatch.setattr(Job, "share", 0.25)
    monkeypatch.setattr(jobs, "FIRST", 0.0)
    monkeypatch.setattr(jobs, "play", lambda *watched: drawn.append(watched))
    at = open_page()
    assert told(at) == ["Training, 25 % done"]  # nothing is measured yet
    now[0] = 6.0
    monkeypatch.setattr(Job, "share", 0.5)
    assert told(at.run()) == ["Training, 50 % done, about 12 s left"]
    press(at, "Stop")
    assert told(at.run()) == ["Stopped, 50 % done, about 12 s left"]


def test_other_experiments_are_judged_anew(open_page, monkeypatch):
    at = open_page()
    monkeypatch.setattr(jobs, "PROMPT", 0.0)
    at.session_state["seed"] = 2
    assert epochs(at.run()) == ["0", "0"]


def test_a_stopped_job_stays_where_it_is_until_it_is_continued(open_page, monkeypatch):
    monkeypatch.setattr(jobs, "FIRST", 0.0)
    stopped = []

    def stop(*watched):
        stopped.append(True)

    monkeypatch.setattr(jobs, "play", stop)  # as if the visitor were quicker than the first moment
    at = press(open_page(), "Stop")
    monkeypatch.undo()
    assert epochs(at.run()) == ["0", "0"]
    at = press(at, "Train")
    assert epochs(at) == ["300", "1000"]


def test_what_one_visitor_has_trained_another_finds_done(open_page, monkeypatch):
    open_page()
    monkeypatch.setattr(jobs, "PROMPT", 0.0)
    at = AppTest.from_function(page, default_timeout=60).run()
    assert epochs(at) == ["300", "1000"]
    assert not at.button


@pytest.fixture
def elsewhere(monkeypatch):
    """Let everything be trained by the executor that is returned."""

    def choose(executor):
        monkeypatch.setattr(cache, "ELSEWHERE", 0.0)
        monkeypatch.setattr(executors, "executor", lambda: executor)
        return executor

    return choose


class AtRest(Executor):
    """Begins with nothing."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        self.futures.append(Future())
        return self.futures[-1]


def test_a_job_may_be_trained_elsewhere_while_somebody_else_has_the_turn(open_page, elsewhere):
    with elsewhere(ThreadPoolExecutor(1)):
        asked = tuple(Experiment(epochs=e, seed=s) for e, s in ((300, 0), (1000, 1)))
        cache.job(asked, jobs.SNAPSHOTS, True, False).look()
        with cache.turn:
            at = open_page()
    assert epochs(at) == ["300", "1000"]
    assert told(at) == []


def test_what_waits_to_be_started_is_sent_nowhere(open_page, elsewhere, monkeypatch):
    monkeypatch.setattr(jobs, "PROMPT", 0.0)
    executor = elsewhere(AtRest())
    at = open_page()
    assert epochs(at) == ["0", "0"]
    assert executor.futures == []


def test_to_stop_calls_off_what_has_not_begun(open_page, elsewhere, monkeypatch):
    monkeypatch.setattr(jobs, "FIRST", 0.01)
    monkeypatch.setattr(jobs, "play", lambda *watched: None)
    executor = elsewhere(AtRest())
    at = open_page()
    assert told(at) == ["Training, 0 % done"]
    until(lambda: len(executor.futures) == 2)
    at = press(at, "Stop")
    until(lambda: all(future.cancelled() for future in executor.futures))
    assert epochs(at) == ["0", "0"]


def test_while_there_is_nothing_new_the_page_is_drawn_less_often_but_heeds_the_visitor(monkeypatch):
    done = []
    monkeypatch.setattr(cache, "work", lambda job, seconds: done.append(seconds))
    monkeypatch.setattr(session, "heed", lambda: done.append("heed"))
    monkeypatch.setattr(session, "draw_again", lambda: done.append("draw"))
    monkeypatch.setattr(jobs, "crowd", crowd := Crowd())
    job = Job([Experiment(epochs=3)])
    jobs.play(Watched(job, True, Pace()))
    assert done == [jobs.SLICE, "heed"] * crowds.QUIET + ["draw"]
    done.clear()
    with crowd.drawing():  # the visitor's own page, which is drawn by then
        jobs.play(Watched(job, True, Pace(), is_patient=True))
    assert done == [jobs.MOMENT, "heed"] * jobs.PATIENT + ["draw"]


def test_the_visitor_is_heeded_before_each_picture_of_what_is_new(monkeypatch):
    done = []

    def train(job, seconds):
        done.append(seconds)
        job.version += 1

    monkeypatch.setattr(cache, "work", train)
    monkeypatch.setattr(session, "heed", lambda: done.append("heed"))
    monkeypatch.setattr(session, "draw_again", lambda: done.append("draw"))
    monkeypatch.setattr(jobs, "crowd", crowd := Crowd())
    with crowd.drawing():
        jobs.play(Watched(Job([Experiment(epochs=3)]), True, Pace()))
    assert done == [jobs.SLICE, "heed", "draw"]
    done.clear()
    with crowd.drawing(), crowd.drawing():  # somebody else waits for a page
        jobs.play(Watched(Job([Experiment(epochs=3)]), True, Pace()))
    assert done == [jobs.SLICE, "heed"] * crowds.QUIET + ["draw"]


@pytest.mark.parametrize("who", ["at work", "waiting for a page"])
@pytest.mark.parametrize("others", [0, 29])
def test_the_patient_have_a_small_share_together_as_long_as_others_are(monkeypatch, who, others):
    done = []
    monkeypatch.setattr(jobs, "crowd", crowd := Crowd())
    monkeypatch.setattr(cache, "turn", Turn())
    monkeypatch.setattr(cache, "work", lambda job, seconds: done.append("work"))
    monkeypatch.setattr(jobs.time, "sleep", lambda seconds: done.append("sleep"))
    monkeypatch.setattr(session, "heed", lambda: done.append("heed"))
    monkeypatch.setattr(session, "draw_again", lambda: done.append("draw"))
    with ExitStack() as stack:
        for _ in range(others):  # who are as patient
            stack.enter_context(crowd.drawing())
            stack.enter_context(crowd.patiently())
        stack.enter_context(cache.turn if who == "at work" else crowd.drawing())
        stack.enter_context(crowd.drawing())
        jobs.play(Watched(Job([Experiment(epochs=3)]), True, Pace(), is_patient=True))
    sleeps = done.count("sleep") // jobs.PATIENT
    assert sleeps == pytest.approx((1 + others) * jobs.PATIENCE / jobs.MOMENT, abs=1)
    a_moment = ["sleep", "heed"] * sleeps + ["work", "heed"]
    assert done == a_moment * jobs.PATIENT + ["draw"]
    assert crowd.patient == 0


def test_an_executor_that_fails_is_said_in_a_sentence(visit, elsewhere, monkeypatch):
    elsewhere(AtRest()).submit = lambda *call: 1 / 0
    at = visit("vanishing", {"seed": "977"})
    assert [warning.value[:46] for warning in at.warning] == [
        "This server's workers could not train this. No"
    ]
    monkeypatch.undo()
    assert not sound(press(at, "Try again")).warning


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
