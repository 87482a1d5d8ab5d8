"""How long updates take is measured in laps, and remembered."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training import stopwatch, trainer
from engine.training.stopwatch import LAPS, Stopwatch, stopwatch_for

MOONS = Experiment(
    dataset="moons", samples=50, train_fraction=0.5, dev_fraction=0.0, hidden=(4,), batch_size=7
)


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    stopwatch._stopwatches.clear()
    yield
    stopwatch._stopwatches.clear()


def measured(experiment):
    found = stopwatch_for(experiment)
    while not found.is_known:
        found.take_lap()
    return found


def test_the_shortest_lap_counts(monkeypatch):
    """Each update takes one second by this clock, but for those of the first lap."""
    elapsed, updates = [0.0], [0]
    moved = trainer.Trainer._move

    def move(self, gradient):
        updates[0] += 1
        elapsed[0] += 5 if updates[0] <= 10 else 1
        moved(self, gradient)

    monkeypatch.setattr(trainer, "_clock", lambda: elapsed[0])
    monkeypatch.setattr(trainer.Trainer, "_move", move)
    assert measured(MOONS).seconds == 1
    assert updates[0] > LAPS


def test_nothing_is_known_before_the_first_lap():
    found = Stopwatch(MOONS)
    assert (found.is_known, found.seconds) == (False, 0)


def test_a_step_that_takes_long_has_one_lap(monkeypatch):
    monkeypatch.setattr(stopwatch, "LONG", 0.0)
    found = Stopwatch(MOONS)
    while not found.is_known:
        found.take_lap()
    assert len(found._laps) == 1


def test_a_network_that_overflows_is_timed_all_the_same():
    wild = MOONS.but(hidden=(64,) * 30, activation="relu", initializer="large", init_scale=100.0)
    assert np.isfinite(measured(wild).seconds)


def test_updates_that_do_the_same_work_are_timed_once(monkeypatch):
    measured(MOONS)
    monkeypatch.setattr(stopwatch.Stopwatch, "take_lap", lambda self: pytest.fail("is timed anew"))
    same = measured(MOONS.but(learning_rate=9.0, epochs=0, seed=3, data_seed=1, shuffle="once"))
    assert same.seconds > 0


@pytest.mark.parametrize(
    "change", [{"batch_size": 8}, {"hidden": (5,)}, {"optimizer": "adam"}, {"samples": 60}]
)
def test_other_updates_are_timed_by_themselves(change):
    assert stopwatch_for(MOONS) is stopwatch_for(MOONS.but(seed=1))
    assert stopwatch_for(MOONS) is not stopwatch_for(MOONS.but(**change))


def test_not_more_are_remembered_than_that(monkeypatch):
    monkeypatch.setattr(stopwatch, "REMEMBERED", 2)
    first = stopwatch_for(MOONS)
    stopwatch_for(MOONS.but(batch_size=1))
    assert stopwatch_for(MOONS) is first  # the latest asked for
    stopwatch_for(MOONS.but(batch_size=2))
    assert stopwatch_for(MOONS) is first
    stopwatch_for(MOONS.but(batch_size=1))
    stopwatch_for(MOONS.but(batch_size=2))
    assert stopwatch_for(MOONS) is not first
