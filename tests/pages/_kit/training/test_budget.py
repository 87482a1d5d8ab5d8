"""All that is shared stays within its bytes, and what is shown stays."""

import gc
import threading

import numpy as np
import pytest

from pages._kit.training.budget import Budget

KILO = 1000


class Thing:
    """Something of so many bytes that can grow."""

    __module__ = "pages.thing"  # so that its parts are seen

    def __init__(self, size):
        self.array = np.ones(size, np.uint8)


@pytest.fixture
def budget():
    return Budget(10 * KILO)


def made(budget, key, size=4 * KILO):
    return budget.get(key, lambda: Thing(size))


def test_the_same_key_gives_the_same_thing(budget):
    assert made(budget, "a") is made(budget, "a")
    assert made(budget, "a") is not made(budget, "b")


def test_the_least_recently_asked_for_goes_first(budget):
    made(budget, "a")
    made(budget, "b")
    made(budget, "a")
    made(budget, "c")
    assert budget.find("b") is None
    assert budget.find("a") is not None
    assert budget.bytes <= budget.most_bytes


def test_what_is_still_held_elsewhere_goes_on_to_be_shared_and_counted(budget):
    shown = made(budget, "a")
    for key in "bc":
        made(budget, key)
    assert budget.find("b") is None  # it had to make room, as "a" is held elsewhere
    assert budget.bytes == pytest.approx(8 * KILO, rel=0.2)
    assert made(budget, "a") is shown


def test_let_go_everywhere_it_is_gone(budget):
    shown = made(budget, "a")
    for key in "bc":
        made(budget, key)
    before = budget.bytes
    del shown
    gc.collect()
    assert budget.bytes < before
    assert budget.find("a") is None


def test_what_grows_is_charged_again(budget):
    thing = made(budget, "a", KILO)
    made(budget, "b")
    thing.array = np.ones(9 * KILO, np.uint8)
    budget.charge(thing)
    assert budget.find("b") is None
    assert budget.find("a") is thing
    assert budget.bytes == pytest.approx(9 * KILO, rel=0.2)


def test_the_latest_stays_however_large_it_is(budget):
    made(budget, "a")
    assert made(budget, "b", 50 * KILO) is made(budget, "b")
    assert budget.find("a") is None


def test_things_of_others_are_not_charged(budget):
    budget.charge(Thing(99 * KILO))
    assert budget.bytes == 0


def test_the_number_of_things_is_bounded_as_well():
    budget = Budget(10**9, most=5)
    for key in range(20):
        made(budget, key, 1)
    assert [budget.find(key) is not None for key in range(20)] == [False] * 15 + [True] * 5


def test_who_asks_while_it_is_made_waits_for_it(budget):
    begun, release, found = threading.Event(), threading.Event(), []

    def slowly():
        begun.set()
        release.wait(timeout=30)
        return Thing(KILO)

    first = threading.Thread(target=lambda: found.append(budget.get("a", slowly)))
    first.start()
    begun.wait(timeout=30)
    second = threading.Thread(target=lambda: found.append(budget.get("a", pytest.fail)))
    second.start()
    assert made(budget, "b") is not None  # others are not kept waiting
    release.set()
    first.join(timeout=30)
    second.join(timeout=30)
    assert found[0] is found[1]


def test_what_could_not_be_made_is_made_by_the_next_who_asks(budget):
    with pytest.raises(ZeroDivisionError):
        budget.get("a", lambda: 1 / 0)
    assert made(budget, "a") is not None


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_asked_for_it_stays_within_its_bytes_or_what_is_shown(budget, seed):
    rng = np.random.default_rng(seed)
    shown, sizes = {}, {}
    for _ in range(200):
        key = int(rng.integers(12))
        sizes.setdefault(key, int(rng.integers(1, 6)) * KILO)
        thing = made(budget, key, sizes[key])
        if rng.random() < 0.2:
            shown[key] = thing
        if shown and rng.random() < 0.2:
            shown.pop(next(iter(shown)))
        del thing
        held = sum(sizes[k] for k in {*shown, key})
        slack = 1.1 * KILO  # what objects themselves take
        assert budget.bytes <= max(budget.most_bytes, held) + slack
        assert all(budget.get(k, pytest.fail) is v for k, v in shown.items())


def test_what_could_not_be_let_go_does_not_come_in(budget):
    with pytest.raises(TypeError, match="weak reference"):
        budget.get("a", lambda: (1, 2))
    assert budget.find("a") is None
    assert made(budget, "a") is made(budget, "a")
