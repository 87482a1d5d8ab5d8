"""Time left is extrapolated from what was measured, and from nothing else."""

import pytest

from pages._kit.training import pace as module
from pages._kit.training.pace import AWAY, Pace


@pytest.fixture
def at(monkeypatch):
    """Set the clock on the wall."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])

    def set_to(seconds):
        now[0] = 100.0 + seconds

    return set_to


def test_before_anything_is_measured_nothing_is_said():
    pace = Pace()
    assert pace.left(0.0) is None
    pace.start(0.0)
    assert pace.left(0.0) is None
    pace.look(0.0)
    assert pace.left(0.0) is None


def test_a_fifth_in_two_seconds_leaves_eight(at):
    pace = Pace()
    pace.start(0.0)
    at(2)
    pace.look(0.2)
    assert pace.left(0.2) == pytest.approx(8)
    assert pace.left(0.6) == pytest.approx(4)
    assert pace.left(1.0) == 0


def test_what_was_done_before_the_start_is_not_counted_as_fast(at):
    pace = Pace()
    pace.start(0.5)
    at(3)
    pace.look(0.6)
    assert pace.left(0.6) == pytest.approx(12)


def test_a_halt_takes_no_time(at):
    pace = Pace()
    pace.start(0.0)
    at(1)
    pace.halt(0.25)
    at(1000)
    assert pace.left(0.25) == pytest.approx(3)
    pace.look(0.25)
    assert pace.left(0.25) == pytest.approx(3)
    pace.start(0.25)
    at(1001)
    pace.look(0.5)
    assert pace.left(0.5) == pytest.approx(2)


def test_who_was_away_is_not_said_to_have_waited(at):
    pace = Pace()
    pace.start(0.0)
    at(3600)
    pace.look(0.5)
    assert pace.left(0.5) == AWAY
