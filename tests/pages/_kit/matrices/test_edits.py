import pytest

from engine.inspection.one_step.start import Edit
from pages._kit.matrices import edits, read_edit

MADE = (Edit("W1", 0, 1, 0.1 + 0.2), Edit("Y", 0, 3, 1.0), Edit("b2", 0, 0, -3.0))


def test_cells_survive_a_link():
    assert edits.read(edits.write(MADE)) == MADE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "W1",
        "W1_0_0",
        "W1_0_0_nan",
        "W1_0_0_1e999",
        "W1_x_0_1",
        "W1_0_0_1001",
        "_" * 5000,
        "~" * 99,
    ],
)
def test_what_makes_no_sense_in_a_link_is_left_out(text):
    assert edits.read(text) == ()


def test_of_a_cell_the_last_number_counts():
    assert edits.read("W1_0_0_1~W1_0_0_2") == (Edit("W1", 0, 0, 2.0),)


def test_a_link_brings_no_more_than_so_many_cells():
    text = "~".join(f"W1_0_{k}_1" for k in range(99))
    assert len(edits.read(text)) == edits.MOST_EDITS


def test_what_the_browser_says_is_read():
    said = {"edit": {"key": "W1", "row": 0, "column": 1, "value": 2}}
    assert read_edit(said) == Edit("W1", 0, 1, 2.0)


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        {"edit": None},
        {"edit": {"key": "W1", "row": 0, "column": 1}},
        {"edit": {"key": 1, "row": 0, "column": 1, "value": 2}},
        {"edit": {"key": "W1", "row": 0.5, "column": 1, "value": 2}},
        {"edit": {"key": "W1", "row": 0, "column": True, "value": 2}},
        {"edit": {"key": "W1", "row": 0, "column": 1, "value": "2"}},
        {"edit": {"key": "W1", "row": 0, "column": 1, "value": True}},
        {"edit": {"key": "W1", "row": 0, "column": 1, "value": 1e9}},
    ],
)
def test_what_makes_no_sense_is_not(said):
    assert read_edit(said) is None
