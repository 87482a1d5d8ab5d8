"""Stacks that an executor trains while somebody waits for them."""

import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue

from engine.experiment.experiment import Experiment
from engine.training.run import Run
from engine.training.sweep import train_stack
from pages._kit.training.queue import BusyError

LEASE = 10.0
"""Seconds after a visitor's last look, which is when the page is drawn, that he counts as there."""

_LOOK = 0.1
"""Seconds between two looks at whether anybody is still there."""

Stack = tuple[tuple[Experiment, ...], int, bool]
"""What `train_stack` is called with: experiments, snapshots, and whether it is brief."""


class RemoteError(BusyError):
    """The executor has failed; the message is a sentence for the visitor."""


class Remote:
    """Stacks to be trained by an executor, the first ones first; shared by all who wait for them.

    They are sent to it when somebody waits, and those that it has not begun with are called off
    when nobody does any more. A thread sees to that as long as there is something under way, so
    that neither a visitor nor an executor, which may call back while it holds its own locks, ever
    waits for the other.
    """

    def __init__(self, stacks: Mapping[int, Stack]) -> None:
        self._left = dict(stacks)
        self._changed = threading.Condition()
        self._wanted_until = 0.0
        self._is_minded = False
        self._arrived: dict[int, list[Run]] = {}
        self._error: Exception | None = None

    def wait(self, executor: Executor, seconds: float) -> dict[int, list[Run]]:
        """Return the runs of each stack that is trained and not handed out yet.

        Waits for them for so many seconds at most; without any, nothing is sent either. Raises
        RemoteError, once, if the executor fails; who waits again tries again.
        """
        with self._changed:
            if seconds > 0 and self._error is None:
                self._want(executor, seconds)
            self._changed.wait_for(lambda: self._arrived or self._error or not self._left, seconds)
            if self._arrived or self._error is None:
                arrived, self._arrived = self._arrived, {}
                return arrived
            error, self._error = self._error, None
        raise RemoteError(
            "This server's workers could not train this. Nothing is lost: try again in a few "
            "seconds."
        ) from error

    def _want(self, executor: Executor, seconds: float) -> None:
        self._wanted_until = time.monotonic() + seconds + LEASE
        if self._left and not self._is_minded:
            self._is_minded = True
            threading.Thread(target=self._mind, args=(executor,), daemon=True).start()

    def stop(self) -> None:
        """Call off what has not begun, unless somebody else waits for it too."""
        with self._changed:
            self._wanted_until = 0.0

    def _mind(self, executor: Executor) -> None:
        """Send stacks and take back runs until there is nothing more to be done for anybody."""
        sent: dict[Future[list[Run]], int] = {}
        arrived: SimpleQueue[Future[list[Run]]] = SimpleQueue()
        try:
            while self._goes_on(bool(sent)):
                if self._is_wanted:
                    waiting = [which for which in self._left if which not in sent.values()]
                    for which in waiting:
                        future = executor.submit(train_stack, *self._left[which])
                        sent[future] = which
                        future.add_done_callback(arrived.put)
                else:
                    sent = {future: which for future, which in sent.items() if not future.cancel()}
                try:
                    future = arrived.get(timeout=_LOOK)
                except Empty:
                    continue
                if future in sent:  # else it was called off
                    self._take_in(sent.pop(future), future.result())
        except Exception as error:
            self._fail(error)
        finally:
            for future in sent:
                future.cancel()

    @property
    def _is_wanted(self) -> bool:
        return time.monotonic() < self._wanted_until

    def _goes_on(self, is_under_way: bool) -> bool:
        with self._changed:
            self._is_minded = bool(self._left) and (is_under_way or self._is_wanted)
            return self._is_minded

    def _take_in(self, which: int, runs: list[Run]) -> None:
        with self._changed:
            del self._left[which]
            self._arrived[which] = runs
            self._changed.notify_all()

    def _fail(self, error: Exception) -> None:
        logging.getLogger(__name__).warning("Workers have failed: %s", type(error).__name__)
        with self._changed:
            self._is_minded, self._wanted_until, self._error = False, 0.0, error
            self._changed.notify_all()
