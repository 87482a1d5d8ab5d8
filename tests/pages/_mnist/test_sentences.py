import pytest

from engine.experiment.experiment import Experiment
from pages._kit.training.live import Live
from pages._mnist import sentences

DIGITS = Experiment(
    dataset="mnist", samples=100, dev_fraction=0.0, hidden=(8,), learning_rate=0.1,
    batch_size=10, epochs=2,
)  # fmt: skip
# l2 alone multiplies every weight by 1 - 1000 * 1000 / m at each step
EXPLODING = {"learning_rate": 1000.0, "l2": 1000.0, "epochs": 100}


@pytest.fixture(scope="module")
def live():
    live = Live(DIGITS)
    live.work(float("inf"))
    return live


def test_progress_counts_epochs_and_digits_a_second_and_what_is_left():
    live = Live(DIGITS.but(epochs=6), is_running=True)
    while live.epoch < 2:
        live.step()
    live.seconds = live._paced_from[1] + 0.5
    # two epochs of 100 digits in half a second, so the other four take one second
    assert sentences.progress(live) == (
        "Epoch 2.0 of 6 · 4 epochs or 400 digits a second · about 1.0 s left"
    )


def test_at_its_end_progress_says_how_long_it_took(live):
    live.seconds = 0.5
    assert sentences.progress(live) == "Epoch 2.0 of 2 · trained in 0.5 s"
    live.is_stopped = True
    assert sentences.progress(live) == "Epoch 2.0 of 2 · trained in 0.5 s"


def test_before_the_first_step_there_is_no_speed():
    text = sentences.progress(Live(DIGITS))
    assert text.startswith("Epoch 0.0 of 2 · ")
    assert "digits a second" not in text


def test_a_watched_training_says_what_it_has_reached(live):
    text = sentences.reached(live, None)
    history = live.last_epoch.history
    assert text.startswith("After 2 epochs on 100 digits ")
    assert f"**{100 * history['test_accuracy']:.1f} %** of the 10,000 test digits" in text
    text = sentences.cost(live)
    assert f"The test cost is {history['test_cost']:#.3g} after 2 epochs" in text
    assert f"the training cost {history['train_cost']:#.3g}." in text


def test_an_accuracy_stands_beside_that_of_always_naming_one_digit(live):
    told = sentences.reached(live, None)
    assert told.endswith("; always naming the most common one gets 11.4 %.")


def test_a_training_curve_with_units_switched_off_is_said_to_be_that(live):
    thinned = Live(DIGITS.but(keep_prob=0.7))
    # Nothing was measured on a mini-batch so far.
    assert "dropout" not in sentences.besides(thinned)
    thinned.step()
    text = sentences.besides(thinned)
    assert "dropout switches off 30.0 % of the hidden units: the solid curve is that of" in text
    assert "the test digits meet the whole one. So it is no miracle" in text
    assert sentences.cost(thinned).endswith("as they were met, with units switched off.")
    for other in (live, stepped(DIGITS), stepped(DIGITS.but(keep_prob=0.7, hidden=()))):
        assert "switche" not in sentences.besides(other) + sentences.cost(other)


def stepped(experiment):
    live = Live(experiment)
    live.step()
    return live


def test_a_watched_training_that_diverged_says_so():
    live = Live(DIGITS.but(**EXPLODING))
    live.work(float("inf"))
    assert live.trainer.has_diverged
    text = sentences.ending(live)
    assert f"in epoch {int(live.trainer.diverged_at)}: training diverged" in text


def test_a_training_that_came_to_its_last_epoch_has_no_other_ending(live):
    assert sentences.ending(live) == ""
