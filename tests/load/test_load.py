"""A small class, for what must hold whatever the machine: no failure, and each run trained once."""

import pytest

from tests.load.apart import awaited
from tests.load.classroom import Link, hold
from tests.load.server import serving

VISITORS = 8


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


def held(*lesson):
    return awaited(hold(*lesson))


def test_all_who_open_the_same_link_share_one_training(server):
    lesson = held(server.address, [Link("xor", "seed=123&epochs=300")] * VISITORS)
    assert (lesson.refused, lesson.failures) == ([], [])
    assert len(lesson.opened) == VISITORS
    assert len([link for link in server.trained() if "seed=123" in link]) == 1


def test_knobs_turned_by_many_are_answered_and_no_run_is_trained_twice(server):
    lesson = held(server.address, [Link("xor", "seed=124&epochs=30")] * VISITORS, 0.5, 2)
    assert (lesson.refused, lesson.failures) == ([], [])
    assert len(lesson.turned) >= VISITORS
    trained = [link for link in server.trained() if "seed=124" in link]
    assert len(trained) == len(set(trained)) > 1
