"""How many visitors wait for a page just now: those who can wait let them go first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET = 4
"""So many slices of work are waited for between two pictures, if need be."""


class Crowd:
    """Counts the pages being drawn; what goes on beside them, once they are drawn, is no page.

    `patient` counts those beside whom goes on what can wait for all others.

    >>> crowd = Crowd()
    >>> with crowd.drawing():
    ...     crowd.drawn
    ...     with crowd.beside():
    ...         crowd.drawn
    1
    0
    """

    def __init__(self) -> None:
        self.drawn = self.patient = 0
        self._lock = threading.Lock()
        self._mine = threading.local()

    @property
    def waits(self) -> bool:
        """Whether a visitor waits for the page that the thread which asks this is drawing."""
        return getattr(self._mine, "drawn", 0) > 0

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
    def patiently(self) -> Iterator[None]:
        """Count a page as drawn, and what goes on beside it as patient."""
        with self.beside():
            with self._lock:
                self.patient += 1
            try:
                yield
            finally:
                with self._lock:
                    self.patient -= 1

    def between_pictures(
        self, work: Callable[[], None], has_news: Callable[[], bool] = lambda: True
    ) -> None:
        """Work beside a page until it is worth drawing again, `QUIET` times at most.

        That is when there is something new to be seen, and nobody waits for a page: to draw one
        again and again costs the others as much as to train.
        """
        with self.beside():
            for _ in range(QUIET):
                work()
                if has_news() and not self.drawn:
                    return

    @contextmanager
    def _counted(self, one_more: int) -> Iterator[None]:
        self._add(one_more)
        try:
            yield
        finally:
            self._add(-one_more)

    def _add(self, more: int) -> None:
        self._mine.drawn = getattr(self._mine, "drawn", 0) + more
        with self._lock:
            self.drawn += more


crowd = Crowd()
"""All visitors of this server."""
