"""Numbers in charts, written by Vega in a real browser, against the same tables as everywhere."""

import math

import pytest

from engine.experiment import wording
from tests.numbers import CHOSEN, NUMBERS, SHARES, SIZES

POWERS = range(-12, 13)
DEMO = "tests/e2e/apps/charts_demo.py"


@pytest.fixture
def texts(page, server, problems):
    """Return what a chart of the demo has written, from top to bottom."""
    page.goto(server(DEMO))

    def written(name):
        marks = page.locator(f".st-key-{name} svg .mark-text.role-mark text")
        marks.first.wait_for()
        return marks.all_text_contents()

    yield written
    assert problems == []


def test_vega_writes_as_the_sentences_do(texts):
    numbers_are_written_by_the_same_tables(texts)
    ticks_have_as_few_digits_as_say_it(texts)
    powers_of_ten_are_written_one_way(texts)


def numbers_are_written_by_the_same_tables(texts):
    for name, table in {"number": NUMBERS, "percent": SHARES, "size": SIZES}.items():
        expected = [text for value, text in table if math.isfinite(value)]
        expected = [text for text in expected if "10⁻³²⁴" not in text]
        assert texts(name) == expected, name


def ticks_have_as_few_digits_as_say_it(texts):
    # Ticks are round numbers: six digits are enough for them.
    expected = [text for _, text in CHOSEN][:-2]
    assert texts("chosen")[:-2] == expected


def powers_of_ten_are_written_one_way(texts):
    assert texts("power") == [wording.exact(10.0**k) if k in (0, 1) else raised(k) for k in POWERS]


def raised(exponent):
    return f"10{str(exponent).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
