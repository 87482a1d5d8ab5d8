"""The map as navigation; the page that is asked for, also on a server that has just started."""

from pathlib import Path
from typing import Any

import streamlit as st

from engine.data.mnist import DigitsError
from pages._kit.site import elements, log, session, sitemap
from pages._kit.training.crowd import crowd
from pages._kit.training.queue import BusyError

_ICON = Path(__file__).with_name("icon.svg")
_LOGO = Path(__file__).with_name("logo.svg").read_text(encoding="utf-8")

_NAVIGATED = "frame.navigated"


def run() -> None:
    """Draw the navigation and run the chosen page; the entry file's only call."""
    st.session_state[_NAVIGATED] = True
    try:
        with crowd.drawing():
            _navigation().run()
    except BusyError as busy:
        log.refused(busy)
        st.warning(str(busy), icon=":material/hourglass_top:")
        st.button("Try again")
    except DigitsError as damage:
        log.failed(damage)
        st.error(str(damage), icon=":material/broken_image:")


def _navigation() -> Any:
    # Before st.navigation, or the browser would fetch the page's Material icon from the network.
    st.set_page_config(page_icon=str(_ICON), layout="wide")
    # Streamlit keeps a band free for it above the sidebar. A picture does not know the theme.
    st.logo(_LOGO.replace("currentColor", elements.ink()), icon_image=str(_ICON))
    start = sitemap.pages()[0]
    pages = {"": [st.Page(start.file, title=start.title, icon=start.icon, default=True)]}
    for section, found in sitemap.sections().items():
        pages[section] = [st.Page(page.file, title=page.title, icon=page.icon) for page in found]
    return st.navigation(pages, position="top")


def begin(path: str) -> bool:
    """Call this first on every page; return whether the visitor has just come to it.

    On a server that has just started, a deep link is answered by Streamlit's own discovery of the
    folder pages/, without the entry file: then switch that off for good and start over.
    """
    if _NAVIGATED not in st.session_state:
        _navigation()
        st.rerun()
    return session.come_to(path)
