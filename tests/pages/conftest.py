"""The app without a browser: a visit is one session on a server that others have used before."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from tests.pages.offers import ROOT


class Navigated(PagesManager):
    """Remember that the app has called st.navigation: a server does, but AppTest forgets it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        PagesManager.uses_pages_directory = False


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open the app at its start, then a page by a link; return the session."""
    monkeypatch.setattr(app_test, "PagesManager", Navigated)

    def opened(page: str, query: Mapping[str, Any] | None = None) -> AppTest:
        at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
        at.query_params.update(query or {})
        return at.switch_page(f"pages/{page}.py").run()

    return opened
