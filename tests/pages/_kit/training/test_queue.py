import threading

import pytest

from pages._kit.training.queue import BusyError, Turn


def queued(turn, count, body):
    """Let `count` threads take their turn one after the other; return them once all wait."""
    threads = []
    for position in range(count):
        threads.append(threading.Thread(target=body, args=(position,)))
        threads[-1].start()
        while turn.waiting <= position:  # the holder is at work, so each new one waits
            pass
    return threads


def finish(threads):
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_one_at_a_time_in_the_order_of_asking():
    turn, order, at_work = Turn(), [], []

    def body(position):
        with turn:
            at_work.append(position)
            assert len(at_work) == 1
            order.append(position)
            at_work.remove(position)

    with turn:
        threads = queued(turn, 8, body)
        assert turn.waiting == 8
    finish(threads)
    assert order == list(range(8))
    assert not turn.is_taken


def test_whoever_comes_when_the_queue_is_full_is_told_at_once():
    turn = Turn(most=2)

    def body(_):
        with turn:
            pass

    with turn:
        threads = queued(turn, 2, body)
        with pytest.raises(BusyError, match="2 trainings are waiting on this server"), turn:
            pytest.fail("the queue was full")
    finish(threads)
    with turn:
        assert turn.waiting == 0


def test_a_long_training_lets_the_others_go_first():
    turn, order = Turn(), []

    def body(position):
        with turn:
            order.append(position)

    with turn:
        threads = queued(turn, 3, body)
        turn.let_others()
        order.append("long")
    finish(threads)
    assert order == [0, 1, 2, "long"]


def test_a_long_training_alone_goes_on():
    turn = Turn()
    with turn:
        turn.let_others()
        assert turn.is_taken
    assert not turn.is_taken


def test_a_failure_gives_the_turn_back():
    turn = Turn()
    with pytest.raises(ZeroDivisionError), turn:
        1 / 0  # noqa: B018
    assert not turn.is_taken


def test_an_interrupted_wait_leaves_the_queue(monkeypatch):
    turn = Turn()
    with turn:

        def interrupted(_):
            raise KeyboardInterrupt

        monkeypatch.setattr(turn._changed, "wait_for", interrupted)
        with pytest.raises(KeyboardInterrupt), turn:
            pytest.fail("the wait was interrupted")
        assert turn.waiting == 0
