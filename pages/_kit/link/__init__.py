"""The address bar follows the controls, and the whole link can be copied or shown as a QR code."""

import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

_HERE = Path(__file__).parent

VERSION = "1"
"""The version of the links, carried as the parameter `v`; raised when an old link would mislead."""

_mount = st.components.v2.component(
    "playground_link",
    html=(_HERE / "link.html").read_text(encoding="utf-8"),
    css=(_HERE / "link.css").read_text(encoding="utf-8"),
    js=(_HERE / "link.js").read_text(encoding="utf-8"),
)


def link(parameters: Mapping[str, str], *, key: str) -> None:
    """Put the parameters into the address without a rerun, and offer to copy the whole link.

    The address is replaced, not added to the history: Back leaves the page instead of undoing
    knob after knob. Where one rests in a picture, which the server is not told, is
    added there.
    """
    data = {"query": query(parameters), "version": VERSION}
    _mount(key=key, data=data, height="content", width="content")
    qr_button(address(parameters), key=f"{key}.qr", label=":material/qr_code_2:")


def query(parameters: Mapping[str, str]) -> str:
    """Return the parameters as the end of a link, with its version; "" if there are none."""
    return urlencode({**parameters, "v": VERSION}) if parameters else ""


def address(parameters: Mapping[str, str]) -> str:
    """Return the whole link to the page the visitor is on, with these parameters."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, here.path, query(parameters), ""))


def qr_button(address: str, *, key: str, label: str = "QR code") -> None:
    """Offer a link as a QR code for the projector; it is drawn when it is asked for."""
    with st.popover(label, help="QR code of the link", key=key, on_change="rerun") as box:
        if box.open:
            _qr_code(address)


def _qr_code(address: str) -> None:
    """Draw a link, black on white in every theme, or say that it is too long."""
    try:
        code = segno.make(address, error="l", micro=False)
    except segno.DataOverflowError:
        st.markdown("This link is too long for a QR code. Fewer pins or points make it shorter.")
        return
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=8, border=4)
    st.image(picture.getvalue(), caption="Scan to open this very page.", width=300)
