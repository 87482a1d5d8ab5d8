"""The app served, and a browser to visit it with, for as long as a measurement takes."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import ARGUMENTS, CHROMIUM, ROOT, start


class Served(NamedTuple):
    """A browser, the app's address without a slash at its end, and its server's process id."""

    browser: Any
    address: str
    pid: int

    def visit(self, link: str) -> Any:
        """Return a page opened by somebody new."""
        page = self.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{self.address}/{link}")
        return page

    def rest(self) -> None:
        """Wait until the server has prepared what it prepares when it starts."""
        used = _ticks(self.pid)
        while True:
            time.sleep(1.0)
            before, used = used, _ticks(self.pid)
            if used - before < _QUIET:
                return


_QUIET = 5
"""Hundredths of a second of processor time in a second, of a server that has nothing to do."""


def _ticks(pid: int) -> int:
    """Return the processor time that a process has used, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def served() -> Iterator[Served]:
    process, address = start(ROOT / "streamlit_app.py")
    try:
        with sync_playwright() as playwright:
            path = next(filter(None, map(shutil.which, CHROMIUM)))
            browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
            yield Served(browser, address, process.pid)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
