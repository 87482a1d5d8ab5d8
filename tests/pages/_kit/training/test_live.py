from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run, train
from pages._kit.training.live import Live

DIGITS = Experiment(
    dataset="mnist", samples=3000, dev_fraction=0.0, hidden=(64,), activation="relu",
    initializer="he", learning_rate=0.1, batch_size=1, epochs=2,
)  # fmt: skip
POINTS = Experiment(dataset="circles", samples=60, noise=0.1, epochs=40, batch_size=7)
# l2 alone multiplies every weight by 1 - 1000 * 1000 / 200 at each step
BLOWN_UP = DIGITS.but(learning_rate=1000.0, l2=1000.0, samples=200, batch_size=20, epochs=5)


def to_its_end(live, budget):
    while not live.is_finished:
        live.work(budget)
    return live


def numbers(snapshots):
    return [(s.epoch, s.step, dict(s.history), s.batch_cost, s.batch_accuracy) for s in snapshots]


def test_the_untrained_network_has_been_looked_at():
    live = Live(DIGITS)
    assert (live.share, live.is_running, live.is_finished) == (0.0, False, False)
    assert [snapshot.epoch for snapshot in live.passed] == [0.0]
    assert live.last_epoch.history["test_accuracy"] < 0.3  # ten classes: about 0.1 by chance


def test_work_without_a_budget_is_one_stretch():
    live = Live(DIGITS)
    before = live.trainer.step
    live.work(0.0)
    once = live.trainer.step
    assert before == 0 < once < 3000  # less than one epoch, as digits come one by one
    live.work(0.0)
    assert live.trainer.step > once


@pytest.mark.parametrize("budget", [0.0, float("inf")], ids=["in slices", "at once"])
@pytest.mark.parametrize("experiment", [DIGITS, POINTS], ids=["digits", "points"])
def test_a_watched_training_is_an_unwatched_one_bit_for_bit(experiment, budget):
    live, alone = to_its_end(Live(experiment), budget), run(experiment)
    np.testing.assert_array_equal(live.trainer.kept, alone.theta)
    whole = [snapshot for snapshot in live.passed if snapshot.history]
    for name in alone.history:
        if name != "epoch":
            assert [s.history[name] for s in whole] == list(alone.history[name]), name
    assert [s.epoch for s in whole] == list(alone.history["epoch"])


def test_slices_show_what_the_stream_shows():
    assert numbers(to_its_end(Live(DIGITS), 0.0).passed) == numbers(train(DIGITS))


def test_progress_only_goes_up_and_ends_at_all():
    live, shares = Live(DIGITS), [0.0]
    while not live.is_finished:
        live.work(0.0)
        shares.append(live.share)
    assert shares == sorted(shares)
    assert len(set(shares)) > 1 + DIGITS.epochs  # an epoch is shown several times under way
    assert shares[-1] == 1.0
    assert live.passed[-1] is live.last_epoch


def test_under_way_the_last_whole_epoch_is_the_one_read():
    live = Live(DIGITS)
    while live.trainer.step <= 3000:  # into the second epoch
        live.work(0.0)
    assert not live.passed[-1].history
    assert 2.0 > live.passed[-1].epoch > live.last_epoch.epoch == 1.0


def test_the_end_stops_it_running_and_nothing_follows():
    live = Live(POINTS, is_running=True)
    assert live.is_running
    to_its_end(live, 0.0)
    assert not live.is_running
    passed, theta = len(live.passed), live.trainer.theta.copy()
    live.work(float("inf"))
    assert len(live.passed) == passed
    np.testing.assert_array_equal(live.trainer.theta, theta)


def test_the_thetas_that_have_passed_are_not_kept():
    live = to_its_end(Live(DIGITS), 0.0)
    assert {snapshot.theta.size for snapshot in live.passed} == {0}


def test_a_diverging_training_ends_with_finite_numbers():
    live = to_its_end(Live(BLOWN_UP, is_running=True), 0.0)
    assert live.trainer.has_diverged
    assert not live.is_running
    assert np.isfinite(live.trainer.kept).all()
    assert all(np.isfinite(list(s.history.values())).all() for s in live.passed)


def test_after_it_has_diverged_no_more_is_trained():
    live = Live(BLOWN_UP.but(samples=3000, batch_size=1))
    live.work(float("inf"))
    assert live.trainer.diverged_at == 1
    assert live.trainer.step < 3000  # not even to the end of the first epoch


def test_no_epochs_at_all_is_finished_at_once():
    live = Live(POINTS.but(epochs=0))
    assert live.is_finished
    assert live.share == 0.0
    assert live.last_epoch.epoch == 0.0


def test_who_has_been_relieved_works_no_more():
    live = Live(POINTS)
    live.hand_over()
    former = live.worker
    live.hand_over()
    live.work(0.0, former)
    assert live.epoch == 0
    live.work(0.0, live.worker)
    assert live.epoch > 0


def test_a_knob_waits_until_the_slice_under_way_has_ended():
    live = Live(DIGITS.but(epochs=50))
    live.hand_over()
    former = live.worker
    with ThreadPoolExecutor(1) as thread:
        slices = thread.submit(lambda: [live.work(0.02, former) for _ in range(20)])
        while not live.trainer.step:
            pass
        live.hand_over()
        live.adjust(live.experiment.but(learning_rate=0.01))
        step, epoch = live.trainer.step, live.epoch
        slices.result()
    assert (live.trainer.step, live.epoch) == (step, epoch)
    assert live.adjustments[0].step == step
    assert live.pace == 0


def test_a_training_adjusted_and_one_that_was_not_part_where_it_was_turned():
    live, other = Live(POINTS), Live(POINTS)
    for training in (live, other):
        while training.epoch < 20:
            training.step()
    live.adjust(POINTS.but(learning_rate=0.05))
    assert live.is_adjusted
    assert not other.is_adjusted
    for training in (live, other):
        training.go_on()
        training.work(float("inf"))
    here, there = (
        np.array([s.history["dev_cost"] for s in training.passed if s.history])
        for training in (live, other)
    )
    np.testing.assert_array_equal(here[:21], there[:21])
    assert (here[21:] != there[21:]).all()


def test_a_knob_turned_and_turned_back_leaves_no_mark():
    live = Live(POINTS)
    live.step()
    live.adjust(POINTS.but(l2=0.1))
    live.adjust(POINTS)
    assert live.adjustments == []
    live.work(float("inf"))
    np.testing.assert_array_equal(live.trainer.kept, run(POINTS).theta)


def test_another_start_is_refused():
    with pytest.raises(ValueError, match="cannot be given another start"):
        Live(POINTS).adjust(POINTS.but(hidden=(9,)))


def test_until_is_where_it_pauses():
    live = Live(POINTS)
    live.go_on(until=3)
    live.work(float("inf"))
    assert (live.epoch, live.is_running, live.is_finished) == (3.0, False, False)


def test_a_fork_leaves_the_other_as_it_is():
    live = Live(POINTS)
    live.step()
    twin, before = live.fork(), live.trainer.theta.copy()
    twin.work(float("inf"))
    np.testing.assert_array_equal(live.trainer.theta, before)
    np.testing.assert_array_equal(twin.trainer.kept, run(POINTS).theta)
    assert len(live.passed) < len(twin.passed)


def test_as_a_run_it_is_what_the_engine_gives():
    live, alone = to_its_end(Live(POINTS), 0.0).run(), run(POINTS)
    np.testing.assert_array_equal(live.theta, alone.theta)
    for name, values in alone.history.items():
        np.testing.assert_array_equal(live.history[name], values)
    assert (live.diverged_at, live.stopped_at) == (None, None)
