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


class Clock:
    """Stands still unless it is told to move."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def visits(turn, clock, who, seconds, order):
    """Start a thread for a visitor who works for so many seconds, in slices of a tenth."""

    def body():
        turn_of.visitor = who
        with turn:
            for _ in range(round(10 * seconds)):
                order.append(who)
                clock.now += 0.1
                turn.let_others()

    waiting, thread = turn.waiting, threading.Thread(target=body)
    thread.start()
    while turn.waiting == waiting:
        pass
    return thread


turn_of = threading.local()


@pytest.fixture
def fair():
    """A turn that knows its visitors and whose clock can be moved, and what was worked on when."""
    clock = Clock()
    return Turn(visitor=lambda: turn_of.visitor, clock=clock), clock, []


def lined_up(fair, *asked):
    """Return who was at work when, tenth by tenth, if these (who, seconds) have lined up."""
    turn, clock, order = fair
    turn_of.visitor = "holder"
    with turn:
        threads = [visits(turn, clock, who, seconds, order) for who, seconds in asked]
    finish(threads)
    return order


def test_short_work_overtakes_long(fair):
    order = lined_up(fair, ("long", 2.0), *((f"short {k}", 0.1) for k in range(3)))
    assert order[:4] == ["long", "short 0", "short 1", "short 2"]
    assert order[4:] == ["long"] * 19


def test_long_work_goes_on_however_many_come(fair):
    order = lined_up(fair, ("long", 0.5), *((f"other {k}", 0.5) for k in range(4)))
    for start in range(0, 25, 5):  # round by round, everybody once
        assert len(set(order[start : start + 5])) == 5


def test_who_asks_with_ten_tabs_gets_one_share(fair):
    order = lined_up(fair, *[("greedy", 0.5)] * 10, ("modest", 0.5))
    assert order[:10].count("modest") == 5
    assert order[10:] == ["greedy"] * 45


def test_nobody_can_save_up(fair):
    turn, clock, _ = fair
    turn_of.visitor = "idle"
    with turn:
        clock.now += 0.1
    turn_of.visitor = "busy"
    for _ in range(100):
        with turn:
            clock.now += 0.1
    order = lined_up(fair, ("idle", 2.0), ("new", 2.0))
    assert abs(order[:20].count("idle") - 10) <= 1


def test_of_those_who_left_nothing_is_remembered(fair):
    turn, clock, _ = fair
    for k in range(100):
        turn_of.visitor = k
        with turn:
            clock.now += 0.1
    assert len(turn._had) <= 2


def test_a_slice_that_has_just_begun_is_not_cut(fair):
    turn, clock, order = fair
    turn_of.visitor = "long"
    with turn:
        thread = visits(turn, clock, "other", 0.1, order)
        clock.now += 0.001
        turn.let_others()
        assert order == []
    finish([thread])


def test_a_long_training_lets_the_others_go_first():
    clock = Clock()
    turn, order = Turn(clock=clock), []

    def body(position):
        with turn:
            order.append(position)

    with turn:
        threads = queued(turn, 3, body)
        clock.now += 1.0
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
