"""The app served, and a browser to visit it with, for as long as a measurement takes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
