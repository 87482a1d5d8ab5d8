"""Processes that work for this one, as an executor: `sweep(experiments, executor=Workers(2))`."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures.thread import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import ParamSpec, TypeVar
from weakref import WeakSet

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 3
"""So many workers in a row may die of a call before it is given up."""

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""1 for workers: the BLAS threads of several processes spin against each other for minutes."""


class Workers(Executor):
    """Up to `count` processes, each started when there is first something to do for it.

    A call and what it returns must be picklable, and the program's entry file must do nothing when
    it is merely imported (`if __name__ == "__main__":`), which every worker does. If a worker dies,
    because memory is short for instance, another takes its place and the call is made again; one of
    which `attempts` have died ends in a BrokenExecutor. Workers end with this process, however that
    ends.
    """

    def __init__(self, count: int, attempts: int = ATTEMPTS) -> None:
        self._attempts = attempts
        # A thread waits for each process; calls queue, and are cancelled, before the threads.
        self._threads = ThreadPoolExecutor(count, "worker")
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._is_over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of a call; it can be cancelled until a worker has begun with it."""
        return self._threads.submit(self._call, partial(fn, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls, and end each worker when there is nothing left to do for it."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        with self._lock:
            self._is_over = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.dismiss()

    def _call(self, call: Callable[[], T]) -> T:
        """Have a worker make a call, and another if it dies of that."""
        for _ in range(self._attempts):
            worker = self._take()
            try:
                return worker.make(call)
            except BrokenExecutor:
                if _is_ending.is_set():
                    raise
            finally:
                self._give_back(worker)
        raise BrokenExecutor(
            f"{self._attempts} worker processes in a row died of the same call. Is there enough "
            "memory for them?"
        )

    def _take(self) -> "_Worker":
        with self._lock:
            return self._idle.pop() if self._idle else _Worker()

    def _give_back(self, worker: "_Worker") -> None:
        with self._lock:
            if not self._is_over and not worker.is_dead:
                self._idle.append(worker)
                return
        worker.dismiss()


class _Worker:
    """A pool of one process: when it dies, nobody else's call is lost."""

    def __init__(self) -> None:
        # Not above: there are no processes under WebAssembly, and nothing else here needs them.
        from concurrent.futures import ProcessPoolExecutor

        self._pool = ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), initializer=_begin_to_work
        )
        with _one_thread_each():  # which a process has to find where it starts
            self._pid = self._pool.submit(os.getpid)
        self.is_dead = False
        _end_before_exit()
        _all.add(self)

    def make(self, call: Callable[[], T]) -> T:
        """Make a call there. Raises what it raises, or BrokenExecutor if the process dies."""
        try:
            return self._pool.submit(call).result()
        except BrokenExecutor:
            self.is_dead = True
            raise

    def dismiss(self) -> None:
        """Let the process end; it has nothing to do."""
        self._pool.shutdown(wait=False)

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(BrokenExecutor, ProcessLookupError):  # it has ended by itself
            os.kill(self._pid.result(), signal.SIGTERM)


_all: "WeakSet[_Worker]" = WeakSet()
_is_ending = threading.Event()


@cache
def _end_before_exit() -> None:
    """See to it that Python, when it exits, does not wait until every call has been made.

    Functions of `atexit` are called too late: after pools of processes have been waited for.
    """
    threading._register_atexit(_end_all)  # type: ignore[attr-defined]


def _end_all() -> None:
    _is_ending.set()
    for worker in list(_all):
        worker.kill()


_environment = threading.Lock()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Tell processes that start meanwhile to use one BLAS thread."""
    with _environment:
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _begin_to_work() -> None:
    """Called in a worker: leave Ctrl-C to the process that started it, and end with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
