"""One training at a time: many at once slow each other down. Who has had less comes first."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from types import TracebackType

from engine.experiment.wording import are, counted
from pages._kit.training.visitor import HEED

MOST_WAITING = 200
"""A school's worth; whoever comes on top of that is told to wait."""

SLICE = 0.02
"""Seconds at work after which it is worth to let others go first."""

CREDIT = 0.3
"""Seconds at work that a newcomer has ahead of all who have been at work for longer: what a knob
costs on most pages, so that it is answered before long work goes on.
"""

HASTE = 2.0
"""Seconds at work that who waits for a page has ahead of those whose page is drawn and goes on."""


class BusyError(RuntimeError):
    """Too many wait already; the message is a sentence for the visitor."""


@dataclass(eq=False)
class _Ticket:
    """A place in the queue of a visitor who has been at work for `had` seconds by this clock.

    `thread` asks for the visitor, and is `called` when the turn has come. `ahead` is how many
    seconds of that are overlooked.
    """

    visitor: Hashable
    had: float
    ahead: float = 0.0
    since: float = 0.0
    thread: int = field(default_factory=threading.get_ident)
    called: threading.Event = field(default_factory=threading.Event)


class Turn:
    """A queue with one at work: `with turn:` waits until it is this visitor's turn.

    Of those who wait, the one goes first who has had the least time at work; a newcomer counts as
    having had `credit` seconds less than the one at work has, so that nobody can save up more. This
    is start-time fair queueing (Goyal, Vin and Cheng, 1996) with a little borrowed time (Duda and
    Cheriton, 1999): short work overtakes long, and who asks for much at once gets one share.
    `visitor` says who asks, and `is_urgent` whether for something that is waited for, which comes
    `haste` seconds ahead of all that is not. `heed` raises if nobody waits for the outcome any
    more: then the place in the queue is given up, or the turn. Raises BusyError at once when `most`
    are waiting already. Not to be entered twice by the same thread.

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
        heed: Callable[[], None] = lambda: None,
        credit: float = CREDIT,
        is_urgent: Callable[[], bool] = lambda: False,
        haste: float = HASTE,
    ) -> None:
        self.most, self._credit = most, credit
        self._is_urgent, self._haste = is_urgent, haste
        self._visitor, self._clock, self._heed = visitor, clock, heed
        self._at_work: _Ticket | None = None
        self._line: list[_Ticket] = []
        self._had: dict[Hashable, float] = {}
        self._least = 0.0
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait for their turn, the one at work not counted."""
        return len(self._line)

    @property
    def urgent(self) -> int:
        """How many of those who wait do so for something that is waited for itself."""
        return sum(ticket.ahead > 0 for ticket in tuple(self._line))

    @property
    def is_taken(self) -> bool:
        """Whether somebody is at work, so that one who asks now has to wait."""
        return self._at_work is not None

    @property
    def is_mine(self) -> bool:
        """Whether the thread that asks this is at work."""
        ticket = self._at_work
        return ticket is not None and ticket.thread == threading.get_ident()

    def __enter__(self) -> None:
        with self._lock:
            if self.is_taken and self.waiting >= self.most:
                raise BusyError(
                    f"{counted(self.waiting, 'training')} {are(self.waiting)} waiting on this "
                    "server, which is as many as it takes. Nothing is lost: try again in a few "
                    "seconds."
                )
            ticket = self._line_up(self._visitor())
        self._wait(ticket)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_mine:  # or it has been given up while others went first
            with self._lock:
                self._leave()

    def let_others(self) -> None:
        """Wait again if another should come first by now; for the one at work, now and then."""
        ticket = self._at_work
        if ticket is None or self._clock() - ticket.since < SLICE:
            return
        again = None
        with self._lock:
            if self._line:
                self._count()
                again = self._line_up(ticket.visitor)
            else:
                self._go_on(ticket)
        if again is None:
            self._heed()
        else:
            self._wait(again)

    def _go_on(self, ticket: _Ticket) -> None:
        """Count what the one at work has had so far, which whoever comes next starts from."""
        now = self._clock()
        ticket.had, ticket.since = ticket.had + now - ticket.since, now
        self._least = max(self._least, self._place_of(ticket))

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

    def _line_up(self, visitor: Hashable) -> _Ticket:
        newcomer = self._least - self._credit
        had = max(newcomer, self._had.get(visitor, newcomer))
        ticket = _Ticket(visitor, had, self._haste if self._is_urgent() else 0.0)
        self._line.append(ticket)
        self._call_next()
        return ticket

    def _wait(self, ticket: _Ticket) -> None:
        try:
            while not ticket.called.wait(HEED):
                self._heed()
            self._heed()
        except BaseException:
            with self._lock:
                if self._at_work is ticket:
                    self._leave()
                else:
                    self._line.remove(ticket)
            raise

    def _call_next(self) -> None:
        if self._at_work is None and self._line:
            ticket = min(self._line, key=self._place_of)  # the first of equals
            self._line.remove(ticket)
            ticket.had, ticket.since, self._at_work = self._had_by(ticket), self._clock(), ticket
            self._least = max(self._least, self._place_of(ticket))
            # Who has had less than a newcomer counts as one: nothing has to be known of them.
            newcomer = self._least - self._credit
            self._had = {who: had for who, had in self._had.items() if had > newcomer}
            ticket.called.set()

    def _place_of(self, ticket: _Ticket) -> float:
        """Return what the tickets are served in the order of, in seconds."""
        return self._had_by(ticket) - ticket.ahead

    def _had_by(self, ticket: _Ticket) -> float:
        return max(ticket.had, self._had.get(ticket.visitor, 0.0))
