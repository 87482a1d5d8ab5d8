"""Stacks at an executor: sent while somebody waits, called off when nobody does."""

import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial

import pytest

from engine.experiment.experiment import Experiment
from engine.training.sweep import train_stack
from pages._kit.training import remote
from pages._kit.training.remote import Remote, RemoteError

STACKS = {k: ((Experiment(epochs=3, seed=k),), 2, False) for k in (2, 0, 1)}


class ByHand(Executor):
    """Keeps calls until a test makes them; counts how often each was given to it."""

    def __init__(self):
        self.calls = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.calls.append((future, partial(fn, *args, **kwargs)))
        return future

    def given(self):
        return [call.args[0][0].seed for _, call in self.calls]

    def begin(self, which):
        assert self.calls[which][0].set_running_or_notify_cancel()

    def end(self, which):
        future, call = self.calls[which]
        future.set_result(call())

    def states(self):
        return [future.cancelled() for future, _ in self.calls]


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def gone(before):
    """Return a condition: no thread is there that was not before."""
    return lambda: set(threading.enumerate()) <= before


def test_whoever_waits_gets_each_stack_once_and_the_same_numbers():
    there = Remote(STACKS)
    found = {}
    with ThreadPoolExecutor(2) as executor:
        while len(found) < len(STACKS):
            arrived = there.wait(executor, 5)
            assert not arrived.keys() & found.keys()
            found |= arrived
        assert there.wait(executor, 60) == {}  # at once: there is nothing left to wait for
    for which, runs in found.items():
        (expected,) = train_stack(*STACKS[which])
        assert runs[0].theta.tobytes() == expected.theta.tobytes()


def test_they_are_sent_in_their_order_when_somebody_waits_and_not_before():
    there, executor = Remote(STACKS), ByHand()
    assert there.wait(executor, 0) == {}
    assert executor.calls == []
    assert there.wait(executor, 0.01) == {}
    until(lambda: executor.given() == [2, 0, 1])
    executor.end(1)
    assert list(there.wait(executor, 5)) == [0]
    assert there.wait(executor, 0.01) == {}
    assert executor.given() == [2, 0, 1]
    there.stop()


def stopped_after_one_has_begun():
    """Return stacks of which the first was begun with and the others called off, and who did so."""
    there, executor = Remote(STACKS), ByHand()
    there.wait(executor, 0.01)
    until(lambda: len(executor.calls) == 3)
    executor.begin(0)
    there.stop()
    until(lambda: executor.states() == [False, True, True])
    return there, executor


def test_who_stops_calls_off_what_has_not_begun_and_what_has_is_not_lost():
    before = set(threading.enumerate())
    there, executor = stopped_after_one_has_begun()
    executor.end(0)
    until(gone(before))
    assert list(there.wait(executor, 0)) == [2]
    there.wait(executor, 0.01)
    until(lambda: executor.given() == [2, 0, 1, 0, 1])
    there.stop()
    until(gone(before))


def test_a_visitor_who_comes_back_while_a_stack_is_at_work_does_not_send_it_again():
    there, executor = stopped_after_one_has_begun()
    there.wait(executor, 0.01)
    until(lambda: executor.given() == [2, 0, 1, 0, 1])
    there.stop()
    executor.end(0)


def test_a_visitor_who_has_left_is_missed_after_a_while(monkeypatch):
    monkeypatch.setattr(remote, "LEASE", 0.1)
    there, executor = Remote(STACKS), ByHand()
    there.wait(executor, 0.01)
    until(lambda: executor.states() == [True] * 3)


def wait_again_and_again(there, executor):
    for _ in range(500):
        there.wait(executor, 0.02)


@pytest.mark.parametrize("how", ["raises", "is called off by others", "takes no more"])
def test_an_executor_that_fails_is_told_once_and_then_tried_again(how, caplog):
    there, executor = Remote(STACKS), ByHand()
    there.wait(executor, 0.01)
    until(lambda: len(executor.calls) == 3)
    if how == "raises":
        executor.calls[1][0].set_exception(OSError("gone"))
    elif how == "is called off by others":
        executor.calls[1][0].cancel()
    else:
        there.stop()
        until(lambda: executor.states() == [True] * 3)
        executor = ThreadPoolExecutor()
        executor.shutdown()
    with pytest.raises(RemoteError, match=r"could not train this. Nothing is lost: try again"):
        wait_again_and_again(there, executor)
    assert "Workers have failed" in caplog.text
    with ThreadPoolExecutor(1) as healthy:
        found = {}
        while len(found) < 3:
            found |= there.wait(healthy, 5)
