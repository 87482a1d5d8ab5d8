"""What the page's own controls say, shared with what the browser draws and turns."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pages._kit.site import session
from pages._kit.site.visit import Visit

SHARED = Path(__file__).with_name("shared.js")
"""The browser's side of it, for a component's modules."""


def state(visit: Visit, key: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what a component is sent: what the controls of these names say, and a version.

    The version is another one where they were set by anything but the component itself.
    """
    now = {name: visit.page_knob_value(name) for name in names}
    told, version = session.keep(_kept(key), lambda: (now, 1))
    if now != told:
        version += 1
        session.put(_kept(key), (now, version))
    return {"state": now, "version": version}


def taking(visit: Visit, key: str, names: Sequence[str]) -> Callable[[], None]:
    """Return what is to be called when the component has said something: its controls follow."""

    def take() -> None:
        sent: Any = session.keep(key, dict)
        said = sent.get("state")
        if not isinstance(said, dict):
            return
        for name in names:
            own = visit.lens.page_knob(name)
            try:
                visit.set_page_knob(name, own.knob.check(said[name]))
            except (KeyError, ValueError, TypeError, OverflowError):
                continue
        now = {name: visit.page_knob_value(name) for name in names}
        _, version = session.keep(_kept(key), lambda: (now, 1))
        session.put(_kept(key), (now, version))

    return take


def _kept(key: str) -> str:
    return f"{key}.told"
