"""A full queue is said in one sentence, and nothing is lost."""

import threading

import pytest

from pages._kit.training import cache
from tests.pages.screen import address, press, sound, widget


@pytest.fixture
def crowd(monkeypatch):
    """Fill the queue: one at work, and as many waiting as the server takes."""
    cache._background.submit(int).result()  # what is prepared when the app starts is done
    monkeypatch.setattr(cache.turn, "most", 1)
    done = threading.Event()

    def hold():
        with cache.turn:
            done.wait(60)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    while cache.turn.waiting < 1:
        pass

    def leave():
        done.set()
        for thread in threads:
            thread.join(60)

    yield leave
    leave()


def test_a_visitor_of_a_full_server_is_told_and_can_try_again(visit, crowd):
    at = visit("xor", {"seed": "987"})
    (warning,) = at.warning
    assert warning.value.startswith("1 training is waiting on this server")
    crowd()
    press(at, "Try again")
    assert not sound(at).warning
    assert address(at) == {"seed": "987"}


def test_what_was_trained_before_needs_no_turn(visit):
    at = sound(visit("xor", {"seed": "988"}))
    widget(at, "Units in layer 1").set_value(2).run()
    with cache.turn:
        widget(at, "Units in layer 1").set_value(3).run()
    assert not sound(at).warning
