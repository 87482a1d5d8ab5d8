"""Tiles are small square pictures side by side, of which one may be chosen."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.wording import number
from engine.nn.types import Array
from pages._kit.player import bundle
from pages._kit.site import session

_WEB = Path(__file__).parent / "web"

_mount = st.components.v2.component(
    "playground_tiles",
    html=bundle.text(_WEB / "tiles.html"),
    css=bundle.text(_WEB / "tiles.css"),
    js=bundle.script(["palette.js", _WEB / "tiles.js"]),
)


class Tile(NamedTuple):
    """A picture of 28 by 28 cells, what stands below it, and what is said of it to who listens.

    cells (784,) uint8 are ink, 0 being paper, or `is_signed`: then 0, 127.5 and 255 stand for the
    lowest number, zero, and the highest. `id` is what choosing the tile reports.
    """

    id: int
    cells: Array
    caption: str
    spoken: str
    is_signed: bool = False


def signed(values: Array, bound: float) -> Array:
    """Return numbers from -bound to bound as cells 0 to 255; a bound of 0 makes them all zero."""
    return np.rint(127.5 + 127.5 * np.clip(values / (bound or 1.0), -1, 1)).astype(np.uint8)


def tiles(
    shown: Sequence[Tile],
    name: str,
    *,
    key: str,
    size: int = 56,
    chosen: int | None = None,
    bound: float | None = None,
    on_choose: Callable[[int], None] | None = None,
) -> None:
    """Draw tiles of so many pixels, and report the id of one that is chosen by mouse or keyboard.

    `name` says to who listens what they are. `bound` is the number that the colours' ends stand
    for; given, it is printed beside the scale. Without `on_choose` they are only looked at.
    """
    ids = {tile.id for tile in shown}

    def report() -> None:
        sent: Any = session.keep(key, dict)
        picked = sent.get("chosen")
        if isinstance(picked, int) and picked in ids and on_choose is not None:
            on_choose(picked)

    header = {
        "name": name,
        "size": size,
        "chosen": chosen,
        "active": on_choose is not None,
        "low": "" if bound is None else f"−{number(bound)}",
        "high": "" if bound is None else number(bound),
        "tiles": [
            {
                "id": tile.id,
                "caption": tile.caption,
                "spoken": tile.spoken,
                "signed": tile.is_signed,
            }
            for tile in shown
        ],
    }
    text = json.dumps(header).encode()
    cells = b"".join(tile.cells.tobytes() for tile in shown)
    _mount(
        key=key,
        data=len(text).to_bytes(4, "little") + text + cells,
        on_chosen_change=report,
        height="content",
    )
