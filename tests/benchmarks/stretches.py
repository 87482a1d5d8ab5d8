"""How long scripts compute before others can go first, in their turns and between them, in what.

A profiler that samples: the stack of every thread, and how much CPU that thread has had by then.
"""

import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import NamedTuple

from pages._kit.training.queue import Turn

_PERIOD = 0.004
"""Seconds between two samples."""

_OURS = ("/engine/", "/pages/")


class Timed(Turn):
    """Counts how often each thread's turn came, was over, or might have been another's."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds: Counter[int] = Counter()

    def __enter__(self) -> None:
        self._count_bound()
        super().__enter__()
        self._count_bound()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        self._count_bound()

    def let_others(self) -> None:
        super().let_others()
        self._count_bound()

    def is_of(self, thread: int) -> bool:
        """Whether that thread is at work."""
        ticket = self._at_work
        return ticket is not None and ticket.thread == thread

    def _count_bound(self) -> None:
        self.bounds[threading.get_ident()] += 1


class Stretch(NamedTuple):
    """CPU seconds of one thread from one bound to the next, all of them and by function."""

    seconds: float = 0.0
    functions: Mapping[str, float] = {}

    def __str__(self) -> str:
        longest = sorted(self.functions.items(), key=lambda item: -item[1])[:3]
        named = (f"{name} {1e3 * seconds:.0f}" for name, seconds in longest)
        return f"{1e3 * self.seconds:4.0f} ms: {', '.join(named)}"


class Longest(NamedTuple):
    """The longest stretch in a turn, and the longest between two."""

    within: Stretch = Stretch()
    between: Stretch = Stretch()


class Sampler(threading.Thread):
    """Looks at all threads again and again, and keeps the longest stretches."""

    def __init__(self, turn: Timed) -> None:
        super().__init__(daemon=True)
        self._turn = turn
        self._seen: dict[int, tuple[int, float]] = {}
        self._spent: defaultdict[int, defaultdict[str, float]] = defaultdict(_nothing)
        self._longest = Longest()

    def take(self) -> Longest:
        """Return the longest since this was asked last."""
        longest, self._longest = self._longest, Longest()
        return longest

    def run(self) -> None:
        while True:
            time.sleep(_PERIOD)
            frames = sys._current_frames()
            for thread in threading.enumerate():
                function = _function(frames.get(thread.ident or 0))
                if function:
                    self._look(thread, function)
            for gone in self._seen.keys() - frames.keys():
                del self._seen[gone]
                self._spent.pop(gone, None)

    def _look(self, thread: threading.Thread, function: str) -> None:
        known = thread.ident or 0
        # In this order: whose turn begins meanwhile has had another bound.
        is_within, bounds, now = self._turn.is_of(known), self._turn.bounds[known], _cpu(thread)
        before, since = self._seen.get(known, (bounds, now))
        self._seen[known] = bounds, now
        if before != bounds:
            self._spent.pop(known, None)
            return
        spent = self._spent[known]
        spent[function] += now - since
        stretch, (within, between) = Stretch(sum(spent.values()), dict(spent)), self._longest
        if is_within:
            self._longest = Longest(max(within, stretch, key=_seconds), between)
        else:
            self._longest = Longest(within, max(between, stretch, key=_seconds))


def _nothing() -> defaultdict[str, float]:
    return defaultdict(float)


def _seconds(stretch: Stretch) -> float:
    return stretch.seconds


def _function(frame: FrameType | None) -> str:
    """Return the innermost function of this project in a stack, "" if there is none."""
    while frame is not None:
        code = frame.f_code
        if any(folder in code.co_filename for folder in _OURS):
            return f"{code.co_filename.rpartition('/')[2]}:{code.co_name}"
        frame = frame.f_back
    return ""


def _cpu(thread: threading.Thread) -> float:
    """Return how many seconds of CPU a thread has had (Linux); 0 once it is gone."""
    try:
        had = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text().split()[0]
    except OSError:
        return 0.0
    return 1e-9 * int(had)
