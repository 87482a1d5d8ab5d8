"""The line-up shows two to six runs side by side in time, moved by one scrubber."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from engine.nn.types import Array
from pages._kit.lineup.entry import Clock, Entry, Layers, Reading, quantised
from pages._kit.lineup.modules import WEB, script
from pages._kit.lineup.wire import MOST, pack
from pages._kit.player import Gestures, Points, bundle, gestures

__all__ = ["MOST", "Clock", "Entry", "Layers", "Points", "Reading", "lineup", "quantised"]

_mount = st.components.v2.component(
    "neural_network_lineup",
    html=bundle.markup(WEB / "lineup.html"),
    css=bundle.style(WEB / "lineup.css"),
    js=script(),
)


def lineup(
    entries: Sequence[Entry],
    epochs: Array,
    *,
    key: str,
    points: Mapping[str, Points] | None = None,
    view: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 1.0),
    version: str,
    title: str = "Runs side by side",
    start_frame: int | None = None,
    clocks: Sequence[Clock] = (),
    clock: str = "",
    on_clock: Callable[[], None] | None = None,
) -> Gestures:
    """Show 1 to 6 entries at the frames `epochs` (F,), ascending, and return where they rest.

    Of the result only `epoch` is ever set: where the visitor let the film stand, inf at its end,
    None before it was moved. It opens on the last frame or on `start_frame`; playing and scrubbing
    cause no rerun. A new `version` brings other entries or frames in place: the film stays at its
    epoch (at the end, if it stood there) and plays on, so entries may arrive one by one. `points`
    by split ("train" solid, others hollow) are drawn on every field within `view`, (x1 from,
    x1 to, x2 from, x2 to). Each entry gets a tile; letters A-F and colours follow the order.

    With `clocks` the visitor chooses, in the picture, by which of them the entries are measured: at
    any moment each is as it was when that clock read the same. `clock` is the one shown, until
    another is chosen: then the component's state has its name as `clock`, and `on_clock` is called.
    Of `epochs` only their number counts, and nothing is said of where the film rests.
    """
    sent = _mount(
        key=key,
        data=pack(
            entries,
            epochs,
            points=points or {},
            view=view,
            version=version,
            title=title,
            start_frame=start_frame,
            clocks=clocks,
            clock=clock,
        ),
        on_epoch_change=_rerun,
        on_clock_change=on_clock or _rerun,
    )
    return gestures.read(sent, version=version)


def _rerun() -> None:
    """Declare a value the browser may send; the rerun that brings it is all that is needed."""
