"""What is worked out of something that is shared lies with it, and goes when it goes."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast
from weakref import ref

from pages._kit.training.visitor import heedful

Owner = TypeVar("Owner")
View = TypeVar("View")

MOST = 32
"""So many views of a kind are kept of all owners together, the latest made."""


class Views:
    """Views of one owner, each worked out once for all who look, and again if there is more to see.

    At most one of each kind is kept: the latest that was asked for.
    """

    def __init__(self) -> None:
        self._made: dict[Any, tuple[int, Any]] = {}
        self._lock = threading.RLock()

    def of(
        self, owner: Owner, make: Callable[[Owner], View], version: int = 0, most: int = MOST
    ) -> View:
        """Return `make(owner)`, made by whoever asks for this version first.

        `most` is how many of the kind are kept of all owners: then the oldest is forgotten.

        >>> views = Views()
        >>> views.of([3, 1], sorted) is views.of([3, 1], sorted)
        True
        """
        with heedful(self._lock):
            known = self._made.get(make)
            if known is None or known[0] != version:
                known = self._made[make] = version, make(owner)
                _bound(self, make, most)
            return cast(View, known[1])

    def forget(self, make: Callable[[Any], Any]) -> None:
        """Let a view go; without the lock, so that no owner ever waits for another."""
        self._made.pop(make, None)


_latest: dict[Any, deque["ref[Views]"]] = {}
_all = threading.Lock()


def _bound(views: Views, make: Callable[[Any], Any], most: int) -> None:
    """Remember who has a view of this kind, and let the oldest beyond the bound go."""
    with _all:
        line = deque(
            reference for reference in _latest.get(make, ()) if reference() not in (None, views)
        )
        line.append(ref(views))
        gone = [line.popleft() for _ in range(len(line) - most)]
        _latest[make] = line
    for reference in gone:
        if (other := reference()) is not None:
            other.forget(make)
