import math

import pytest

from pages._mnist.drawing.memory import MOST_POINTS, MOST_SAVED, MOST_STROKES, Digit, Drawing
from pages._mnist.drawing.memory import read as read_drawing

SEVEN = {
    "strokes": [[100, 100, 800, 100, 400, 900], [250, 500, 700, 500]],
    "angle": -15,
    "pen": 2.5,
    "noise": 0.2,
    "seed": 3,
}
READ = Digit(((100, 100, 800, 100, 400, 900), (250, 500, 700, 500)), -15.0, 2.5, 0.2, 3)


def read(digit=None, saved=()):
    return read_drawing({"digit": digit, "saved": list(saved)})


def test_a_digit_is_read_as_it_was_drawn():
    assert read(SEVEN) == Drawing(READ)


def test_before_the_first_stroke_there_is_no_digit():
    assert read() == Drawing()


def test_a_cleared_canvas_is_a_digit_without_strokes():
    assert read(SEVEN | {"strokes": []}).digit.strokes == ()


def test_the_shelf_comes_with_it_in_order():
    other = SEVEN | {"angle": 90}
    assert [digit.angle for digit in read(SEVEN, [SEVEN, other]).saved] == [-15, 90]


def test_as_much_as_the_canvas_allows_is_read():
    full = SEVEN | {"strokes": [[0, 1000] * MOST_POINTS]}
    assert len(read(full, [SEVEN] * MOST_SAVED).digit.strokes[0]) == 2 * MOST_POINTS


@pytest.mark.parametrize(
    "changes",
    [
        {"strokes": None},
        {"strokes": "[[1, 2]]"},
        {"strokes": {"0": [1, 2]}},
        {"strokes": [1, 2]},
        {"strokes": ["12"]},
        {"strokes": [[]]},
        {"strokes": [[1, 2, 3]]},
        {"strokes": [[1, "2"]]},
        {"strokes": [[1, None]]},
        {"strokes": [[1, True]]},
        {"strokes": [[1, math.nan]]},
        {"strokes": [[1, 10**400]]},
        {"strokes": [[1, 2001]]},
        {"strokes": [[0, 0]] * (MOST_STROKES + 1)},
        {"strokes": [[0, 0] * (MOST_POINTS + 1)]},
        {"angle": 181},
        {"angle": "0"},
        {"pen": 0.5},
        {"pen": 7},
        {"noise": -0.1},
        {"noise": 1.1},
        {"seed": -1},
        {"seed": 1e9},
        {"seed": None},
    ],
)
def test_a_digit_that_makes_no_sense_is_no_drawing(changes):
    assert read(SEVEN | changes) is None
    assert read(SEVEN, [SEVEN | changes]) is None


@pytest.mark.parametrize("missing", SEVEN)
def test_a_digit_that_lacks_something_is_no_drawing(missing):
    assert read({name: value for name, value in SEVEN.items() if name != missing}) is None


@pytest.mark.parametrize(
    "sent",
    [None, 3, "x", [], {}, {"digit": None}, {"saved": []}, {"digit": 3, "saved": []},
     {"digit": None, "saved": {}}, {"digit": None, "saved": [3]},
     {"digit": None, "saved": [SEVEN] * (MOST_SAVED + 1)}],
)  # fmt: skip
def test_something_that_is_no_message_is_no_drawing(sent):
    assert read_drawing(sent) is None
