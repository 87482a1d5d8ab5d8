"""A server on loopback, started as the README says: what it takes, and what it has trained."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.load import readme


class Taken(NamedTuple):
    """What a process takes: resident memory in MB, threads, open files and connections."""

    memory: float
    threads: int
    descriptors: int

    def most(self, other: "Taken") -> "Taken":
        """Return the larger of each."""
        return Taken(
            max(self.memory, other.memory),
            max(self.threads, other.threads),
            max(self.descriptors, other.descriptors),
        )


class Server(NamedTuple):
    """A running server: where it is, its process, and the file that counts its trainings."""

    port: int
    process: subprocess.Popen[bytes]
    trainings: Path

    @property
    def address(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self.port}"

    def trained(self) -> list[str]:
        """Return the experiments trained so far, each as often as it was trained."""
        return self.trainings.read_text(encoding="utf-8").splitlines()

    def taken(self) -> Taken:
        """Return what it takes now (Linux)."""
        process = Path(f"/proc/{self.process.pid}")
        pages = int((process / "statm").read_text().split()[1])
        threads, files = (len(list((process / name).iterdir())) for name in ("task", "fd"))
        return Taken(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, threads, files)


@contextmanager
def serving(words: Sequence[str] = (), **more: str) -> Iterator[Server]:
    """Start the app as the README's unit does, with `more` variables, and stop it at the end.

    With other `words` after `streamlit run` instead of the unit's, if they are given.
    """
    port = free_port()
    asked = [*words, "--server.port", str(port)] if words else readme.start(port)
    with TemporaryDirectory() as folder:
        trainings = Path(folder) / "trainings.txt"
        trainings.touch()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.serve", *asked],
            cwd=readme.ROOT,
            env=os.environ | readme.environment() | {"TRAININGS": str(trainings)} | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: is_listening(port), "the server listens")
            yield Server(port, process, trainings)
        finally:
            process.kill()
            process.wait(timeout=20)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_listening(port: int) -> bool:
    """Whether a server takes connections on a port."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def until(is_so: Callable[[], bool], told: str, seconds: float = 60) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{told}: not within {seconds:g} seconds")
        time.sleep(0.05)
