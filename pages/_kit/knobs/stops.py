"""The values a knob stops at, in the order in which its slider has them."""

from collections.abc import Iterable
from typing import Any

FIRST_WIDTH = 3
"""The width of a first hidden layer."""


def in_order(values: Iterable[Any]) -> list[Any]:
    """Return numbers by size, each once, but a whole 0, which stands for all, after all others.

    >>> in_order((10, 0, 1, 10)), in_order((0.5, 0.0))
    ([1, 10, 0], [0.0, 0.5])
    """
    return sorted(set(values), key=_place)


def _place(value: float) -> float:
    return float("inf") if value == 0 and isinstance(value, int) else value
