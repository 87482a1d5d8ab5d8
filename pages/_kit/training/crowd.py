"""How many visitors wait for a page just now: those who can wait let them go first."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Crowd:
    """Counts the pages being drawn; what goes on beside them, once they are drawn, is no page.

    >>> crowd = Crowd()
    >>> with crowd.drawing():
    ...     crowd.drawn
    ...     with crowd.beside():
    ...         crowd.drawn
    1
    0
    """

    def __init__(self) -> None:
        self.drawn = 0
        self._lock = threading.Lock()

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Count a page as being drawn."""
        with self._counted(1):
            yield

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Count a page as drawn while its visitor looks at it and something goes on."""
        with self._counted(-1):
            yield

    @contextmanager
    def _counted(self, one_more: int) -> Iterator[None]:
        self._add(one_more)
        try:
            yield
        finally:
            self._add(-one_more)

    def _add(self, more: int) -> None:
        with self._lock:
            self.drawn += more


crowd = Crowd()
"""All visitors of this server."""
