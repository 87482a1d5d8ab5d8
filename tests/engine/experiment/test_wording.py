"""Numbers as a person reads them."""

import re

import numpy as np
import pytest

from engine.experiment import wording
from engine.experiment.experiment import KNOBS
from engine.experiment.knobs import Real
from engine.nn.decision import ZERO
from tests.numbers import CHOSEN, DIFFERENCES, NUMBERS, POWERS, SHARES, SIZES


@pytest.mark.parametrize(("share", "text"), SHARES)
def test_a_share_has_one_decimal(share, text):
    assert wording.percent(share) == text


@pytest.mark.parametrize(("difference", "text"), DIFFERENCES)
def test_a_difference_of_shares_is_told_in_points(difference, text):
    assert wording.points(difference) == text


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_a_number_has_three_significant_digits_or_is_whole(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(("value", "text"), POWERS)
def test_powers_of_ten_are_written_one_way(value, text):
    assert wording.power(value) == text


@pytest.mark.parametrize(("value", "text"), SIZES)
def test_a_size_is_readable_however_small_or_large(value, text):
    assert wording.size(value) == text


@pytest.mark.parametrize(("value", "text"), CHOSEN)
def test_a_chosen_number_has_the_digits_it_was_given(value, text):
    assert wording.exact(value) == text


def test_two_chosen_numbers_never_look_the_same(rng):
    values = [*10 ** rng.uniform(-12, 12, 300), *np.nextafter(0.3, [0, 1, 2, 3]), 0.1, 0.3]
    neighbours = {
        float(neighbour) for value in values for neighbour in (value, np.nextafter(value, 9e99))
    }
    assert len({wording.exact(value) for value in neighbours}) == len(neighbours)


def test_no_two_stops_of_a_slider_look_the_same():
    for name, knob in KNOBS.items():
        if isinstance(knob, Real):
            shown = [knob.show(value) for value in knob.options]
            assert len(set(shown)) == len(knob.options), name
            assert not [text for text in shown if "e" in text], name


def test_numbers_are_rounded_to_the_nearest_of_three_digits(rng):
    for value in 10 ** rng.uniform(-4, 6, 500):
        text = wording.number(value)
        digits = re.sub(r"[^0-9]", "", text.split(" ×")[0]).lstrip("0")
        assert len(digits) == 3 or value >= 999.5
        assert float(text.replace(",", "").replace(" × 10⁶", "e6")) == pytest.approx(
            value, rel=5.01e-3
        )


def test_what_is_written_as_zero_is_what_counts_as_zero():
    assert wording.number(np.nextafter(ZERO, 0)) == "0"
    assert wording.number(ZERO) == "1.00 × 10⁻¹²"


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("0.250", "0.250"),
        ("−4", "-4"),
        ("12,300", "12{,}300"),
        ("10⁻⁵", "10^{-5}"),
        ("−1.50 × 10⁻⁷", r"-1.50 \cdot 10^{-7}"),
        ("2.0 × 10¹²", r"2.0 \cdot 10^{12}"),
        ("110", "110"),
    ],
)
def test_a_number_becomes_latex(text, tex):
    assert wording.tex(text) == tex


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
