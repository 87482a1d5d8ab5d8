import threading
from contextlib import suppress

import pytest

from pages._kit.training import queue
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


@pytest.mark.parametrize("alone", [0.0, 60.0])
def test_a_newcomer_is_ahead_of_who_has_been_at_work_but_not_for_long(fair, alone):
    turn, clock, order = fair
    turn_of.visitor = "long"
    with turn:
        for _ in range(round(10 * alone)):
            clock.now += 0.1
            turn.let_others()
        thread = visits(turn, clock, "new", 1.0, order)
        for _ in range(12):
            order.append("long")
            clock.now += 0.1
            turn.let_others()
    finish([thread])
    ahead = order[1:].index("long")
    had = 0.1 + (queue.CREDIT if alone else 0.0)  # at first both are newcomers
    assert ahead == pytest.approx(10 * had, abs=1)
    rest = order[1 + ahead : 1 + ahead + 10]
    assert rest.count("new") == pytest.approx(5, abs=1)


def test_what_is_waited_for_comes_before_what_is_not_but_not_for_long():
    clock, order = Clock(), []
    turn = Turn(
        visitor=lambda: turn_of.visitor, clock=clock, is_urgent=lambda: turn_of.visitor == "urgent"
    )
    turn_of.visitor = "holder"
    with turn:
        threads = [visits(turn, clock, who, 4.0, order) for who in ("at leisure", "urgent")]
    finish(threads)
    ahead = order.index("at leisure")
    assert order[:ahead] == ["urgent"] * ahead
    assert ahead == pytest.approx(10 * queue.HASTE, abs=1)
    assert order[ahead : ahead + 20].count("urgent") == pytest.approx(10, abs=1)


def test_of_those_who_wait_the_urgent_are_known():
    turn = Turn(visitor=lambda: turn_of.visitor, is_urgent=lambda: turn_of.visitor == "urgent")
    turn_of.visitor = "holder"
    with turn:
        first = visits(turn, Clock(), "at leisure", 0.1, [])
        assert (turn.waiting, turn.urgent) == (1, 0)
        second = visits(turn, Clock(), "urgent", 0.1, [])
        assert (turn.waiting, turn.urgent) == (2, 1)
    finish([first, second])


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


class Left(BaseException):
    """What is raised for a visitor who has left, as Streamlit does."""


class Leaving:
    """Visitors by the threads that ask for them; those that have left are known."""

    def __init__(self):
        self.gone = set()

    def leave(self, thread):
        self.gone.add(thread.ident)

    def heed(self):
        if threading.get_ident() in self.gone:
            raise Left


@pytest.fixture
def left():
    """A turn whose visitors can leave, how, and where each notes that it was at work."""
    leaving = Leaving()
    return Turn(heed=leaving.heed), leaving, []


def waits(turn, order, name):
    """Start a thread that waits for its turn, notes that it has had it, or that it gave up."""

    def body():
        try:
            with turn:
                order.append(name)
        except Left:
            order.append(f"{name} gave up")

    waiting, thread = turn.waiting, threading.Thread(target=body)
    thread.start()
    while turn.waiting == waiting:
        pass
    return thread


def test_who_leaves_while_waiting_gives_up_the_place_in_the_queue(left, monkeypatch):
    turn, leaving, order = left
    monkeypatch.setattr(queue, "HEED", 0.001)
    with turn:
        thread = waits(turn, order, "gone")
        leaving.leave(thread)
        finish([thread])
        assert turn.waiting == 0
    assert order == ["gone gave up"]


def test_whose_turn_comes_after_leaving_passes_it_on(left, monkeypatch):
    turn, leaving, order = left
    monkeypatch.setattr(queue, "HEED", 30)  # nobody looks before
    with turn:
        threads = [waits(turn, order, name) for name in ("gone", "here")]
        leaving.leave(threads[0])
    finish(threads)
    assert sorted(order) == ["gone gave up", "here"]
    assert not turn.is_taken


def test_who_leaves_while_at_work_gives_the_turn_back_at_the_next_stop():
    clock, here = Clock(), []

    def heed():
        if not here:
            raise Left

    turn = Turn(clock=clock, heed=heed)

    def long():
        with turn:
            for _ in range(2):
                turn.let_others()
                clock.now += 1.0
                here.clear()
            pytest.fail("nobody waits for this any more")

    here.append(True)
    with pytest.raises(Left):
        long()
    assert not turn.is_taken


def test_who_leaves_while_others_go_first_does_not_take_their_turn(monkeypatch):
    clock, leaving, release = Clock(), Leaving(), threading.Event()
    turn, order = Turn(clock=clock, heed=leaving.heed), []
    monkeypatch.setattr(queue, "HEED", 0.001)

    def at_work():
        with turn:
            order.append("other")
            release.wait(timeout=30)
            assert turn.is_mine

    def long():
        with suppress(Left), turn:
            lined_up.wait(timeout=30)
            clock.now += 1.0
            turn.let_others()
            order.append("long")

    lined_up = threading.Event()
    thread = threading.Thread(target=long)
    thread.start()
    while not turn.is_taken:
        pass
    other = queued(turn, 1, lambda _: at_work())
    lined_up.set()
    while not order:
        pass
    leaving.leave(thread)
    finish([thread])
    assert turn.is_taken
    release.set()
    finish(other)
    assert not turn.is_taken
    assert order == ["other"]


def test_a_turn_is_of_the_thread_that_has_it():
    turn = Turn()
    assert not turn.is_mine
    with turn:
        assert turn.is_mine
