"""What a visitor has drawn, as the browser reports it; nothing the browser says is trusted."""

from dataclasses import dataclass, field
from typing import Any

from pages._kit.player.gestures import bounded

MOST_STROKES = 400
MOST_POINTS = 2000
MOST_SAVED = 12
FARTHEST = 2000
"""Thousandths of the canvas; what is turned may reach beyond its edges, at 0 and 1000."""


@dataclass(frozen=True)
class Digit:
    """Strokes (x, y, x, y, ...) in thousandths of the canvas, and what is tried on them.

    angle is in degrees, pen in pixels of the network's picture, noise a share of full ink.
    """

    strokes: tuple[tuple[int, ...], ...]
    angle: float
    pen: float
    noise: float
    seed: int


@dataclass(frozen=True)
class Drawing:
    """The digit on the canvas, None before the first stroke, and those on the shelf."""

    digit: Digit | None = None
    saved: tuple[Digit, ...] = ()


@dataclass
class Memory:
    """The drawing as last reported, and the one that the canvas on screen was opened with.

    The second changes only when the panel is opened, so that a stroke does not cause the whole
    network to be sent once more.
    """

    latest: Drawing = field(default_factory=Drawing)
    opening: Drawing = field(default_factory=Drawing)


def read(sent: Any) -> Drawing | None:
    """Return the drawing that the browser sent, or None if it makes no sense."""
    try:
        saved = sent["saved"]
        if not isinstance(saved, list) or len(saved) > MOST_SAVED:
            return None
        digit = None if sent["digit"] is None else _digit(sent["digit"])
        return Drawing(digit, tuple(map(_digit, saved)))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError):
        return None


def _digit(sent: Any) -> Digit:
    strokes = sent["strokes"]
    if not isinstance(strokes, list) or len(strokes) > MOST_STROKES:
        raise ValueError(f"A digit has at most {MOST_STROKES} strokes.")
    if sum(map(len, strokes)) > 2 * MOST_POINTS:
        raise ValueError(f"A digit has at most {MOST_POINTS} points.")
    return Digit(
        strokes=tuple(map(_stroke, strokes)),
        angle=bounded(sent["angle"], -180, 180),
        pen=bounded(sent["pen"], 1, 6),
        noise=bounded(sent["noise"], 0, 1),
        seed=int(bounded(sent["seed"], 0, 999)),
    )


def _stroke(sent: Any) -> tuple[int, ...]:
    if not isinstance(sent, list) or not sent or len(sent) % 2:
        raise ValueError("A stroke is a list of one or more points x, y.")
    return tuple(int(bounded(value, -FARTHEST, FARTHEST)) for value in sent)
