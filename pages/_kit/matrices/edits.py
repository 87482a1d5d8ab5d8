"""Cells changed by hand, as they travel in a link."""

from typing import Any

from engine.experiment import numerals
from engine.inspection.one_step.start import MOST, Edit

MOST_EDITS = 60
"""A link has no more of them: every weight of the largest network could be another one."""


def checked(key: Any, row: Any, column: Any, value: Any) -> Edit | None:
    """Return a cell with its number, None if these are not what they should be."""
    places = [place for place in (row, column) if isinstance(place, int) and place is not True]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(key, str) or len(places) < 2 or not is_number or not abs(value) <= MOST:
        return None
    return Edit(key, places[0], places[1], float(value))


def write(made: tuple[Edit, ...]) -> str:
    """Return cells as a link's parameter; `read` gives them back.

    >>> write((Edit("W1", 0, 1, 0.5), Edit("Y", 0, 3, 1.0)))
    'W1_0_1_0.5~Y_0_3_1'
    """
    return "~".join(f"{e.key}_{e.row}_{e.column}_{numerals.written(e.value)}" for e in made)


def read(text: str) -> tuple[Edit, ...]:
    """Return the cells of a link's parameter; what makes no sense is left out."""
    found = []
    for part in text.split("~")[:MOST_EDITS] if len(text) < 5000 else ():
        pieces = part.split("_")
        if len(pieces) != 4:
            continue
        key, row, column, number = pieces
        try:
            edit = checked(key, numerals.whole(row), numerals.whole(column), numerals.real(number))
        except (ValueError, OverflowError):
            continue
        if edit is not None:
            found.append(edit)
    return with_last(found)


def with_last(made: list[Edit]) -> tuple[Edit, ...]:
    """Return cells of which each has its last number only."""
    return tuple({edit[:3]: edit for edit in made}.values())
