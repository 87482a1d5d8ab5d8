"""Each kind of knob: what it allows, its one canonical form, and its way into a link and back."""

from fractions import Fraction

import numpy as np
import pytest

from engine.knobs import Choice, Choices, Flag, Integer, Points, Real, Widths

WORDS = {"label": "A knob", "section": "data", "meaning": "It turns."}
TITLES = {"b": "Bee", "a": "Ay", "c": "Sea"}
INTEGER = Integer(**WORDS, low=-5, high=60_000, names={0: "all"})
REAL = Real(**WORDS, low=0.0, high=1000.0)
FLAG = Flag(**WORDS)
CHOICE = Choice(**WORDS, titles=TITLES)
CHOICES = Choices(**WORDS, titles=TITLES)
ANY = Choices(**WORDS, titles=TITLES, fewest=0)
WIDTHS = Widths(**WORDS, depth=3, width=512)
POINTS = Points(**WORDS, most=3, bound=100.0)


def cases(table):
    """Spread a table of knob -> rows into (knob, *row)."""
    return [(knob, *row) for knob, rows in table for row in rows]


@pytest.mark.parametrize(
    ("knob", "value", "canonical"),
    cases(
        [
            (INTEGER, [(7, 7), (7.0, 7), (np.int64(7), 7), (-5, -5), (60_000, 60_000)]),
            (REAL, [(1, 1.0), (0.5, 0.5), (-0.0, 0.0), (np.float64(2), 2.0), (1000, 1000.0)]),
            (REAL, [(Fraction(1, 4), 0.25), (5e-324, 5e-324)]),
            (FLAG, [(True, True), (0, False), (1, True), (np.True_, True)]),
            (CHOICE, [("a", "a")]),
            (CHOICES, [("a", ("a",)), (["a", "b"], ("b", "a")), (("b", "b"), ("b",))]),
            (WIDTHS, [((), ()), ([4, 2.0], (4, 2)), ((1, 512, 1), (1, 512, 1))]),
            (
                POINTS,
                [
                    ([[1, -100, 1.0]], ((1.0, -100.0, 1),)),
                    ([(0.12345, -1e-9, 0)] * 3, ((0.123, 0.0, 0),) * 3),
                ],
            ),
        ]
    ),
)
def test_a_value_is_brought_into_one_canonical_form(knob, value, canonical):
    checked = knob.check(value)
    assert checked == canonical
    assert repr(checked) == repr(canonical)  # also of one type, and 0.0 is not -0.0


NOT_NUMBERS = [(None,), ("7",), (True,), (float("nan"),), (float("inf"),), ([],), ({},), (1j,)]


@pytest.mark.parametrize(
    ("knob", "value"),
    cases(
        [
            (INTEGER, [*NOT_NUMBERS, (0.5,), (-6,), (60_001,), (10**400,)]),
            (REAL, [*NOT_NUMBERS, (-1e-9,), (1000.001,), (10**400,)]),
            (FLAG, [(None,), ("1",), ("on",), (2,), (0.5,), ([],)]),
            (CHOICE, [(None,), ("d",), (1,), (["a"],), ("",), ("A",)]),
            (CHOICES, [(None,), ("d",), (1,), ((),), (["a", "d"],), ([["a"]],)]),
            (WIDTHS, [(None,), ("4",), (4,), ((1, 2, 3, 4),), ((0,),), ((513,),), ((True,),)]),
            (WIDTHS, [((1.5,),), (("4",),), ((None,),), ((float("nan"),),)]),
            (POINTS, [(None,), ("0_0_1",), (1,), ((),), ([(0, 0)],), ([(0, 0, 0)] * 4,)]),
            (POINTS, [([(0, 0, 2)],), ([(0, 101, 0)],), ([(float("nan"), 0, 0)],)]),
            (
                POINTS,
                [([(0, float("inf"), 0)],), ([(0, 0, "1")],), ([(0, 0, 0, 0)],), ([0, 0, 1],)],
            ),
        ]
    ),
)
def test_a_bad_value_is_refused(knob, value):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        knob.check(value)


@pytest.mark.parametrize(
    ("knob", "value", "text"),
    cases(
        [
            (INTEGER, [(7, "7"), (-5, "-5"), (60_000, "60000")]),
            (REAL, [(1.0, "1"), (0.1, "0.1"), (1e-5, "1e-05"), (1 / 3, "0.3333333333333333")]),
            (FLAG, [(True, "1"), (False, "0")]),
            (CHOICE, [("a", "a")]),
            (CHOICES, [(("a",), "a"), (("b", "c"), "b.c")]),
            (ANY, [((), "none"), (("a",), "a")]),
            (WIDTHS, [((), "none"), ((4,), "4"), ((4, 2, 512), "4-2-512")]),
            (
                POINTS,
                [
                    (((1.0, -0.5, 1),), "1_-0.5_1"),
                    (((99.999, 0.001, 0),) * 2, "99.999_0.001_0~99.999_0.001_0"),
                ],
            ),
        ]
    ),
)
def test_a_value_is_written_into_a_link_and_read_back(knob, value, text):
    assert knob.write(value) == text
    assert repr(knob.parse(text)) == repr(value)


HOSTILE = [
    "",
    " ",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "1_0",
    "٣",
    "３",
    "²",
    "0x10",
    "1,5",
    "<b>",
    "9" * 5000,
]


@pytest.mark.parametrize(
    ("knob", "text"),
    cases(
        [
            (INTEGER, [*((text,) for text in HOSTILE), ("1.5",), ("--5",), ("-",), ("70000",)]),
            (REAL, [*((text,) for text in HOSTILE), ("-1",), ("1001",)]),
            (FLAG, [*((text,) for text in HOSTILE), ("True",), ("on",), ("2",)]),
            (CHOICE, [*((text,) for text in HOSTILE), ("A",), ("a ",)]),
            (CHOICES, [*((text,) for text in HOSTILE), ("a.",), ("a,b",), ("a.d",), ("none",)]),
            (WIDTHS, [*((text,) for text in HOSTILE), ("4-",), ("1-2-3-4",), ("0",), ("513",)]),
            (WIDTHS, [("4--2",), ("-4",), ("4-2.0",), ("1-" * 5000,)]),
            (POINTS, [*((text,) for text in HOSTILE), ("0_0",), ("0_0_0_0",), ("0_0_1~",)]),
            (POINTS, [("0_0_2",), ("101_0_1",), ("nan_0_1",), ("0_inf_1",), ("0_0_1.0",)]),
            (POINTS, [("~".join(["0_0_1"] * 4),), ("0_0_" + "1" * 5000,)]),
        ]
    ),
)
def test_text_that_no_value_is_written_as_is_refused(knob, text):
    with pytest.raises((ValueError, OverflowError)):
        knob.parse(text)


@pytest.mark.parametrize(
    ("knob", "value", "shown"),
    cases(
        [
            (INTEGER, [(0, "all"), (7, "7"), (60_000, "60,000")]),
            (REAL, [(1.0, "1"), (0.1, "0.1"), (1 / 3, "0.3333333333333333")]),
            (FLAG, [(True, "on"), (False, "off")]),
            (CHOICE, [("a", "Ay")]),
            (CHOICES, [(("b", "c"), "Bee, Sea")]),
            (ANY, [((), "none")]),
            (WIDTHS, [((), "none"), ((4, 2), "4-2")]),
            (POINTS, [(((0.0, 0.0, 1),) * 3, "3 points")]),
        ]
    ),
)
def test_a_value_as_a_person_reads_it(knob, value, shown):
    assert knob.show(value) == shown


@pytest.mark.parametrize(
    ("knob", "allowed"),
    [
        (INTEGER, "a whole number from -5 to 60,000"),
        (REAL, "a number from 0 to 1,000"),
        (FLAG, "on or off"),
        (CHOICE, "one of b, a, c"),
        (CHOICES, "one or more of b, a, c"),
        (WIDTHS, "up to 3 layers of 1 to 512 units each"),
        (POINTS, "1 to 3 points, each with two numbers from -100 to 100 and a label 0 or 1"),
    ],
)
def test_what_is_allowed_ends_a_sentence_and_leaves_no_option_out(knob, allowed):
    assert knob.allowed == allowed


def test_none_is_no_name_because_it_stands_for_no_name():
    with pytest.raises(ValueError, match="no name may be none"):
        Choices(**WORDS, titles={"none": "Nothing", "a": "Ay"})
