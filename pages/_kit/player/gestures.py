"""A gesture is what the visitor did inside the player; nothing the browser says is trusted."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.nn.types import Array

MAX_POINTS = 100
MAX_WEIGHT = 1e6

FINEST = 1000
"""A point put down with the mouse is no finer than so many parts of the view: a pixel or so."""


@dataclass(frozen=True, eq=False)
class Edit:
    """Weights changed by hand: the theta, (P,), that the frame at this step and epoch now has."""

    theta: Array
    epoch: float
    step: int


@dataclass(frozen=True)
class Gestures:
    """Say what the visitor did; None is both "nothing" and "nothing that made sense"."""

    points: tuple[tuple[float, float, int], ...] | None = None  # x1, x2, label; sent once
    epoch: float | None = None  # where the movie stands still, inf at its end; None: not moved yet
    edit: Edit | None = None  # as long as it is kept
    train_on: Edit | None = None  # sent once: training is to go on from it
    steps_from: int | None = None  # sent once: every step after this one is wanted
    hidden: tuple[int, ...] | None = None  # sent once: the widths wanted of the hidden layers


def read(
    sent: Any,
    *,
    version: str,
    parameters: int = 0,
    view: tuple[float, ...] = (0.0, 1.0, 0.0, 1.0),
    points: Array | None = None,
    widths: tuple[int, ...] = (),
) -> Gestures:
    """Return the gestures in `sent`, an object with those attributes or keys.

    `view` bounds the points, `points` (m, 2) are those that the browser was shown (None: none can
    be moved there), `parameters` is the length theta must have, and `widths` are the most units the
    hidden layers can have. What was done to another version of the movie than the one now shown is
    dropped: it speaks of another run.
    """

    def value(name: str, parse: Callable[[Any], Any]) -> Any:
        try:
            return parse(sent.get(name))
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
            return None

    def of_this(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda request: parse(request) if request["version"] == version else None

    return Gestures(
        points=value("points", lambda now: _points(now, view, points)),
        epoch=value("epoch", _epoch),
        edit=value("edit", of_this(lambda request: _edit(request, parameters))),
        train_on=value("train_on", of_this(lambda request: _edit(request, parameters))),
        steps_from=value("steps_from", of_this(lambda request: _step(request["step"]))),
        hidden=value("hidden", lambda now: _hidden(now, widths)),
    )


def _points(
    sent: Any, view: tuple[float, ...], points: Array | None
) -> tuple[tuple[float, float, int], ...]:
    """Return the points now wanted: those left where they were keep every digit."""
    if points is None or not isinstance(sent, list) or len(sent) > MAX_POINTS:
        raise ValueError(f"Points must be a list of at most {MAX_POINTS}.")
    shown = _as_shown(points)
    x1_from, x1_to, x2_from, x2_to = view
    digits = max(0, math.ceil(math.log10(FINEST / (x1_to - x1_from))))
    wanted = []
    for x1, x2, label in sent:
        place = bounded(x1, x1_from, x1_to), bounded(x2, x2_from, x2_to)
        exact = shown.get(place)
        a, b = exact.pop(0) if exact else (round(place[0], digits), round(place[1], digits))
        wanted.append((a, b, _label(label)))
    return tuple(wanted)


def _as_shown(points: Array) -> dict[tuple[float, float], list[tuple[float, float]]]:
    """Return the exact places of points by what the browser knows of them, which is float32."""
    shown: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for place, exact in zip(points.astype(np.float32).tolist(), points.tolist(), strict=True):
        shown.setdefault(tuple(place), []).append(tuple(exact))
    return shown


def _hidden(sent: Any, widths: tuple[int, ...]) -> tuple[int, ...]:
    if not widths or not isinstance(sent, list) or len(sent) > len(widths):
        raise ValueError(f"There are at most {len(widths)} hidden layers.")
    return tuple(_whole(n, 1, most) for n, most in zip(sent, widths, strict=False))


def _epoch(sent: Any) -> float:
    return math.inf if sent == "end" else bounded(sent, 0.0, 1e9)


def _label(sent: Any) -> int:
    if bounded(sent, 0, 1) not in (0.0, 1.0):
        raise ValueError(f"A label must be 0 or 1, not {sent!r}.")
    return int(sent)


def _edit(request: Any, parameters: int) -> Edit:
    theta = [bounded(weight, -MAX_WEIGHT, MAX_WEIGHT) for weight in request["theta"]]
    if len(theta) != parameters:
        raise ValueError(f"Theta must have {parameters} numbers, not {len(theta)}.")
    epoch = bounded(request["epoch"], 0.0, 1e9)
    return Edit(np.array(theta), epoch, _step(request["step"]))


def _step(sent: Any) -> int:
    return _whole(sent, 0, 1e12)


def _whole(sent: Any, low: float, high: float) -> int:
    number = bounded(sent, low, high)
    if not number.is_integer():
        raise ValueError(f"Expected a whole number, not {sent!r}.")
    return int(number)


def bounded(sent: Any, low: float, high: float) -> float:
    """Return a finite number within the bounds; text, truth values and NaN are none."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not math.isfinite(sent):
        raise ValueError(f"Expected a finite number, not {sent!r}.")
    if not low <= sent <= high:
        raise ValueError(f"Expected a number from {low} to {high}, not {sent!r}.")
    return float(sent)
