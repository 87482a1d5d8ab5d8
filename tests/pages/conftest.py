"""The app without a browser: a visit is one session on a server that others have used before."""

import functools
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test

from pages._kit.knobs.lens import Lens
from pages._kit.site import elements
from pages._kit.training import cache
from pages._pages import boot
from tests.pages.offers import ROOT
from tests.pages.screen import arrived


class Navigated(PagesManager):
    """Remember that the app has called st.navigation: a server does, but AppTest forgets it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        PagesManager.uses_pages_directory = False


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """Read the metadata of all installed packages once, not once more for each AppTest."""
    once = functools.cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile a page's file once, as a server does, not once more for each AppTest."""
    compiled = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        compile_once = functools.cache(compiled.get_bytecode)
        patch.setattr(ScriptCache, "get_bytecode", lambda self, path: compile_once(path))
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_spaces() -> Iterator[None]:
    """Leave the spaces in sentences as they are written in tests: where lines break is not seen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elements, "unbroken", str)
        yield


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """AppTest leaves the page as __main__, which a worker process would run when it starts."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def prepared() -> None:
    """Wait until nothing is prepared in the background: it would take turns with the test."""
    boot.prepare()
    done = threading.Event()
    cache.in_background(done.set)  # one thing after the other
    assert done.wait(timeout=300)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Come to a page by a link, as the first thing of a visit; return the session."""
    monkeypatch.setattr(app_test, "PagesManager", Navigated)
    return opened


@pytest.fixture(scope="module")
def session() -> Iterator[Callable[[Lens], AppTest]]:
    """Return a page's one session, in which the tests of a module come to it anew by links.

    It opens once for all of them instead of once for each.
    """
    sessions: dict[str, AppTest] = {}

    def of(lens: Lens) -> AppTest:
        if lens.path not in sessions:
            sessions[lens.path] = opened("home", has_coach=False)
        return sessions[lens.path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "PagesManager", Navigated)
        yield of


@pytest.fixture
def arrive(session: Callable[[Lens], AppTest]) -> Callable[..., AppTest]:
    """Come to a page by a link, as a new visitor would; return the session, which is sound."""
    return lambda lens, link: arrived(session(lens), lens.path, link)


@pytest.fixture
def visit_alone(visit: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Visit with the coach turned off: what it tries costs as much as all the rest of a page."""
    return functools.partial(visit, has_coach=False)


def opened(page: str, query: Mapping[str, Any] | None = None, has_coach: bool = True) -> AppTest:
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    if not has_coach:
        at.session_state["coach"] = False
    at.query_params.update(query or {})
    return at.switch_page(f"pages/{page}.py").run()
