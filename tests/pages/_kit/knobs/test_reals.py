"""A row of numbers as a control: what is one, and what is not."""

import pytest

from pages._kit.knobs.reals import Reals

KNOB = Reals(label="z", section="network", meaning="", fewest=2, most=3, low=-5, high=5)


@pytest.mark.parametrize("values", [(0.0, 1.0), (-5.0, 5.0, 0.1 + 0.2)])
def test_numbers_come_back_from_a_link(values):
    assert KNOB.parse(KNOB.write(values)) == values
    assert KNOB.check(list(values)) == values


@pytest.mark.parametrize(
    "text", ["", "1", "1_2_3_4", "1_6", "nan_1", "1e999_1", "1__2", "_" * 5000, "<b>_1"]
)
def test_what_is_no_row_of_numbers_is_refused(text):
    with pytest.raises(ValueError):
        KNOB.parse(text)


@pytest.mark.parametrize("value", ["12", [True, 1], [1, None], [float("nan"), 0], [1, "2"]])
def test_what_a_browser_says_is_not_trusted(value):
    with pytest.raises((ValueError, TypeError)):
        KNOB.check(value)


def test_a_row_may_be_empty_where_none_is_needed():
    knob = Reals(label="Start", section="network", meaning="", fewest=0, most=2, low=-5, high=5)
    assert knob.parse(knob.write(())) == ()
    assert knob.show(()) == "none"


def test_words():
    assert KNOB.allowed == "2 to 3 numbers from −5 to 5"
    assert KNOB.show((1.0, -0.5)) == "1, −0.5"
