"""What the page says of errors and gaps, against the numbers it is given."""

import pytest

from engine.diagnosis.gaps import Gap, Rate, diagnosis_of
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._bias_variance import sentences


def found(best, threshold=0.03, **errors):
    """The diagnosis of errors counted on a million samples each, so that all is sure."""
    rates = {name: Rate.counted(round(1e6 * error), 10**6) for name, error in errors.items()}
    return diagnosis_of(rates, best, threshold)


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ({"train": 0.01, "dev": 0.11}, "High variance"),
        ({"train": 0.15, "dev": 0.16}, "High bias"),
        ({"train": 0.15, "dev": 0.30}, "High bias and high variance"),
        ({"train": 0.005, "dev": 0.01}, "Neither high bias nor high variance"),
        ({"train": 0.01, "train_dev": 0.02, "dev": 0.30}, "Mismatched sets"),
        (
            {"train": 0.1, "train_dev": 0.2, "dev": 0.3},
            "High bias, high variance and mismatched sets",
        ),
    ],
)
def test_the_verdict_in_words(errors, expected):
    assert sentences.verdict(found(0.0, **errors)) == expected


@pytest.mark.parametrize(
    ("low", "value", "high", "said"),
    [
        (0.04, 0.05, 0.06, "high: the whole 95 % interval, 4.0 to 6.0 points, lies above 3 points"),
        (-0.02, 0.0, 0.02, "not high: the whole 95 % interval, −2.0 to 2.0 points, lies below 3"),
        (0.01, 0.04, 0.07, "**4.0 points**, high, but not surely: so few samples fit anything"),
        (-0.01, 0.02, 0.05, "**2.0 points**, not high, but not surely: so few samples"),
    ],
)
def test_a_gap_is_said_with_its_certainty(low, value, high, said):
    assert said in sentences.gap("variance", Gap(value, low, high, 0.03))


def test_with_a_training_dev_set_the_variance_is_another_difference():
    gap = Gap(0.1, 0.1, 0.1, 0.03)
    assert "(dev error − training error)" in sentences.gap("variance", gap)
    assert "(training-dev error − training error)" in sentences.gap(
        "variance", gap, has_train_dev=True
    )


def test_an_error_below_the_best_possible_one_is_explained():
    assert "by heart" in sentences.below_best(found(0.05, train=0.01), of_people=False)
    assert "people" in sentences.below_best(found(0.05, train=0.01), of_people=True)
    assert sentences.below_best(found(0.05, train=0.06), of_people=False) == ""


def test_a_training_error_that_luck_may_explain_is_not_said_to_be_learned_by_heart_for_sure():
    # 1 of 50 wrong: Wilson's interval, 0.4 to 10.5 %, holds the 5 % that are possible.
    few = diagnosis_of({"train": Rate.counted(1, 50)}, 0.05)
    assert "by luck, with so few samples, or" in sentences.below_best(few, of_people=False)
    # None of 100 wrong reaches up to 3.7 %.
    many = diagnosis_of({"train": Rate.counted(0, 100)}, 0.05)
    assert "luck" not in sentences.below_best(many, of_people=False)


def test_a_dev_error_below_the_best_possible_one_is_called_luck():
    lucky = diagnosis_of({"train": Rate.counted(21, 400), "dev": Rate.counted(5, 200)}, 0.0496)
    assert "200 samples leave room for luck, from 1.1 % to 5.7 %" in sentences.lucky(lucky)
    assert sentences.lucky(found(0.05, train=0.01, dev=0.06)) == ""


def test_the_errors_are_said_with_what_they_were_counted_on():
    said = sentences.rates(found(0.05, train=0.01, dev=0.11), of_people=False)
    assert said.startswith(
        "Best possible error 5.0 %, training error 1.0 % (10,000 of 1,000,000), dev error 11.0 %"
    )


def test_what_a_step_moved():
    before, after = found(0.0, train=0.15, dev=0.16), found(0.0, train=0.05, dev=0.10)
    assert sentences.moved(before, after) == (
        "Avoidable bias 15.0 → 5.0 points (down), variance 1.0 → 5.0 points (up)."
    )
    assert sentences.from_below(before, after) == ""


def test_a_gap_that_closed_because_the_training_error_rose_is_called_that():
    before = found(0.0, train=0.01, dev=0.12)
    assert "from below" in sentences.from_below(before, found(0.0, train=0.06, dev=0.12))
    assert sentences.from_below(before, found(0.0, train=0.02, dev=0.06)) == ""


def test_the_least_dev_error_is_found():
    outcome = run(Experiment(dataset="moons", samples=100, epochs=20))
    said = sentences.curves(outcome)
    assert said.startswith("After epoch 20: training error ")
    best = int(outcome.history["dev_accuracy"].argmax())
    assert said.endswith(f"after epoch {best}.")
