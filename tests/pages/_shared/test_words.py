import pytest

from engine.experiment import Experiment
from engine.training import run
from pages._shared import words
from pages._shared.live import Live

DIGITS = Experiment(
    dataset="mnist", samples=100, dev_fraction=0.0, hidden=(8,), learning_rate=0.1,
    batch_size=10, epochs=2,
)  # fmt: skip
EXPLODING = Experiment(hidden=(3,), activation="relu", learning_rate=1000.0, init_scale=100.0)


@pytest.fixture(scope="module")
def live():
    live = Live(DIGITS)
    live.work(float("inf"))
    return live


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0.0 %"), (1.0, "100.0 %"), (0.9635, "96.4 %"), (0.00049, "0.0 %"), (2 / 3, "66.7 %")],
)
def test_a_share_has_one_decimal(share, text):
    assert words.percent(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (0.125, "0.125"),
        (0.69314718, "0.693"),
        (-0.69314718, "-0.693"),
        (999.4, "999"),
        (999.6, "1,000"),  # rounded first, grouped then
        (12345.6, "12,300"),
        (-12345.6, "-12,300"),
        (999_499.0, "999,000"),
        (1e6, "1.00e+06"),
        (1.5e-7, "1.5e-07"),
    ],
)
def test_a_number_has_three_significant_digits(value, text):
    assert words.number(value) == text


def test_a_run_is_summed_up_with_its_own_numbers():
    trained = run(Experiment(epochs=1234))
    text = words.summary(trained)
    right = trained.history["train_accuracy"][-1]
    assert text.startswith(f"After 1,234 epochs {100 * right:.1f} % of the training points")
    assert f"{trained.history['train_cost'][-1]:.3g}" in text
    assert "diverged" not in text


def test_a_run_that_diverged_says_when_and_what_helps():
    trained = run(EXPLODING)
    assert trained.diverged_at is not None
    text = words.summary(trained)
    assert f"in epoch {trained.diverged_at:,}: training diverged" in text
    assert "smaller learning rate" in text
    assert f"After {trained.diverged_at - 1:,} epoch" in text


def test_equal_experiments_have_no_differences():
    assert words.differences(Experiment(), Experiment()) == ""


def test_differences_are_named_as_on_the_controls():
    one = Experiment(hidden=(4, 2), l2=0.1, activation="relu")
    text = words.differences(one, Experiment())
    assert text.split(", ") == [
        "Hidden layers 4-2 instead of 3",
        "Activation g ReLU instead of Sigmoid",
        "L2 penalty λ 0.1 instead of 0",
    ]


def test_progress_counts_epochs_and_digits_a_second(live):
    live.seconds = 0.5
    # two epochs of 100 digits in half a second
    assert words.progress(live) == "Epoch 2.0 of 2 · 0.5 s · 400 digits a second"


def test_before_the_first_step_there_is_no_speed():
    text = words.progress(Live(DIGITS))
    assert text.startswith("Epoch 0.0 of 2 · ")
    assert "digits a second" not in text


def test_a_watched_training_says_what_it_has_reached(live):
    text = words.watched(live)
    history = live.last_epoch.history
    assert text.startswith("After 2 epochs on 100 digits ")
    assert f"{100 * history['test_accuracy']:.1f} % of the 10,000 test digits" in text
    assert f"{history['test_cost']:.3g}" in text


def test_a_watched_training_that_diverged_says_so():
    live = Live(DIGITS.but(learning_rate=1000.0, activation="relu", init_scale=100.0))
    live.work(float("inf"))
    assert live.trainer.has_diverged
    text = words.watched(live)
    assert f"in epoch {int(live.trainer.diverged_at)}: training diverged" in text


@pytest.mark.parametrize("name", sorted(path.stem for path in words._PROSE.glob("*.md")))
def test_the_prose_is_plain_sentences(name):
    text = words.prose(name)
    assert text.strip()
    assert "!" not in text.replace("![", "")
