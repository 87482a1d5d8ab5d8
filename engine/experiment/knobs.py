"""A knob, declared once: its value, range, meaning and equation.

Validation, widget, tooltip, link parameter and the table of knobs all come from here.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.experiment import numerals
from engine.experiment.wording import counted, exact, layers


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
        """Return the value as a person reads it, beside the knob's label."""
        return str(value)

    def say(self, value: Any) -> str:
        """Return knob and value as one phrase, for a sentence or a list."""
        return f"{self.label} {self.show(value)}"


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
        return self.check(numerals.whole(text))

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
        return f"a number from {exact(self.low)} to {exact(self.high)}"

    def check(self, value: Any) -> float:
        return _within(value, self.low, self.high)

    def parse(self, text: str) -> float:
        return self.check(numerals.real(text))

    def write(self, value: Any) -> str:
        return numerals.written(value)

    def show(self, value: Any) -> str:
        """Return the value with all its digits and no others: no two look alike."""
        return exact(value)


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
class LayerChoice(Choice):
    """One of a few names for all hidden layers, or one for each of up to `depth` layers.

    Where all layers have the same, the one name is the canonical form.
    """

    depth: int

    @property
    def allowed(self) -> str:
        return f"{super().allowed}, or one of these for each hidden layer"

    def check(self, value: Any) -> Any:
        if isinstance(value, str):
            return super().check(value)
        names = tuple(map(super().check, value))
        if not 1 <= len(names) <= self.depth:
            raise ValueError
        return names[0] if len(set(names)) == 1 else names

    def parse(self, text: str) -> Any:
        return self.check(text.split(".", self.depth))

    def write(self, value: Any) -> str:
        return value if isinstance(value, str) else ".".join(value)

    def show(self, value: Any) -> str:
        return "-".join(map(super().show, (value,) if isinstance(value, str) else value))


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
        return self.check([numerals.whole(part) for part in text.split("-", self.depth)])

    def write(self, value: Any) -> str:
        return "-".join(map(str, value)) or "none"

    def show(self, value: Any) -> str:
        return layers(value, kind="layer") if value else "none"

    def say(self, value: Any) -> str:
        return layers(value)


@dataclass(frozen=True, kw_only=True)
class Points(Knob):
    """Labelled points of the plane, (x1, x2, label) each, with every digit they were given."""

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
        if label not in (0, 1):
            raise ValueError
        low, high = -self.bound, self.bound
        return _within(x1, low, high), _within(x2, low, high), int(label)

    @property
    def longest(self) -> int:
        """The most characters that `write` needs."""
        longest = len("-1.2345678901234567e-308")
        return self.most * (2 * longest + len("__0~"))

    def parse(self, text: str) -> tuple[tuple[float, float, int], ...]:
        if len(text) > self.longest:
            raise ValueError
        points = [point.split("_") for point in text.split("~")]
        read, whole = numerals.real, numerals.whole
        return self.check([(read(x1), read(x2), whole(label)) for x1, x2, label in points])

    def write(self, value: Any) -> str:
        written = numerals.written
        return "~".join(f"{written(x1)}_{written(x2)}_{label}" for x1, x2, label in value)

    def show(self, value: Any) -> str:
        return counted(len(value), "point")


def _within(value: Any, low: float, high: float) -> float:
    """Return a number between low and high as a float; text and truth values are no numbers."""
    if isinstance(value, bool | str | bytes):
        raise ValueError
    number = float(value)
    if not low <= number <= high:  # as NaN is not
        raise ValueError
    return number + 0.0  # -0.0 becomes 0.0: one canonical form


def knob(default: Any, declaration: Knob) -> Any:
    """Return a dataclass field with this default that carries its declaration."""
    return dataclasses.field(default=default, metadata={"knob": declaration})
