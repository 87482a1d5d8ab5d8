"""A page's run ends where it waits or works for a visitor who is no longer there."""

import threading

import pytest
from streamlit.testing.v1 import AppTest

from pages._kit.training import visitor


def page(done, leaves):
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from pages._kit.training.visitor import heed

    def leave(note):
        get_script_run_ctx().script_requests.request_stop()
        heed()
        done.append(note)

    st.button("Leave", on_click=leave, args=("in a callback",))
    if leaves:
        leave("on the page")
    heed()
    done.append("the rest")


def opened(leaves):
    """Return a page that somebody has opened, and what has been done on it."""
    done = []
    return AppTest.from_function(page, args=(done, leaves)).run(), done


def test_a_run_goes_on_for_a_visitor_who_stays():
    _, done = opened(leaves=False)
    assert done == ["the rest"]


def test_a_run_ends_for_a_visitor_who_has_left():
    _, done = opened(leaves=True)
    assert done == []


def test_what_a_visitor_has_asked_for_is_done_before_the_next():
    at, done = opened(leaves=False)
    at.button[0].click().run()
    assert done == ["the rest", "in a callback"]


def test_nobody_is_heeded_outside_of_a_page():
    visitor.heed()


class Left(BaseException):
    """What is raised for a visitor who has left."""


def leave():
    raise Left


@pytest.mark.parametrize("kind", [threading.Lock, threading.RLock])
def test_who_leaves_does_not_go_on_waiting_for_a_lock(monkeypatch, kind):
    monkeypatch.setattr(visitor, "HEED", 0.001)
    monkeypatch.setattr(visitor, "heed", leave)
    lock, held, release = kind(), threading.Event(), threading.Event()

    def hold():
        with visitor.heedful(lock):
            held.set()
            release.wait(timeout=30)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(timeout=30)
    with pytest.raises(Left), visitor.heedful(lock):
        pytest.fail("the lock is held")
    release.set()
    thread.join(timeout=30)
    with visitor.heedful(lock):
        pass
