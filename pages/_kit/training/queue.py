"""One training at a time, in the order of asking: many at once slow each other down many times."""

import threading
from collections import deque
from types import TracebackType

from engine.experiment.wording import are, counted

MOST_WAITING = 60
"""Two for each visitor of a class of thirty; whoever comes on top of that is told to wait."""


class BusyError(RuntimeError):
    """Too many wait already; the message is a sentence for the visitor."""


class Turn:
    """A queue with one at work: `with turn:` waits until everybody before has finished.

    Raises BusyError at once when `most` are waiting already. Not to be entered twice by the same
    thread.

    >>> turn = Turn(most=0)
    >>> with turn:
    ...     turn.waiting
    0
    """

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.most = most
        self._queue: deque[object] = deque()  # the first is at work
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait for their turn, the one at work not counted."""
        return max(0, len(self._queue) - 1)

    @property
    def is_taken(self) -> bool:
        """Whether somebody is at work, so that one who asks now has to wait."""
        return bool(self._queue)

    def __enter__(self) -> None:
        with self._changed:
            if self.is_taken and self.waiting >= self.most:
                raise BusyError(
                    f"{counted(self.waiting, 'training')} {are(self.waiting)} waiting on this "
                    "server, which is as many as it takes. Nothing is lost: try again in a few "
                    "seconds."
                )
            self._wait_at_the_end()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._queue.popleft()
            self._changed.notify_all()

    def let_others(self) -> None:
        """Go to the end of the queue and wait again; for the one at work, in a long training."""
        with self._changed:
            if self.waiting:
                self._queue.popleft()
                self._changed.notify_all()
                self._wait_at_the_end()

    def _wait_at_the_end(self) -> None:
        ticket = object()
        self._queue.append(ticket)
        try:
            self._changed.wait_for(lambda: self._queue[0] is ticket)
        except BaseException:
            self._queue.remove(ticket)
            self._changed.notify_all()
            raise
