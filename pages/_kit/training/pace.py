"""How long something will still take, from what has been done of it and how long that took."""

import time

AWAY = 10.0
"""Seconds between two looks that count at most: whoever was away for longer did not wait."""


class Pace:
    """A clock for a task of which some share is done, 0 to 1; it runs between `start` and `halt`.

    It goes by the clock on the wall. So whatever else keeps the task waiting, drawing and other
    visitors' trainings, is part of what it says.

    >>> pace = Pace()
    >>> pace.left(0.0) is None
    True
    """

    def __init__(self) -> None:
        self._seconds, self._done = 0.0, 0.0
        self._last: tuple[float, float] | None = None

    def start(self, share: float) -> None:
        """Let the clock run from here."""
        self._last = time.monotonic(), share

    def look(self, share: float) -> None:
        """Note how far it is by now, if the clock is running."""
        if self._last is not None:
            now, (before, done) = time.monotonic(), self._last
            self._seconds += min(now - before, AWAY)
            self._done += share - done
            self._last = now, share

    def halt(self, share: float) -> None:
        """Stop the clock; what was measured is kept."""
        self.look(share)
        self._last = None

    def left(self, share: float) -> float | None:
        """Return about how many seconds are left at this pace, None if nothing is measured yet."""
        if self._done <= 0:
            return None
        return self._seconds / self._done * max(0.0, 1 - share)
