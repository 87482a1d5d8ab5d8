"""A row of numbers as one of the page's own controls."""

from dataclasses import dataclass
from typing import Any

from engine.experiment import numerals
from engine.experiment.knobs import Knob
from engine.experiment.wording import exact


@dataclass(frozen=True, kw_only=True)
class Reals(Knob):
    """From `fewest` to `most` numbers, each from low to high."""

    fewest: int
    most: int
    low: float
    high: float

    @property
    def allowed(self) -> str:
        """What values are allowed, to end the sentence "... but must be"."""
        ends = f"{exact(self.low)} to {exact(self.high)}"
        return f"{self.fewest} to {self.most} numbers from {ends}"

    def check(self, value: Any) -> tuple[float, ...]:
        """Return the numbers as floats, or raise ValueError without a message."""
        if isinstance(value, str) or not self.fewest <= len(value) <= self.most:
            raise ValueError
        if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
            raise ValueError
        numbers = tuple(float(each) for each in value)
        if not all(self.low <= number <= self.high for number in numbers):
            raise ValueError
        return tuple(number + 0.0 for number in numbers)

    def parse(self, text: str) -> tuple[float, ...]:
        """Return the numbers of a link, or raise ValueError."""
        parts = text.split("_", self.most) if text else []
        return self.check([numerals.real(part) for part in parts])

    def write(self, value: Any) -> str:
        """Return the numbers for a link."""
        return "_".join(map(numerals.written, value))

    def show(self, value: Any) -> str:
        """Return the numbers as a person reads them."""
        return ", ".join(map(exact, value)) or "none"
