import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.experiment.wording import number
from engine.training.run import run
from pages._kit.runs import words

DIGITS = Experiment(
    dataset="mnist", samples=100, dev_fraction=0.0, hidden=(8,), learning_rate=0.1,
    batch_size=10, epochs=2,
)  # fmt: skip
# l2 alone multiplies every weight by 1 - 1000 * 1000 / m at each step
EXPLODING = {"learning_rate": 1000.0, "l2": 1000.0, "epochs": 100}


def test_a_run_without_numbers_is_summed_up_without_numbers():
    knobs = {"hidden": (64,) * 50, "activation": "relu", "initializer": "large"}
    assert (
        words.summary(run(DIGITS.but(**knobs))) == "The numbers overflowed before the first step."
    )


def test_a_run_is_summed_up_with_its_own_numbers():
    trained = run(Experiment(epochs=1234))
    text = words.summary(trained)
    right = trained.history["train_accuracy"][-1]
    assert text.startswith(f"After 1,234 epochs {100 * right:.1f} % of the training points")
    assert f"{trained.history['train_cost'][-1]:#.3g}" in text
    assert words.diverged(trained) == ""


def test_a_run_that_diverged_says_when_and_what_helps():
    trained = run(Experiment(**EXPLODING))
    assert trained.diverged_at is not None
    text = words.diverged(trained)
    assert f"in epoch {trained.diverged_at:,}: training diverged" in text
    assert "smaller learning rate" in text
    assert f"After {trained.diverged_at - 1:,} epochs" in words.summary(trained)


def test_equal_experiments_have_no_differences():
    assert words.differences(Experiment(), Experiment()) == ""


def test_differences_are_named_as_on_the_controls():
    experiment = Experiment(hidden=(4, 2), l2=0.1, activation="relu")
    text = words.differences(experiment, Experiment())
    assert text.split(", ") == [
        "hidden layers of 4 and 2 units instead of 1 layer of 3 units",
        "Activation g ReLU instead of Sigmoid",
        "L2 penalty λ 0.1 instead of 0",
    ]


@pytest.mark.parametrize(
    ("text", "epoch"),
    [
        ("0", 0.0),
        ("12.5", 12.5),
        ("1000000", 1e6),
        ("1000001", None),
        ("-1", None),
        ("nan", None),
        ("1e999", None),
        ("1_0", None),
        ("٣", None),
        (" 3", None),
        ("", None),
        ("<script>", None),
    ],
)
def test_an_epoch_in_a_link_is_a_number_within_reach_or_nothing(text, epoch):
    assert words.parse_epoch({"epoch": text}) == epoch


@pytest.mark.parametrize("extras", [None, {}, {"panel": "Compare"}])
def test_a_link_without_an_epoch_has_none(extras):
    assert words.parse_epoch(extras) is None


@pytest.mark.parametrize(
    ("experiment", "text"),
    [
        (Experiment(epochs=2), "A 2-3-1 network solves XOR in "),
        (Experiment(epochs=2, hidden=()), "A single neuron solves XOR in 0 of 2 starts."),
        (
            Experiment(epochs=2, dataset="circles", hidden=(4, 2)),
            "A 2-4-2-1 network gets 95 % of the held-out points right on Circles in",
        ),
    ],
)
def test_starts_that_reached_their_aim_are_counted(experiment, text):
    runs = [run(experiment.but(seed=seed)) for seed in (0, 1)]
    assert words.solved(runs).startswith(text)
    assert words.solved(runs).endswith(" of 2 starts.")


def test_compared_runs_are_said_with_their_names():
    with_test = run(Experiment(dataset="circles", epochs=2))
    whole = run(Experiment(epochs=2))
    text = words.compared([("A", with_test), ("now", whole)], "accuracy")
    first, second = (done.history["train_accuracy"][-1] for done in (with_test, whole))
    held_out = with_test.history["test_accuracy"][-1]
    assert text == (
        f"Final training accuracy: A {100 * first:.1f} % (test {100 * held_out:.1f} %), "
        f"now {100 * second:.1f} %."
    )
    dev = with_test.history["dev_accuracy"][-1]
    of_dev = words.compared([("A", with_test)], "accuracy", "dev")
    assert of_dev == f"Final training accuracy: A {100 * first:.1f} % (dev {100 * dev:.1f} %)."


@pytest.mark.parametrize(
    ("theta", "text"),
    [
        ((1.0, 1.0, -0.5), ""),
        ((1.0, 1.0, -1.5), ""),
        ((1.0, -1.0, 0.0), " 2 of them are ties (z = 0), which count as class 0."),
        ((2.0, 3.0, -5.0), " 1 of them is a tie (z = 0), which counts as class 0."),
        ((5.6e-17, -1.1e-16, 2.8e-17), " All 4 are ties (z = 0), which count as class 0."),
    ],
)
def test_ties_are_counted_and_said(theta, text):
    perceptron = Experiment(hidden=())
    X = load(perceptron).train.X
    assert words.ties_told(network_of(perceptron), np.array(theta), X) == text


def test_a_perceptron_at_rest_on_xor_is_right_by_class_0_alone():
    """Its weights are zero up to rounding: all four are ties, not three of four right."""
    ended = run(Experiment(hidden=(), learning_rate=1.0, epochs=3000))
    assert 0 < np.abs(ended.theta).max() < 1e-14
    assert ended.final("train_accuracy") == 0.5
    assert words.summary(ended).startswith("After 3,000 epochs 50.0 % of the training points")
    assert [number(weight) for weight in ended.theta] == ["0", "0", "0"]
