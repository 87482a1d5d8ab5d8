"""Pages being drawn are counted while they are, whatever becomes of them."""

import threading

import pytest

from pages._kit.site import navigation
from pages._kit.training.crowd import Crowd, crowd


def test_all_that_are_drawn_count_but_for_those_that_only_look_on():
    crowd = Crowd()
    with crowd.drawing(), crowd.drawing():
        assert crowd.drawn == 2
        with crowd.beside():
            assert crowd.drawn == 1
    assert crowd.drawn == 0


def test_a_page_that_breaks_off_is_no_longer_counted():
    crowd = Crowd()
    with pytest.raises(ZeroDivisionError), crowd.drawing(), crowd.beside():
        raise ZeroDivisionError
    assert crowd.drawn == 0


def test_somebody_waits_for_what_draws_a_page_and_for_nothing_else():
    crowd, seen = Crowd(), []
    assert not crowd.waits
    with crowd.drawing():
        assert crowd.waits
        other = threading.Thread(target=lambda: seen.append(crowd.waits))
        other.start()
        other.join()
        with crowd.beside():
            assert not crowd.waits
    assert seen == [False]
    assert not crowd.waits


def test_many_at_once_lose_no_count():
    crowd = Crowd()

    def draw() -> None:
        for _ in range(2000):
            with crowd.drawing(), crowd.beside():
                pass

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert crowd.drawn == 0


def test_a_page_is_counted_while_it_is_drawn_and_not_after(visit_alone, monkeypatch):
    counts = []
    navigate = navigation._navigation

    def noted():
        counts.append(crowd.drawn)
        return navigate()

    monkeypatch.setattr(navigation, "_navigation", noted)
    visit_alone("xor", {"epochs": "30"})
    assert max(counts) == 1
    assert crowd.drawn == 0
