"""One training at a time: many at once slow each other down. Who has had less comes first."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from types import TracebackType

from engine.experiment.wording import are, counted

MOST_WAITING = 200
"""A school's worth; whoever comes on top of that is told to wait."""

SLICE = 0.02
"""Seconds at work after which it is worth to let others go first."""


class BusyError(RuntimeError):
    """Too many wait already; the message is a sentence for the visitor."""


@dataclass(eq=False)
class _Ticket:
    """A place in the queue of a visitor who has been at work for `had` seconds by this clock."""

    visitor: Hashable
    had: float
    since: float = 0.0


class Turn:
    """A queue with one at work: `with turn:` waits until it is this visitor's turn.

    Of those who wait, the one goes first who has had the least time at work; a newcomer counts as
    having had as much as the one at work has, so that nobody can save up. This is start-time fair
    queueing (Goyal, Vin and Cheng, 1996): short work overtakes long, and who asks for much at once
    gets one share. `visitor` says who asks. Raises BusyError at once when `most` are waiting
    already. Not to be entered twice by the same thread.

    >>> turn = Turn(most=0)
    >>> with turn:
    ...     turn.waiting
    0
    """

    def __init__(
        self,
        most: int = MOST_WAITING,
        visitor: Callable[[], Hashable] = threading.get_ident,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = most
        self._visitor, self._clock = visitor, clock
        self._at_work: _Ticket | None = None
        self._line: list[_Ticket] = []
        self._had: dict[Hashable, float] = {}
        self._least = 0.0
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait for their turn, the one at work not counted."""
        return len(self._line)

    @property
    def is_taken(self) -> bool:
        """Whether somebody is at work, so that one who asks now has to wait."""
        return self._at_work is not None

    def __enter__(self) -> None:
        with self._changed:
            if self.is_taken and self.waiting >= self.most:
                raise BusyError(
                    f"{counted(self.waiting, 'training')} {are(self.waiting)} waiting on this "
                    "server, which is as many as it takes. Nothing is lost: try again in a few "
                    "seconds."
                )
            self._wait()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._leave()

    def let_others(self) -> None:
        """Wait again if another should come first by now; for the one at work, now and then."""
        ticket = self._at_work
        if ticket is None or not self._line or self._clock() - ticket.since < SLICE:
            return
        with self._changed:
            self._count()
            self._wait(ticket.visitor)

    def _leave(self) -> None:
        self._count()
        self._call_next()

    def _count(self) -> None:
        """Count what the one at work has had, who is so no longer."""
        ticket = self._at_work
        assert ticket is not None
        self._had[ticket.visitor] = ticket.had + self._clock() - ticket.since
        self._at_work = None
        if not self._line:  # a quiet moment: from here on all are newcomers
            self._least = max(self._had.values())
            self._had.clear()

    def _wait(self, visitor: Hashable = None) -> None:
        visitor = self._visitor() if visitor is None else visitor
        ticket = _Ticket(visitor, max(self._least, self._had.get(visitor, 0.0)))
        self._line.append(ticket)
        self._call_next()
        try:
            self._changed.wait_for(lambda: self._at_work is ticket)
        except BaseException:
            if self._at_work is ticket:
                self._leave()
            else:
                self._line.remove(ticket)
            raise

    def _call_next(self) -> None:
        if self._at_work is None and self._line:
            ticket = min(self._line, key=self._had_by)  # the first of equals
            self._line.remove(ticket)
            ticket.had, ticket.since, self._at_work = self._had_by(ticket), self._clock(), ticket
            self._least = max(self._least, ticket.had)
            # Who has had less than that counts as a newcomer: nothing has to be known of them.
            self._had = {who: had for who, had in self._had.items() if had > self._least}
            self._changed.notify_all()

    def _had_by(self, ticket: _Ticket) -> float:
        return max(ticket.had, self._had.get(ticket.visitor, 0.0))
