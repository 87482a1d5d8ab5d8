"""What is a number in text from outside: the plain ones, and nothing that only Python takes."""

import math
import random
import re

import pytest

from engine.experiment.numerals import MOST_CHARACTERS, real, whole, written

NUMBERS = {
    "0": 0.0, "-0": 0.0, "7": 7.0, "+7": 7.0, "-7": -7.0, "007": 7.0, "0.5": 0.5, ".5": 0.5,
    "5.": 5.0, "-.5": -0.5, "1e3": 1000.0, "1E-3": 0.001, "2.5e+2": 250.0, "1e-400": 0.0,
}  # fmt: skip

NONE = [
    "", " ", "-", "+", ".", "e5", "-.e1", "1e", "1e+", "1.2.3", "--1", "+-1", " 1", "1 ", "1\n",
    "1_0", "1_000.5", "1,5", "0x10", "1f", "1j", "inf", "-inf", "Infinity", "nan", "NaN", "1e999",
    "٣", "３", "²", "½", "−1", "–1", "1٠", "one", "True", "None", "[1]", "1;2", "\0", "1\0",
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers_as_people_and_programs_write_them(text, number):
    assert real(text) == number


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_refused(text):
    for read in (real, whole):
        with pytest.raises(ValueError, match=r"^$"):
            read(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-12", -12), ("+3", 3), ("007", 7)])
def test_whole_numbers(text, number):
    assert (whole(text), type(whole(text))) == (number, int)


@pytest.mark.parametrize("text", ["1.0", "1e3", "1.", ".1"])
def test_a_whole_number_has_neither_point_nor_power(text):
    with pytest.raises(ValueError, match=r"^$"):
        whole(text)


@pytest.mark.parametrize("read", [real, whole])
def test_a_text_may_be_so_long_and_no_longer(read):
    assert read("0" * (MOST_CHARACTERS - 1) + "7") == 7
    for zeros in (MOST_CHARACTERS, 10**6):
        with pytest.raises(ValueError, match=r"^$"):
            read("0" * zeros + "7")


def test_any_float_comes_back_from_what_is_written():
    rng = random.Random(0)
    for _ in range(5000):
        number = rng.uniform(-1, 1) * 10.0 ** rng.randint(-320, 308)
        assert real(written(number)) == number
        assert len(written(number)) <= 24
    for number in (0.0, 5e-324, 1.7976931348623157e308, -1.2345678901234567e-308):
        assert real(written(number)) == number


@pytest.mark.parametrize(("number", "text"), [(2.0, "2"), (0.1, "0.1"), (-100.0, "-100"), (1, "1")])
def test_short_numbers_are_written_short(number, text):
    assert written(number) == text


SIGNS = [*"0123456789", *"+-.eE", *"_,; xX", *"٣²−–", "\n", "\0", "inf", "nan", "1e9", "0x"]


def test_random_text_is_a_number_by_the_rule_or_is_refused_without_a_word():
    """The rule is spelled a second time: Python's own reader, less what it takes besides."""
    rng = random.Random(1)
    taken = 0
    for _ in range(20_000):
        text = "".join(rng.choice(SIGNS) for _ in range(rng.randint(0, 6)))
        plain = text.isascii() and text == text.strip() and not re.search("[_naifx]", text)
        try:
            expected = float(text) if plain else math.nan
        except ValueError:
            expected = math.nan
        if math.isfinite(expected):
            taken += 1
            assert real(text) == expected
        else:
            with pytest.raises(ValueError, match=r"^$"):
                real(text)
    assert taken > 1000  # so that both branches were seen
