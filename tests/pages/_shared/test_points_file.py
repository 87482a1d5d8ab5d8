import pytest

from pages._shared import points_file

TWO = ((0.0, 1.0, 1), (0.5, -2.0, 0))


@pytest.mark.parametrize(
    "content",
    [
        b"0,1,1\n0.5,-2,0\n",
        b"0,1,1\n0.5,-2,0",
        b"x1,x2,label\n0,1,1\n0.5,-2,0\n",
        b"\xef\xbb\xbfx1,x2,label\r\n0,1,1\r\n0.5,-2,0\r\n",  # as spreadsheets save it
        b"x1;x2;label\n0;1;1\n0.5;-2;0\n",
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
        (b"nan,1,1\n", "Line 1: x1 must be from -100 to 100."),
        (b"0,inf,1\n", "Line 1: x2 must be from -100 to 100."),
        (b"0,100.5,1\n", "Line 1: x2 must be from -100 to 100."),
        (b"0,1,1\n" * 101, "has 101 points, but 100 is the most."),
        (b"0,1,1\n" * 20_000, "has 120,000 bytes, but 100,000 is the most."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
        (b"\xff\xfe0\x00,\x001\x00", "not text in UTF-8"),
        (b"0,1,1\n\x00", "not text in UTF-8"),
        (b'"0,1,1\n', "has no points"),  # an open quote: a single cell, taken for a heading
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


def test_coordinates_are_rounded_as_a_link_can_carry_them():
    assert points_file.parse(b"0.12345,-0.0001,1") == ((0.123, 0.0, 1),)
