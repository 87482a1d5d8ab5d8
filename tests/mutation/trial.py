"""A copy of the project in which faults are tried: the working tree is never touched."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the engine's tests need none

import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy  # noqa: F401  (so that no run has to)
import pytest

_LEFT_BEHIND = (".venv", ".git", "__pycache__", ".*_cache", "e2e", ".readme", "node_modules")
_MOST_BYTES = 6 * 2**30
"""A fault may ask for all memory there is."""

_ROOT = Path(__file__).parents[2]

_PASSED, _MISUSED, _NOTHING_FOUND = 0, 4, 5
"""What pytest returns if all went well, if it was asked nonsense, and if there was no test."""


@dataclass(frozen=True)
class Outcome:
    """Whether tests failed, or took longer than they may; `by` is the first that did."""

    failed: bool
    timed_out: bool
    seconds: float
    by: str = ""


class Copy:
    """A copy of a project, whose tests can be run with one of its files in another version."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def version(self, module: str, text: str) -> Iterator[None]:
        """Have another text in a module for a while."""
        file = self.root / module
        before, times = file.read_bytes(), file.stat()
        try:
            file.write_text(text, encoding="utf-8")
            yield
        finally:
            # with its old time, so that what is compiled of it already is valid again
            file.write_bytes(before)
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    def run(self, tests: Sequence[str], limit: float) -> Outcome:
        """Run tests up to the first failure, for at most so many seconds of processor time."""
        with tempfile.TemporaryFile() as output:
            child = os.fork()
            if not child:
                _restrict(limit)
                _become(self.root, output.fileno(), ["-x", *tests])
            _, status, used = os.wait4(child, 0)
            output.seek(0)
            printed = output.read().decode(errors="replace")
        code = os.waitstatus_to_exitcode(status)
        if code == _MISUSED:
            raise RuntimeError(printed)
        named = re.search(r"^(?:FAILED|ERROR) (\S+)", printed, re.MULTILINE)
        return Outcome(
            failed=code not in (_PASSED, _NOTHING_FOUND),
            timed_out=code in (-signal.SIGXCPU, -signal.SIGALRM),
            seconds=used.ru_utime + used.ru_stime,
            by=named[1] if named else "",
        )

    def warm_up(self, tests: Sequence[str]) -> None:
        """Have everything compiled that does not change."""
        sys.dont_write_bytecode = False
        outcome = self.run(["--collect-only", *tests], 600)
        sys.dont_write_bytecode = True
        if outcome.failed:
            raise RuntimeError(f"{outcome.by} cannot be read, without any fault.")


@contextmanager
def copied(root: Path) -> Iterator[Copy]:
    """Have a copy of a project in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        there = Path(folder) / "project"
        shutil.copytree(root, there, ignore=shutil.ignore_patterns(*_LEFT_BEHIND), symlinks=True)
        yield Copy(there)


def _restrict(seconds: float) -> None:
    """Bound what this process may use."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    signal.alarm(int(20 * seconds) + 60)  # for what waits instead of working


def _become(root: Path, output: int, arguments: Sequence[str]) -> None:
    """Turn this process into a run of pytest in a project, and never return.

    A process of its own needs a second until it has imported pytest and NumPy: more than most of
    the tests. This one has, but nothing of a project, except what it is made of itself.
    """
    code = 3
    try:
        os.chdir(root)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8")
        for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "engine")]:
            del sys.modules[name]
        sys.path[:] = [str(root), *(path for path in sys.path if path not in ("", str(_ROOT)))]
        options = [
            "-q",
            "--tb=no",
            "-p",
            "no:cacheprovider",
            "-o",
            "markers=slow",
            "-m",
            "not slow",
        ]
        code = int(pytest.main([*options, *arguments]))
        sys.stdout.flush()
    finally:
        os._exit(code)
