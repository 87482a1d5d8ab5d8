"""Who trains what is long: nobody but this process, worker processes, or a Dask cluster."""

import importlib
import logging
import threading
import time
from concurrent.futures import Executor
from functools import cache
from typing import Any

from engine.training.workers import Workers
from pages._kit.training.settings import DASK, settings

_PATIENCE = 3.0
"""Seconds that a visitor waits at most for a scheduler that does not answer."""

_AGAIN = 60.0
"""Seconds after which such a scheduler is asked again."""


def executor() -> Executor | None:
    """Return what the server is set to train with; None stands for this process.

    It is None as well while there is no connection to the scheduler that is set.
    """
    found = settings()
    if found.dask:
        return _scheduler(found.dask).executor()
    return _workers(found.workers) if found.workers else None


@cache
def _workers(count: int) -> Workers:
    return Workers(count)


@cache
def _scheduler(address: str) -> "Scheduler":
    return Scheduler(address)


class Scheduler:
    """A Dask scheduler: connected to when it is first needed, and again after it was lost."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._client: Any = None
        self._executor: Executor | None = None
        self._not_before = 0.0

    def executor(self) -> Executor | None:
        """Return the executor of its workers, None while there is no connection."""
        with self._lock:
            if self._client is None or self._client.status == "closed":
                self._client = self._connected()
                self._executor = None
                if self._client is not None:
                    # Not pure: equal calls are told apart, or to cancel one would cancel the other.
                    self._executor = self._client.get_executor(pure=False)
            is_there = self._client is not None and self._client.status == "running"
            return self._executor if is_there else None

    def _connected(self) -> Any:
        """Return a client, None if the scheduler does not answer or has not done so just before."""
        if time.monotonic() < self._not_before:
            return None
        try:
            dask = importlib.import_module("distributed")
            return dask.Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (ImportError, OSError, ValueError) as error:
            self._not_before = time.monotonic() + _AGAIN
            logging.getLogger(__name__).warning(
                f"{DASK} is {self._address}, which cannot be used: {error}. Meanwhile this process "
                "trains everything itself."
            )
            return None
