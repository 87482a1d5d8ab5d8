"""A series that the visitor has brought: what is read of a text, and what of it travels."""

import re
from dataclasses import dataclass
from typing import Any

from engine.experiment import numerals
from engine.experiment.wording import counted
from pages._kit.knobs.points_file import text_of
from pages._kit.knobs.reals import Reals

FEWEST = 2

_BETWEEN = re.compile(r"[;\s]+|,\s+")


@dataclass(frozen=True, kw_only=True)
class Brought(Reals):
    """Numbers that travel in a link of at most `longest` characters, and stay where it is longer.

    A link of a longer series says that there are none.
    """

    longest: int

    def write(self, value: Any) -> str:
        """Return the numbers for a link."""
        text = super().write(value)
        return text if len(text) <= self.longest else super().write(())

    def travels(self, value: Any) -> bool:
        """Whether a link can hold these numbers."""
        return len(super().write(value)) <= self.longest

    def show(self, value: Any) -> str:
        """Return how many there are."""
        return counted(len(value), "value")


def read(content: bytes, knob: Brought) -> tuple[float, ...]:
    """Return the values of a text: a column of numbers, or a row of them.

    They are apart by line breaks, spaces, semicolons, or commas; a single comma inside a number is
    a decimal one. A first line without a digit is a heading.

    Raises ValueError with one sentence that says what is wrong, and in which line.
    """
    text = text_of(content).replace("\N{MINUS SIGN}", "-")
    values: list[float] = []
    for line, found in enumerate(text.splitlines(), start=1):
        if line == 1 and not re.search(r"\d", found):
            continue
        for cell in _BETWEEN.split(found.strip().strip(",;")):
            parts = cell.split(",") if cell.count(",") > 1 else [cell.replace(",", ".")]
            values += [_number(line, part, knob) for part in parts if part]
    if len(values) < FEWEST:
        raise ValueError(f"There {_are(len(values))}, but a series needs at least {FEWEST}.")
    if len(values) > knob.most:
        raise ValueError(f"There are {len(values):,} values, but {knob.most:,} is the most.")
    return knob.check(values)


def _are(count: int) -> str:
    return f"is {counted(count, 'value')}" if count == 1 else "are no values"


def _number(line: int, text: str, knob: Brought) -> float:
    try:
        value = numerals.real(text)
    except ValueError:
        raise ValueError(f"Line {line} holds something that is no number.") from None
    if not knob.low <= value <= knob.high:
        raise ValueError(f"Line {line}: a value must be from {knob.low:,.0f} to {knob.high:,.0f}.")
    return value
