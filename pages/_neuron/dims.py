"""A shape as one of the page's own controls."""

from dataclasses import dataclass
from typing import Any

from engine.experiment import numerals
from engine.experiment.knobs import Knob

MOST_AXES, LONGEST = 4, 12
"""Shapes of so many axes at most, of such lengths, can be typed."""

_NUMBER = "number"
"""What a link says for (), the shape of a single number."""


@dataclass(frozen=True, kw_only=True)
class Dims(Knob):
    """A tuple of at most `most` lengths, each from 1 to `longest`; () is a single number."""

    most: int
    longest: int

    @property
    def allowed(self) -> str:
        """What values are allowed, to end the sentence "... but must be"."""
        return f"at most {self.most} lengths from 1 to {self.longest}"

    def check(self, value: Any) -> tuple[int, ...]:
        """Return the lengths, or raise ValueError without a message."""
        if isinstance(value, str) or len(value) > self.most:
            raise ValueError
        for length in value:
            is_whole = isinstance(length, int) and not isinstance(length, bool)
            if not is_whole or not 1 <= length <= self.longest:
                raise ValueError
        return tuple(value)

    def parse(self, text: str) -> tuple[int, ...]:
        """Return the lengths of a link, or raise ValueError."""
        if text == _NUMBER:
            return ()
        return self.check([numerals.whole(part) for part in text.split("_", self.most)])

    def write(self, value: Any) -> str:
        """Return the lengths for a link."""
        return "_".join(map(str, value)) or _NUMBER

    def show(self, value: Any) -> str:
        """Return the shape as Python writes it."""
        return str(tuple(value))
