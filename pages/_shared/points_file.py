"""A visitor's own points from a CSV file: x1, x2, label."""

import csv
import io

from engine.experiment import KNOBS
from engine.knobs import Points

MOST_BYTES = 100_000


def parse(content: bytes) -> tuple[tuple[float, float, int], ...]:
    """Return the points of a CSV file; a first line that is not numbers is taken for a heading.

    Raises ValueError with one sentence that says what is wrong, and in which line.

    >>> parse(b"x1,x2,label\\n0,1,1\\n0.5,-2,0\\n")
    ((0.0, 1.0, 1), (0.5, -2.0, 0))
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file has {len(content):,} bytes, but {MOST_BYTES:,} is the most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8; save it as CSV.") from None
    if "\0" in text:
        raise ValueError("The file is not text in UTF-8; save it as CSV.")
    rows = _rows(text)
    if rows and not _is_number(rows[0][1][0]):
        rows = rows[1:]
    knob = KNOBS["points"]
    assert isinstance(knob, Points)
    if not rows:
        raise ValueError("The file has no points: each line needs x1, x2 and a label.")
    if len(rows) > knob.most:
        raise ValueError(f"The file has {len(rows):,} points, but {knob.most} is the most.")
    return knob.check([_point(line, cells, knob.bound) for line, cells in rows])


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return (line number, cells) of the lines that are not empty."""
    delimiter = ";" if ";" in text and "," not in text else ","
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise ValueError("The file is not a CSV file.") from None
    return [(line, cells) for line, cells in rows if any(cells)]


def _point(line: int, cells: list[str], bound: float) -> tuple[float, float, int]:
    if len(cells) != 3:
        raise ValueError(
            f"Line {line} has {len(cells)} values, but a point needs three: x1, x2 and a label."
        )
    for name, cell in zip(("x1", "x2"), cells, strict=False):
        if not _is_number(cell):
            raise ValueError(f"Line {line}: {name} is not a number.")
        if not abs(float(cell)) <= bound:
            raise ValueError(f"Line {line}: {name} must be from {-bound:g} to {bound:g}.")
    if cells[2] not in ("0", "1", "0.0", "1.0"):
        raise ValueError(f"Line {line}: the label must be 0 or 1.")
    return float(cells[0]), float(cells[1]), int(float(cells[2]))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
