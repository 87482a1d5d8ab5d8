"""Where one rests in a step, as a link has it: the cell that is unfolded, and the line."""

from collections.abc import Collection
from typing import NamedTuple

FURTHEST = 9
"""No row or column of a matrix that is shown in numbers lies beyond it, counted from 0."""


class Place(NamedTuple):
    """The cell of a matrix, and the line one is at where that is not the one that makes it."""

    key: str
    row: int
    column: int
    line: str = ""


def write(place: Place) -> str:
    """Return a place as a link's parameter; `read` gives it back.

    >>> write(Place("dW1", 0, 1)), write(Place("W2", 0, 1, "Z2"))
    ('dW1_0_1', 'Z2_W2_0_1')
    """
    cell = (place.key, str(place.row), str(place.column))
    return "_".join((place.line, *cell) if place.line else cell)


def read(text: str, lines: Collection[str], furthest: int = FURTHEST) -> Place | None:
    """Return the place of a link's parameter, None if it makes no sense; `lines` name the results.

    >>> read("dW1", {"dW1"})
    Place(key='dW1', row=0, column=0, line='')
    """
    parts = text.split("_") if len(text) < 40 else []
    if len(parts) == 1:
        parts = [*parts, "0", "0"]
    if len(parts) not in (3, 4) or parts[0] not in lines:
        return None
    *line, key, row, column = parts
    is_place = all(place.isascii() and place.isdecimal() for place in (row, column))
    if not key or not is_place or max(int(row), int(column)) > furthest:
        return None
    return Place(key, int(row), int(column), *line)
