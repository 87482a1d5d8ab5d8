"""What is worked out of something that is shared lies with it, and goes when it goes."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

Owner, View = TypeVar("Owner"), TypeVar("View")


class Views:
    """Views of one owner, each worked out once for all who look, and again if there is more to see.

    At most one of each kind is kept: the latest that was asked for.
    """

    def __init__(self) -> None:
        self._made: dict[Any, tuple[int, Any]] = {}
        self._lock = threading.RLock()

    def of(self, owner: Owner, make: Callable[[Owner], View], version: int = 0) -> View:
        """Return `make(owner)`, made by whoever asks for this version first.

        >>> views = Views()
        >>> views.of([3, 1], sorted) is views.of([3, 1], sorted)
        True
        """
        with self._lock:
            known = self._made.get(make)
            if known is None or known[0] != version:
                known = self._made[make] = version, make(owner)
            return cast(View, known[1])
