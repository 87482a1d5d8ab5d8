"""Numbers as a person reads them."""

import pytest

from engine import wording


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0.0 %"), (1.0, "100.0 %"), (0.9635, "96.4 %"), (0.00049, "0.0 %"), (2 / 3, "66.7 %")],
)
def test_a_share_has_one_decimal(share, text):
    assert wording.percent(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1.00"),
        (-4.0, "-4.00"),
        (0.007, "0.00700"),
        (0.69314718, "0.693"),
        (-0.69314718, "-0.693"),
        (99.96, "100"),  # rounded first, then shown
        (999.4, "999"),
        (999.6, "1,000"),
        (12345.6, "12,300"),
        (-12345.6, "-12,300"),
        (999_499.0, "999,000"),
        (1e6, "1.00 × 10⁶"),
        (1.5e-7, "1.50 × 10⁻⁷"),
        (-9.9996e-5, "-0.000100"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_has_three_significant_digits(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 epochs"), (1, "1 epoch"), (1000, "1,000 epochs")]
)
def test_one_epoch_is_not_many(count, text):
    assert wording.epochs(count) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1000, "1,000 steps")]
)
def test_one_of_anything_is_not_many(count, text):
    assert wording.counted(count, "step") == text


@pytest.mark.parametrize(
    ("widths", "text"),
    [
        ((), "no hidden layer"),
        ((1,), "1 hidden layer of 1 unit"),
        ((8,), "1 hidden layer of 8 units"),
        ((8, 8), "2 hidden layers of 8 units"),
        ((8, 4), "hidden layers of 8 and 4 units"),
        ((6, 5, 4, 3, 2, 1), "hidden layers of 6, 5, 4, 3, 2 and 1 units"),
        ((7, 6, 5, 4, 3, 2, 1), "7 hidden layers of 1 to 7 units"),
        ((10,) * 50, "50 hidden layers of 10 units"),
    ],
)
def test_the_hidden_part_of_a_network_in_words(widths, text):
    assert wording.layers(widths) == text
