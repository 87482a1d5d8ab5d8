"""The digits of the first screen, and what a training leaves for the one after it."""

import numpy as np
import pytest

from engine.data import mnist
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.training.live import Live
from pages._mnist.before import left_by
from pages._mnist.guesses import LEARNED, NOTHING, UNSEEN, guesses
from pages._mnist.sentences import guessed, reached

DIGITS = Experiment(
    dataset="mnist", samples=100, dev_fraction=0.0, hidden=(8,), learning_rate=0.1,
    batch_size=10, epochs=2,
)  # fmt: skip


@pytest.fixture(scope="module")
def live():
    live = Live(DIGITS)
    live.work(float("inf"))
    return live


def test_they_are_the_first_digits_it_learns_from_and_the_first_it_never_sees(live):
    seen = guesses(live)
    train, test = live.trainer.problem.train, live.trainer.problem.test
    assert seen.learned == LEARNED
    assert len(seen.labels) == LEARNED + UNSEEN
    assert np.array_equal(seen.pictures[:LEARNED], train.rows[train.index[:LEARNED]])
    assert np.array_equal(seen.pictures[LEARNED:], mnist.load().test_images[:UNSEEN])
    assert np.array_equal(seen.labels[LEARNED:], mnist.load().test_labels[:UNSEEN])
    predicted = live.trainer.network.predict(live.trainer.kept, test.X[:, :UNSEEN])
    assert np.array_equal(seen.read_as[LEARNED:], predicted.argmax(axis=0))


def test_while_it_learns_they_are_read_by_the_network_as_it_is_by_then():
    live = Live(DIGITS)
    start = guesses(live)
    live.step()
    now = live.trainer.network.predict(
        live.trainer.theta, live.trainer.problem.train.X[:, :LEARNED]
    )
    assert np.array_equal(guesses(live).read_as[:LEARNED], now.argmax(axis=0))
    assert np.array_equal(guesses(live).pictures, start.pictures)


def test_numbers_that_have_overflowed_read_nothing():
    live = Live(
        DIGITS.but(initializer="large", init_scale=100, hidden=(8,) * 30, activation="relu")
    )
    seen = guesses(live)
    assert (seen.read_as == NOTHING).all()
    assert guessed(seen) == "It reads 0 of these 24 right."


def test_fewer_digits_than_places_are_all_shown():
    seen = guesses(Live(DIGITS.but(samples=3, batch_size=0)))
    assert (seen.learned, len(seen.labels)) == (3, 3 + UNSEEN)


def test_before_its_first_epoch_a_training_leaves_nothing():
    assert left_by(Live(DIGITS)) is None


def test_what_is_left_is_the_held_out_curve_and_what_was_reached(live):
    left, history = left_by(live), run(DIGITS).history
    assert np.array_equal(left.cost, history["test_cost"][1:])
    assert np.array_equal(left.accuracy, history["test_accuracy"][1:])
    assert left.epochs.tolist() == [1, 2]
    other = Live(DIGITS.but(learning_rate=0.3))
    share = f"{100 * history['test_accuracy'][-1]:.1f} %"
    assert f"Grey, before: {share}, with Learning rate α 0.1 instead of 0.3." in reached(
        other, left
    )
    assert "Grey" not in reached(live, left)  # the same knobs once more
