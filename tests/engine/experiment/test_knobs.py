"""Each kind of knob: what it allows, its one canonical form, and its way into a link and back."""

from fractions import Fraction

import numpy as np
import pytest

from engine.experiment.knobs import (
    Choice,
    Choices,
    Flag,
    Integer,
    LayerChoice,
    Points,
    Real,
    Widths,
)

WORDS = {"label": "A knob", "section": "data", "meaning": "It turns."}
TITLES = {"b": "Bee", "a": "Ay", "c": "Sea"}
INTEGER = Integer(**WORDS, low=-5, high=60_000, names={0: "all"})
REAL = Real(**WORDS, low=0.0, high=1000.0)
FLAG = Flag(**WORDS)
CHOICE = Choice(**WORDS, titles=TITLES)
CHOICES = Choices(**WORDS, titles=TITLES)
ANY = Choices(**WORDS, titles=TITLES, fewest=0)
LAYERS = LayerChoice(**WORDS, titles=TITLES, depth=3)
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
            (LAYERS, [("a", "a"), (["a"], "a"), (("b", "b", "b"), "b"), (["b", "a"], ("b", "a"))]),
            (CHOICES, [("a", ("a",)), (["a", "b"], ("b", "a")), (("b", "b"), ("b",))]),
            (WIDTHS, [((), ()), ([4, 2.0], (4, 2)), ((1, 512, 1), (1, 512, 1))]),
            (
                POINTS,
                [
                    ([[1, -100, 1.0]], ((1.0, -100.0, 1),)),
                    ([(0.12345, -1e-9, 0)] * 3, ((0.12345, -1e-9, 0),) * 3),
                    ([(-0.0, np.float32(0.1), True)], ((0.0, 0.10000000149011612, 1),)),
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
            (LAYERS, [(None,), ("d",), (1,), ((),), (["a", "d"],), ([["a"]],), ("a.b",)]),
            (LAYERS, [(("a", "b", "a", "b"),), (("a",) * 4,), (("a", None),)]),
            (CHOICES, [(None,), ("d",), (1,), ((),), (["a", "d"],), ([["a"]],)]),
            (WIDTHS, [(None,), ("4",), (4,), ((1, 2, 3, 4),), ((0,),), ((513,),), ((True,),)]),
            (WIDTHS, [((1.5,),), (("4",),), ((None,),), ((float("nan"),),)]),
            (POINTS, [(None,), ("0_0_1",), (1,), ((),), ([(0, 0)],), ([(0, 0, 0)] * 4,)]),
            (POINTS, [([(0, 0, 2)],), ([(0, 101, 0)],), ([(float("nan"), 0, 0)],)]),
            (POINTS, [([("1_0", 0, 0)],), ([(0, "7", 0)],), ([(True, 0, 0)],), ([(0, b"7", 0)],)]),
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
            (LAYERS, [("a", "a"), (("b", "a"), "b.a"), (("a", "b", "a"), "a.b.a")]),
            (CHOICES, [(("a",), "a"), (("b", "c"), "b.c")]),
            (ANY, [((), "none"), (("a",), "a")]),
            (WIDTHS, [((), "none"), ((4,), "4"), ((4, 2, 512), "4-2-512")]),
            (
                POINTS,
                [
                    (((1.0, -0.5, 1),), "1_-0.5_1"),
                    (((99.999, 0.001, 0),) * 2, "99.999_0.001_0~99.999_0.001_0"),
                    (((1 / 3, 1e-5, 0),), "0.3333333333333333_1e-05_0"),
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
            (LAYERS, [*((text,) for text in HOSTILE), ("a.",), (".a",), ("a-b",), ("a.b.a.b",)]),
            (LAYERS, [("a.d",), ("a..b",), ("A.b",), ("a." * 5000,), ("a. b",), (".",)]),
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
            (REAL, [(1.0, "1"), (0.1, "0.1"), (1 / 3, "0.3333333333333333"), (1e-5, "10⁻⁵")]),
            (REAL, [(1000.0, "1,000"), (0.1 + 1e-9, "0.100000001"), (123456.7, "123,456.7")]),
            (FLAG, [(True, "on"), (False, "off")]),
            (CHOICE, [("a", "Ay")]),
            (LAYERS, [("a", "Ay"), (("b", "a"), "Bee-Ay")]),
            (CHOICES, [(("b", "c"), "Bee, Sea")]),
            (ANY, [((), "none")]),
            (
                WIDTHS,
                [((), "none"), ((4,), "1 layer of 4 units"), ((4, 2), "layers of 4 and 2 units")],
            ),
            (WIDTHS, [((1,), "1 layer of 1 unit"), ((3, 3), "2 layers of 3 units")]),
            (POINTS, [(((0.0, 0.0, 1),) * 3, "3 points"), (((0.0, 0.0, 1),), "1 point")]),
        ]
    ),
)
def test_a_value_as_a_person_reads_it(knob, value, shown):
    assert knob.show(value) == shown


@pytest.mark.parametrize(
    ("knob", "value", "phrase"),
    [
        (REAL, 0.3, "A knob 0.3"),
        (CHOICE, "a", "A knob Ay"),
        (WIDTHS, (), "no hidden layer"),
        (WIDTHS, (8,), "1 hidden layer of 8 units"),
        (WIDTHS, (4, 2), "hidden layers of 4 and 2 units"),
    ],
)
def test_a_knob_and_its_value_as_one_phrase(knob, value, phrase):
    assert knob.say(value) == phrase


@pytest.mark.parametrize(
    ("knob", "allowed"),
    [
        (INTEGER, "a whole number from -5 to 60,000"),
        (REAL, "a number from 0 to 1,000"),
        (FLAG, "on or off"),
        (CHOICE, "one of b, a, c"),
        (LAYERS, "one of b, a, c, or one of these for each hidden layer"),
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


SMALL = "-1.2345678901234567e-308"
SIX = f"{SMALL}_{SMALL}_1~{SMALL}_{SMALL}_1~{SMALL}_{SMALL}_1"


@pytest.mark.parametrize(
    ("knob", "longest"),
    [
        (INTEGER, "0" * 35 + "60000"),
        (REAL, "0" * 37 + "7.5"),
        (WIDTHS, f"{'0' * 39}4-{'0' * 39}4-{'0' * 39}4"),
        (POINTS, SIX.replace("-1.", "-01.", 1)),
    ],
    ids=["integer", "real", "widths", "points"],
)
def test_text_is_read_up_to_a_length_and_no_further(knob, longest):
    assert knob.parse(longest)
    with pytest.raises(ValueError, match=r"^$"):
        knob.parse(f"0{longest}" if knob is not POINTS else longest.replace("-01.", "-001."))


def test_points_are_bounded_by_what_the_longest_need():
    assert POINTS.longest == len(SIX.replace("-1.", "-01.", 1)) == 156
    assert len(POINTS.write(POINTS.check([(float(SMALL),) * 2 + (1,)] * 3))) == 155


def test_any_points_come_back_from_their_text_and_never_need_more_than_the_bound():
    rng = np.random.default_rng(0)
    for digits in (0, 1, 3, 8, 17):
        for _ in range(100):
            size = 10.0 ** -rng.integers(0, 320, (3, 2))
            places = np.round(rng.uniform(-100, 100, (3, 2)) * size, digits).tolist()
            points = POINTS.check([(*place, rng.integers(2)) for place in places])
            text = POINTS.write(points)
            assert repr(POINTS.parse(text)) == repr(points)
            assert len(text) <= POINTS.longest


def test_points_of_earlier_links_are_read_as_they_were():
    """Those had three decimals, written with %g."""
    rng = np.random.default_rng(1)
    for _ in range(300):
        places = np.round(rng.uniform(-100, 100, (3, 2)) * 10.0 ** -rng.integers(0, 4), 3).tolist()
        text = "~".join(f"{x1:g}_{x2:g}_1" for x1, x2 in places)
        assert POINTS.parse(text) == tuple((x1, x2, 1) for x1, x2 in places)
        assert POINTS.write(POINTS.parse(text)) == text.replace("-0_", "0_")


def test_two_values_of_a_number_never_look_alike():
    rng = np.random.default_rng(2)
    for value in [0.1, 1.0, 0.3, 1000.0, *rng.uniform(0, 1000, 300), *rng.uniform(0, 1e-3, 300)]:
        value = float(value)
        near = {np.nextafter(value, 0), value * (1 + 1e-9), round(value, 6), float(f"{value:.7g}")}
        shown = {REAL.show(other) for other in near | {value}}
        assert len(shown) == len(near | {value})
        assert all(len(text) < 30 for text in shown)
