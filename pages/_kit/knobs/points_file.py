"""A visitor's own points from a CSV file: x1, x2, label."""

import csv
import io
import re

from engine.experiment import numerals
from engine.experiment.experiment import KNOBS
from engine.experiment.knobs import Points
from engine.experiment.wording import counted

MOST_BYTES = 100_000

_ALIKE = str.maketrans("OolI", "0011")
"""Letters that are easily typed, or read from a picture, instead of a digit."""


def parse(content: bytes) -> tuple[tuple[float, float, int], ...]:
    """Return the points of a CSV file; its first line may be a heading, which has no number.

    Cells are parted by commas or by semicolons; then a comma is a decimal one. A typographic minus
    is a minus.

    Raises ValueError with one sentence that says what is wrong, and in which line.

    >>> parse(b"x1,x2,label\\n0,1,1\\n0.5,-2,0\\n")
    ((0.0, 1.0, 1), (0.5, -2.0, 0))
    >>> parse(b"x1;x2;label\\n0;1;1\\n0,5;-2;0\\n")
    ((0.0, 1.0, 1), (0.5, -2.0, 0))
    """
    text = text_of(content)
    rows = _rows(text)
    if rows and _is_heading(rows[0][1]):
        rows = rows[1:]
    knob = KNOBS["points"]
    assert isinstance(knob, Points)
    if not rows:
        raise ValueError("The file has no points: each line needs x1, x2 and a label.")
    if len(rows) > knob.most:
        raise ValueError(f"The file has {len(rows):,} points, but {knob.most} is the most.")
    return knob.check([_point(line, cells, knob.bound) for line, cells in rows])


def text_of(content: bytes) -> str:
    """Return the text of a file, or raise ValueError with a sentence: too long, or no text."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file has {len(content):,} bytes, but {MOST_BYTES:,} is the most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8; save it as CSV.") from None
    if "\0" in text:
        raise ValueError("The file is not text in UTF-8; save it as CSV.")
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return (line number, cells) of the lines that are not empty."""
    is_european = ";" in text
    try:
        reader = csv.reader(io.StringIO(text), delimiter=";" if is_european else ",")
        rows = [
            (reader.line_num, [_plain(cell, is_european) for cell in cells]) for cells in reader
        ]
    except csv.Error:
        raise ValueError("The file is not a CSV file.") from None
    return [(line, cells) for line, cells in rows if any(cells)]


def _plain(cell: str, has_decimal_comma: bool) -> str:
    """Return a cell with a point as its decimal sign and a hyphen as its minus."""
    cell = cell.strip().replace("\N{MINUS SIGN}", "-")
    return cell.replace(",", ".") if has_decimal_comma and "." not in cell else cell


def _is_heading(cells: list[str]) -> bool:
    """Return whether a first line is words; one that may be meant as a point is not passed over."""
    return not any(re.match(r"\W*\d", cell) or _is_number(cell.translate(_ALIKE)) for cell in cells)


def _point(line: int, cells: list[str], bound: float) -> tuple[float, float, int]:
    if len(cells) != 3:
        count = counted(len(cells), "value")
        raise ValueError(f"Line {line} has {count}, but a point needs three: x1, x2 and a label.")
    for name, cell in zip(("x1", "x2"), cells, strict=False):
        if not _is_number(cell):
            raise ValueError(f"Line {line}: {name} is not a number.")
        if not abs(numerals.real(cell)) <= bound:
            raise ValueError(f"Line {line}: {name} must be from {-bound:g} to {bound:g}.")
    x1, x2, label = cells
    if not _is_number(label) or numerals.real(label) not in (0, 1):
        raise ValueError(f"Line {line}: the label must be 0 or 1.")
    return numerals.real(x1), numerals.real(x2), int(numerals.real(label))


def _is_number(cell: str) -> bool:
    try:
        numerals.real(cell)
    except ValueError:
        return False
    return True
