"""A server of one's own on loopback: its address, its memory, and what it has trained."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Server(NamedTuple):
    """A running server: where it is, its process, and the file that counts its trainings."""

    address: str
    process: subprocess.Popen[bytes]
    trainings: Path

    def trained(self) -> list[str]:
        """Return the experiments trained so far, each as often as it was trained."""
        return self.trainings.read_text(encoding="utf-8").splitlines()

    def memory(self) -> float:
        """Return the resident memory in MB (Linux)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def serving() -> Iterator[Server]:
    """Start the app and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with TemporaryDirectory() as folder:
        trainings = Path(folder) / "trainings.txt"
        trainings.touch()
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.load.serve", "streamlit_app.py"),
                *("--server.port", str(port), "--server.address", "127.0.0.1"),
                *("--server.fileWatcherType", "none"),
            ],
            cwd=ROOT,
            env=os.environ | {"TRAININGS": str(trainings), "OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            yield Server(address, process, trainings)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {seconds:g} seconds")
