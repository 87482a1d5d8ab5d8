"""A knob, declared once: its value, range, meaning and equation.

Validation, widget, tooltip, link parameter and the table of knobs all come from here.
"""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Knob:
    """What every kind of knob has: words for a person, and a way from and to a link.

    label is the field's term with the notes' symbol, meaning one sentence, equation LaTeX or "",
    typical the usual range in words, section the fold of the sidebar it stands in, symbol the LaTeX
    that stands for its value in formulas or "". matters(e) tells whether the knob changes anything
    in experiment e, given its other knobs.
    """

    label: str
    section: str
    meaning: str
    equation: str = ""
    typical: str = ""
    symbol: str = ""
    matters: Callable[[Any], bool] = dataclasses.field(default=lambda _: True, hash=False)

    @property
    def allowed(self) -> str:
        """What values are allowed, to end the sentence "... but must be"."""
        raise NotImplementedError

    def check(self, value: Any) -> Any:
        """Return value in its one canonical form, or raise ValueError without a message."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Return the value that `write` wrote as text, or raise ValueError."""
        return self.check(text)

    def write(self, value: Any) -> str:
        """Return the text of a value, for a link; `parse` gives back exactly that value."""
        return str(value)

    def show(self, value: Any) -> str:
        """Return the value as a person reads it."""
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Integer(Knob):
    """A whole number between low and high; `names` gives single values a word."""

    low: int
    high: int
    names: dict[int, str] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.low:,} to {self.high:,}"

    def check(self, value: Any) -> int:
        if isinstance(value, bool) or int(value) != value:
            raise ValueError
        if not self.low <= value <= self.high:
            raise ValueError
        return int(value)

    def parse(self, text: str) -> int:
        if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20):
            raise ValueError
        return self.check(int(text))

    def show(self, value: Any) -> str:
        return self.names.get(value, f"{value:,}")


@dataclass(frozen=True, kw_only=True)
class Real(Knob):
    """A finite number between low and high; `options` are the values a slider stops at."""

    low: float
    high: float
    options: tuple[float, ...] = ()

    @property
    def allowed(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def check(self, value: Any) -> float:
        if isinstance(value, bool | str):
            raise ValueError
        number = float(value)
        if not (math.isfinite(number) and self.low <= number <= self.high):
            raise ValueError
        return number + 0.0  # -0.0 becomes 0.0: one canonical form

    def parse(self, text: str) -> float:
        if not text.isascii() or "_" in text or len(text) > 40:
            raise ValueError
        return self.check(float(text))

    def write(self, value: Any) -> str:
        return repr(float(value)).removesuffix(".0")

    def show(self, value: Any) -> str:
        return f"{value:g}"


@dataclass(frozen=True, kw_only=True)
class Flag(Knob):
    """On or off."""

    @property
    def allowed(self) -> str:
        return "on or off"

    def check(self, value: Any) -> bool:
        if value not in (True, False):
            raise ValueError
        return bool(value)

    def parse(self, text: str) -> bool:
        if text not in ("0", "1"):
            raise ValueError
        return text == "1"

    def write(self, value: Any) -> str:
        return "1" if value else "0"

    def show(self, value: Any) -> str:
        return "on" if value else "off"


@dataclass(frozen=True, kw_only=True)
class Choice(Knob):
    """One of a few names; `titles` says each as a person reads it."""

    titles: dict[str, str] = dataclasses.field(hash=False)

    @property
    def allowed(self) -> str:
        return "one of " + ", ".join(self.titles)

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.titles:
            raise ValueError
        return value

    def show(self, value: Any) -> str:
        return self.titles[value]


@dataclass(frozen=True, kw_only=True)
class Choices(Knob):
    """Some of a few names, kept in the order of declaration; `most` None stands for all of them."""

    titles: dict[str, str] = dataclasses.field(hash=False)
    fewest: int = 1
    most: int | None = None

    @property
    def allowed(self) -> str:
        bounds = f"{self.fewest} or more" if self.most is None else f"{self.fewest} to {self.most}"
        return f"{'one or more' if bounds == '1 or more' else bounds} of " + ", ".join(self.titles)

    def check(self, value: Any) -> tuple[str, ...]:
        chosen = {value} if isinstance(value, str) else set(value)
        most = len(self.titles) if self.most is None else self.most
        if not self.fewest <= len(chosen) <= most or not chosen <= set(self.titles):
            raise ValueError
        return tuple(name for name in self.titles if name in chosen)

    def __post_init__(self) -> None:
        if "none" in self.titles:
            raise ValueError("none stands for no name in a link, so no name may be none.")

    def parse(self, text: str) -> tuple[str, ...]:
        return self.check(() if text == "none" else text.split("."))

    def write(self, value: Any) -> str:
        return ".".join(value) or "none"

    def show(self, value: Any) -> str:
        return ", ".join(self.titles[name] for name in value) or "none"


@dataclass(frozen=True, kw_only=True)
class Widths(Knob):
    """The hidden layers' widths, from none to `depth` layers of 1 to `width` units."""

    depth: int
    width: int

    @property
    def allowed(self) -> str:
        return f"up to {self.depth} layers of 1 to {self.width} units each"

    def check(self, value: Any) -> tuple[int, ...]:
        if isinstance(value, str):
            raise ValueError
        widths = tuple(value)
        if len(widths) > self.depth:
            raise ValueError
        for width in widths:
            if isinstance(width, bool) or int(width) != width or not 1 <= width <= self.width:
                raise ValueError
        return tuple(int(width) for width in widths)

    def parse(self, text: str) -> tuple[int, ...]:
        if text == "none":
            return ()
        parts = text.split("-", self.depth)
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
            raise ValueError
        return self.check([int(part) for part in parts])

    def write(self, value: Any) -> str:
        return "-".join(map(str, value)) or "none"

    def show(self, value: Any) -> str:
        return "-".join(map(str, value)) or "none"


@dataclass(frozen=True, kw_only=True)
class Points(Knob):
    """Labelled points of the plane, (x1, x2, label) each, rounded to three decimals."""

    most: int
    bound: float

    @property
    def allowed(self) -> str:
        return (
            f"1 to {self.most} points, each with two numbers from {-self.bound:g} to "
            f"{self.bound:g} and a label 0 or 1"
        )

    def check(self, value: Any) -> tuple[tuple[float, float, int], ...]:
        if isinstance(value, str):
            raise ValueError
        points = tuple(self._point(*point) for point in value)
        if not 1 <= len(points) <= self.most:
            raise ValueError
        return points

    def _point(self, x1: Any, x2: Any, label: Any) -> tuple[float, float, int]:
        coordinates = round(float(x1), 3) + 0.0, round(float(x2), 3) + 0.0
        # written so that NaN fails as well
        if not all(abs(x) <= self.bound for x in coordinates) or label not in (0, 1):
            raise ValueError
        return *coordinates, int(label)

    def parse(self, text: str) -> tuple[tuple[float, float, int], ...]:
        if not text.isascii() or len(text) > 40 * self.most:
            raise ValueError
        points = [point.split("_") for point in text.split("~")]
        return self.check([(float(x1), float(x2), int(label)) for x1, x2, label in points])

    def write(self, value: Any) -> str:
        return "~".join(f"{x1:g}_{x2:g}_{label}" for x1, x2, label in value)

    def show(self, value: Any) -> str:
        return f"{len(value)} points"


def knob(default: Any, declaration: Knob) -> Any:
    """Return a dataclass field with this default that carries its declaration."""
    return dataclasses.field(default=default, metadata={"knob": declaration})
