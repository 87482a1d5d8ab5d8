"""Who asks, all tabs of a browser being one visitor, and whether somebody still waits for it."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from itertools import cycle

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

HEED = 0.25
"""Seconds between two looks of one who waits whether anybody is still there to wait for."""

_COOKIE = "_streamlit_xsrf"
"""Streamlit gives it to every browser, for uploads; no other is needed to tell them apart."""


def visitor() -> Hashable:
    """Return the same for all tabs of a browser; without one every thread is by itself."""
    is_asked = runtime.exists() and get_script_run_ctx(suppress_warning=True) is not None
    cookie = st.context.cookies.get(_COOKIE, "") if is_asked else ""
    return token(str(cookie)) or threading.get_ident()


def heed() -> None:
    """End the page's run here and now if its visitor has asked for something else, or has left.

    Not in a callback: that is what the visitor has asked for, and has to be done before the next.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and context.has_script_started:
        context.yield_check()


@contextmanager
def heedful(lock: "threading.Lock | threading.RLock") -> Iterator[None]:
    """Hold a lock; whoever waits for it heeds the visitor meanwhile."""
    while not lock.acquire(timeout=HEED):
        heed()
    try:
        yield
    finally:
        lock.release()


def token(cookie: str) -> bytes:
    """Return what a browser keeps of Streamlit's cookie, b"" if it is none.

    It is sent as 2|mask|masked token|time, masked anew each time, so that nobody learns it from the
    length of compressed answers (Tornado's version 2).

    >>> token("2|0f0f0f0f|0e0d|1790000000"), token("2|ffffffff|fefd|1790000000")
    (b'\\x01\\x02', b'\\x01\\x02')
    """
    try:
        _, mask, masked, _ = cookie.split("|")
        pairs = zip(bytes.fromhex(masked), cycle(bytes.fromhex(mask) or b"\0"), strict=False)
        return bytes(byte ^ other for byte, other in pairs)
    except ValueError:
        return b""
