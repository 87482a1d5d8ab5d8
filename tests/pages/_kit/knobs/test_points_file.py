import random

import pytest

from engine.experiment.experiment import KNOBS
from pages._kit.knobs import points_file

TWO = ((0.0, 1.0, 1), (0.5, -2.0, 0))


@pytest.mark.parametrize(
    "content",
    [
        b"0,1,1\n0.5,-2,0\n",
        b"0,1,1\n0.5,-2,0",
        b"x1,x2,label\n0,1,1\n0.5,-2,0\n",
        b"\xef\xbb\xbfx1,x2,label\r\n0,1,1\r\n0.5,-2,0\r\n",  # as spreadsheets save it
        b"x1;x2;label\n0;1;1\n0.5;-2;0\n",
        b"x1;x2;label\n0;1;1\n0,5;-2;0\n",
        b"0,0;1,0;1\r\n0,5;-2,000;0\r\n",
        b"x1, in m;x2, in m;label\n0;1;1\n0,5;-2.0;0,0\n",
        b'"0";"1";"1"\n"0,5";"-2";"0"\n',
        "0,1,1\n0.5,−2,0\n".encode(),  # a typographic minus
        b"+0,1e0,01\n.5,-2.,-0\n",
        b"\n\n 0 , 1 , 1 \n,,\n0.5,-2,0\n\n",
        b'"0","1","1"\n"0.5","-2","0"\n',
        b"0e0,1.0,1.0\n5e-1,-2.,0.0\n",
    ],
)
def test_the_ways_a_table_of_two_points_is_written(content):
    assert points_file.parse(content) == TWO


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no points"),
        (b"x1,x2,label\n", "has no points"),
        (b"\n\n", "has no points"),
        (b"0,1\n", "Line 1 has 2 values, but a point needs three"),
        (b"x1,x2,label\n0,1,1\n0,1,1,1\n", "Line 3 has 4 values"),
        (b"0,1,1\nzero,1,1\n", "Line 2: x1 is not a number."),
        (b"0,1,1\n0,one,1\n", "Line 2: x2 is not a number."),
        (b"0,1,2\n", "Line 1: the label must be 0 or 1."),
        (b"0,1,\n", "Line 1: the label must be 0 or 1."),
        (b"0,1,cat\n", "Line 1: the label must be 0 or 1."),
        (b"nan,1,1\n", "Line 1: x1 is not a number."),
        (b"0,inf,1\n", "Line 1: x2 is not a number."),
        (b"0,-1e2,1\n0,-1.001e2,1\n", "Line 2: x2 must be from -100 to 100."),
        (b"0,1,1\n1_0,1,1\n", "Line 2: x1 is not a number."),
        ("0,1,1\n٣,1,1\n".encode(), "Line 2: x1 is not a number."),
        (b"0;1;1\n1.000,5;1;1\n", "Line 2: x1 is not a number."),
        (b"0,5,1,5,1\n", "Line 1 has 5 values"),
        # A first line with a number in it is a point, not a heading.
        (b"O,1,1\n0,0,0\n", "Line 1: x1 is not a number."),
        (b"1O,2O,cat\n0,0,0\n", "Line 1: x1 is not a number."),
        (b"O,O,l\n0,0,0\n", "Line 1: x1 is not a number."),
        ("–1,–2,yes\n0,0,0\n".encode(), "Line 1: x1 is not a number."),
        ("٣,٣,yes\n0,0,0\n".encode(), "Line 1: x1 is not a number."),
        (b"x1,x2,1\n0,0,0\n", "Line 1: x1 is not a number."),
        (b"0,100.5,1\n", "Line 1: x2 must be from -100 to 100."),
        (b"0,1,1\n" * 101, "has 101 points, but 100 is the most."),
        (b"0,1,1\n" * 20_000, "has 120,000 bytes, but 100,000 is the most."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
        (b"\xff\xfe0\x00,\x001\x00", "not text in UTF-8"),
        (b"0,1,1\n\x00", "not text in UTF-8"),
        (b'"0,1,1\n', "Line 1 has 1 value, but a point needs three"),  # an open quote
        (b"0,1,1\n0,1\r,1", "not a CSV file"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_sentence(content, sentence):
    with pytest.raises(ValueError) as caught:
        points_file.parse(content)
    said = str(caught.value)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 200


def test_as_many_points_as_are_allowed_are_taken():
    assert len(points_file.parse(b"0,1,1\n" * 100)) == 100


def test_points_keep_every_digit_they_were_given():
    given = b"0.12345,-0.0001,1\n0.1234567890123456,3e-4,0\n"
    assert points_file.parse(given) == ((0.12345, -0.0001, 1), (0.1234567890123456, 3e-4, 0))


def read(text):
    """Return how many points a file gives, or the sentence that refuses it."""
    try:
        return len(points_file.parse(text.encode()))
    except ValueError as refusal:
        return str(refusal)


def test_a_first_point_is_never_lost():
    """Whatever is put in the place of one sign of a first point, it is read, or its line named."""
    signs = ["O", "o", "l", "I", "−", "–", "‐", "_", " ", "٣", "x", "'", '"', "~", "e", "½"]
    for first in ("-1,0.5,1", "10,-20,0", "0.1,0.2,1"):
        for k in range(len(first)):
            for sign in signs:
                told = read(f"{first[:k]}{sign}{first[k + 1 :]}\n0,0,0\n1,1,1\n")
                # an open quote goes on to the last line
                assert told == 3 or "ine 1" in told or "ine 3" in told, (first, k, sign)


def test_random_files_give_points_or_one_sentence():
    rng = random.Random(0)
    signs = [*"0123456789", *",;.\n\"'-+eE_ \t", "−", "٣", "x1,x2,label\n", "0,1,1\n", "0;1,5;1\n"]
    found = []
    for _ in range(3000):
        text = "".join(rng.choices(signs, [1] * (len(signs) - 3) + [8] * 3, k=rng.randint(0, 12)))
        told = read(text)
        found.append(told)
        if isinstance(told, str):
            assert told.endswith(".")
            assert len(told) < 200
            assert "\n" not in told
        else:
            points = points_file.parse(text.encode())
            assert KNOBS["points"].check(points) == points
            assert 1 <= told <= len(text.splitlines())
    assert sum(isinstance(told, int) for told in found) > 100  # so that both were seen
