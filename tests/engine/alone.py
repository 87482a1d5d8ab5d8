"""Scripts run far from the engine, one after the other, by one helper that knows NumPy already.

Importing NumPy takes longer than most scripts do. Each script runs in a fork of the helper, an
interpreter isolated from this project, in which every warning is an error.
"""

import subprocess
import sys
from pathlib import Path

_HELPER = """
import os, runpy, sys, traceback
import numpy

for line in sys.stdin:
    folder, *arguments = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        code = 1
        os.chdir(folder)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        try:
            sys.argv[:] = arguments
            runpy.run_path(arguments[0], run_name="__main__")
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Helper:
    """Runs scripts until it is closed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-W", "error", "-c", _HELPER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, script: Path, *arguments: str) -> tuple[int, str, str]:
        """Run a script in its own folder; return its exit code and all that it printed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\t".join([str(script.parent), str(script), *arguments]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, err = (script.with_name(name).read_text(encoding="utf-8") for name in ("out", "err"))
        return code, out, err

    def close(self) -> None:
        """End the helper."""
        self._process.communicate()
