"""Who asks: all tabs of a browser are one visitor."""

import threading
from collections.abc import Hashable
from itertools import cycle

import streamlit as st
from streamlit import runtime

_COOKIE = "_streamlit_xsrf"
"""Streamlit gives it to every browser, for uploads; no other is needed to tell them apart."""


def visitor() -> Hashable:
    """Return the same for all tabs of a browser; without one every thread is by itself."""
    cookie = st.context.cookies.get(_COOKIE, "") if runtime.exists() else ""
    return token(str(cookie)) or threading.get_ident()


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
