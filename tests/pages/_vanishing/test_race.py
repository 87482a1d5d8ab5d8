import pytest

from pages._kit.runs.words import duration
from pages._vanishing import literature
from pages._vanishing import race as race_module
from pages._vanishing.race import Race


@pytest.fixture
def race(monkeypatch):
    """A race that is short: few layers, few digits."""
    study = race_module.depth_study
    monkeypatch.setattr(
        race_module, "depth_study", lambda *knobs: study(*knobs).but(samples=300, epochs=2)
    )
    return Race(2, seed=0)


def run_on(race, workers):
    while race.is_running:
        race.work(workers)


def test_before_the_first_step_there_is_an_accuracy_to_be_seen(race):
    assert (race.is_running, race.is_over, race.share) == (False, False, 0.0)
    for name in ("he", "xavier"):
        epochs, accuracies = race.curve(name)
        assert epochs == [0.0]
        assert 0 <= accuracies[0] <= 1


def test_both_go_on_in_turn_and_are_seen_within_an_epoch(race, monkeypatch):
    monkeypatch.setattr(race_module, "_SLICE", 0.0)
    workers = race.hand_over()
    race.go_on()
    run_on(race, workers)
    assert (race.is_running, race.is_over, race.share) == (False, True, 1.0)
    for name in ("he", "xavier"):
        epochs, accuracies = race.curve(name)
        assert epochs == sorted(set(epochs))
        assert {0.0, 1.0, 2.0} <= set(epochs)
        assert accuracies[-1] == race.accuracy(name)
        last = race.lives[name].run().history["test_accuracy"][-1]  # of all 10,000 test digits
        assert accuracies[-1] == last


def test_it_can_be_stopped_and_goes_on_from_there(race):
    workers = race.hand_over()
    race.go_on()
    race.work(workers)
    race.stop()
    share = race.share
    race.work(workers)
    assert race.share == share < 1
    race.go_on()
    run_on(race, workers)
    assert race.is_over


def test_a_script_run_that_was_relieved_works_no_more(race):
    before = race.hand_over()
    race.go_on()
    race.hand_over()
    race.work(before)
    assert race.share == 0


def test_before_it_runs_no_result_is_told_and_the_time_is_called_a_guess(race):
    assert race.seconds_left is None
    assert "at a rough guess" in literature.progress(race)
    told = literature.outcome(race)
    assert told.startswith("Nothing is trained yet.")
    assert "%" not in told


def test_before_training_both_read_the_same_digits_right(race):
    # He's weights are Xavier's times the root of 2; without biases ReLU passes the factor on.
    assert race.accuracy("he") == race.accuracy("xavier")


def test_on_the_way_the_time_left_is_what_was_measured(monkeypatch):
    study, now = race_module.depth_study, [0.0]
    monkeypatch.setattr(
        race_module, "depth_study", lambda *knobs: study(*knobs).but(samples=300, epochs=1000)
    )
    monkeypatch.setattr(race_module, "_SLICE", 0.0)
    monkeypatch.setattr("pages._kit.training.pace.time.monotonic", lambda: now[0])
    race = Race(2, seed=0)
    workers = race.hand_over()
    race.go_on()
    race.work(workers)
    assert literature.progress(race) == f"Training, {100 * race.share:.0f} % done"
    now[0] = 8.0
    race.stop()
    expected = 8.0 / race.share * (1 - race.share)
    assert race.seconds_left == pytest.approx(expected)
    left = duration(expected)
    assert literature.progress(race) == f"Stopped, {100 * race.share:.0f} % done, about {left} left"
    assert "the He start reads" in literature.outcome(race)
