"""A copy of the project in which faults are tried: the working tree is never touched."""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LEFT_BEHIND = (".venv", ".git", "__pycache__", ".*_cache", "e2e", ".readme")
_MOST_BYTES = 6 * 2**30
"""A fault may ask for all memory there is."""

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

    def run(self, tests: Sequence[str], limit: float, *options: str) -> Outcome:
        """Run tests up to the first failure, for at most so many seconds of processor time."""
        begun = _processor_seconds()
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                [*command, *options, *tests],
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=10 * limit + 60,  # for what waits instead of working
                preexec_fn=lambda: _restrict(limit),
            )
        except subprocess.TimeoutExpired:
            return Outcome(True, True, _processor_seconds() - begun)
        if done.returncode == _MISUSED:
            raise RuntimeError(done.stderr)
        seconds = _processor_seconds() - begun
        has_failed = done.returncode not in (_PASSED, _NOTHING_FOUND)
        timed_out = has_failed and seconds >= limit - 1
        named = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
        return Outcome(has_failed, timed_out, seconds, named[1] if named else "")

    def warm_up(self, tests: Sequence[str]) -> None:
        """Have everything compiled that does not change."""
        command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider"]
        subprocess.run([*command, *tests], cwd=self.root, capture_output=True, check=True)


@contextmanager
def copied(root: Path) -> Iterator[Copy]:
    """Have a copy of a project in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        there = Path(folder) / "project"
        shutil.copytree(root, there, ignore=shutil.ignore_patterns(*_LEFT_BEHIND), symlinks=True)
        yield Copy(there)


def _restrict(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
