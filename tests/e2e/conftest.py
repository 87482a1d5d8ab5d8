"""A served app and a real browser, so that a test can see what a visitor sees."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pages._pages.order import PAGES

ROOT = Path(__file__).parents[2]
LIMIT = 120_000
"""Milliseconds until a wait is given up: more than anything takes on a busy machine."""

SCREEN = {"width": 1440, "height": 900}
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Problems(list[str]):
    """What went wrong in the browser: console errors and exceptions nobody caught."""

    @contextmanager
    def watching(self, page: Any) -> Iterator[None]:
        """Listen to a page for a while."""
        heard = {"pageerror": self._catch, "console": self._note}
        for event, listener in heard.items():
            page.on(event, listener)
        yield
        for event, listener in heard.items():
            page.remove_listener(event, listener)

    def _catch(self, error: Any) -> None:
        self.append(str(error))

    def _note(self, message: Any) -> None:
        # The client probes for the server's base path on deep links; a 404 there is its answer.
        if message.type == "error" and "_stcore" not in message.location.get("url", ""):
            self.append(message.text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, from the variable CHROMIUM or the path.

    Without one the tests are skipped, or fail where the variable REQUIRE_BROWSER is set.
    """
    give_up = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
    try:
        from playwright import sync_api
    except ImportError:
        give_up("no Playwright: install tests/requirements.txt")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        give_up(f"no browser: set CHROMIUM or install one of {', '.join(CHROMIUM)}")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[str | Path], str]]:
    """Serve an app file (relative to the project) and return its address; each is started once."""
    running: dict[Path, tuple[subprocess.Popen[bytes], str]] = {}

    def address(app: str | Path) -> str:
        path = ROOT / app
        if path not in running:
            running[path] = start(path)
        return running[path][1]

    yield address
    for process, _ in running.values():
        end(process)


@pytest.fixture
def problems() -> Problems:
    return Problems()


@pytest.fixture(scope="session")
def window(browser: Any) -> Iterator[Any]:
    """A browser's window, whose pages share what has been fetched, and nothing of the app."""
    context = browser.new_context(viewport=SCREEN)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(window: Any) -> Iterator[Any]:
    """The tab that all tests use: where an app was open before, another opens in half the time."""
    tab = window.new_page()
    yield tab
    tab.close()


@pytest.fixture
def fresh(tab: Any) -> Iterator[Any]:
    """The tab, with nothing left of the test before: neither a page nor what it was told."""
    tab.set_viewport_size(SCREEN)
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    tab.set_default_timeout(LIMIT)
    tab.mouse.move(0, 0)
    yield tab
    forget(tab)


@pytest.fixture
def page(fresh: Any, problems: Problems) -> Iterator[Any]:
    """A fresh page; what goes wrong in it lands in `problems`."""
    with problems.watching(fresh):
        yield fresh


def go(page: Any, title: str) -> None:
    """Follow the navigation, in which a page is in the menu of its section, to another page."""
    section = next(entry.section for entry in PAGES if entry.title == title)
    if section:
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    kind = "stTopNavDropdownLink" if section else "stTopNavLink"
    page.get_by_test_id(kind).filter(has_text=title).click()


def forget(tab: Any) -> None:
    """Leave a page, so that its visit ends, and what it has stored."""
    if tab.url.startswith("http"):
        tab.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    tab.goto("about:blank")


def start(app: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += [f"--{name}={value}" for name, value in options.items()]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return process, address
        except OSError:
            time.sleep(0.1)
    end(process)
    raise RuntimeError(f"{app.name} did not answer within 30 seconds")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server at once: asked to, it would first finish what it trains in the background."""
    process.kill()
    process.wait()
