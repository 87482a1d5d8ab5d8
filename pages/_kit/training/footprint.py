"""How much memory a thing takes, told by walking through all that it refers to."""

import sys
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.data import mnist

_OURS = ("engine.", "pages.")
_CONTAINERS = (list, tuple, set, frozenset, deque)


def footprint(thing: object) -> int:
    """Return the bytes of a thing, its arrays above all; a part that is met twice counts once.

    What all share, the digits, does not count.

    >>> footprint([np.zeros(1000), np.zeros(1000)]) // 1000
    16
    """
    return sum(map(_own_bytes, _parts(thing)))


def _parts(thing: object) -> Iterator[object]:
    seen = {id(_owner(array)) for array in mnist.in_memory()}
    left = [thing]
    while left:
        part = left.pop()
        if isinstance(part, np.ndarray):
            part = _owner(part)
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            left.extend(_within(part))


def _owner(array: np.ndarray[Any, Any]) -> object:
    """Return the array whose memory this one looks at, if it is not its own."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def _within(part: object) -> list[object]:
    """Return what a part refers to; as lists, because others may be changing it."""
    if isinstance(part, dict):
        return [*list(part.values()), *list(part.keys())]
    if isinstance(part, _CONTAINERS):
        return list(part)
    if type(part).__module__.startswith(_OURS):
        return list(getattr(part, "__dict__", {}).values())
    return []


def _own_bytes(part: object) -> int:
    if isinstance(part, np.ndarray):
        return int(part.nbytes)
    return 0 if isinstance(part, type) else sys.getsizeof(part)
