"""The line-up as bytes, in the player's form: a header, and arrays where it says they are."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.nn.types import Array
from pages._kit.lineup.entry import Clock, Entry, Layers
from pages._kit.pictures import RUN_COLOURS
from pages._kit.player.wire import Blobs, Points, place_points, seal

MOST = 6
CURVE_POINTS = 400
"""A curve is sent with about this many points, evenly spread and with both ends."""

_LARGEST = 1e38
"""The browser is sent float32, which ends soon after."""


def pack(
    entries: Sequence[Entry],
    epochs: Array,
    *,
    points: Mapping[str, Points],
    view: tuple[float, float, float, float],
    version: str,
    title: str,
    start_frame: int | None,
    clocks: Sequence[Clock] = (),
    clock: str = "",
) -> bytes:
    """Return entries and frames as `player.wire.pack` returns a movie."""
    if not 1 <= len(entries) <= MOST:
        raise ValueError(f"A line-up has 1 to {MOST} entries, not {len(entries)}.")
    if not len(epochs) or max(entry.frames for entry in entries) > len(epochs):
        raise ValueError(f"A line-up of {len(epochs)} frames must not have longer entries.")
    blobs = Blobs()
    header = {
        "version": version,
        "title": title,
        "frames": len(epochs),
        "epochs": blobs.add(epochs),
        "start": len(epochs) - 1 if start_frame is None else start_frame,
        "chosen": start_frame is not None,
        "clocks": [known._asdict() for known in clocks],
        "clock": clock,
        "view": view,
        "points": place_points(points, blobs),
        "entries": [
            {"letter": letter, "colour": colour, **_placed(entry, blobs)}
            for entry, (letter, colour) in zip(entries, RUN_COLOURS.items(), strict=False)
        ],
    }
    return seal(header, blobs)


def _placed(entry: Entry, blobs: Blobs) -> dict[str, Any]:
    chosen = {name: _thinned(len(values)) for name, values in entry.curves.items()}
    return {
        "name": entry.name,
        "verdict": entry.verdict,
        "note": entry.note,
        "frames": entry.frames,
        "fields": None if entry.fields is None else blobs.add(_pictures(entry.fields), "|u1"),
        "curves": {
            name: {
                "epochs": blobs.add(kept),
                "values": blobs.add(_bounded(entry.curves[name][kept])),
            }
            for name, kept in chosen.items()
        },
        "readings": [
            {"title": title, "values": blobs.add(_bounded(reading.values)), "form": reading.form}
            for title, reading in entry.readings.items()
        ],
        "clocks": {name: blobs.add(readings, "<f8") for name, readings in entry.clocks.items()},
        "moments": None if entry.moments is None else blobs.add(entry.moments),
        "layers": {title: _placed_layers(held, blobs) for title, held in entry.layers.items()},
    }


def _placed_layers(held: Layers, blobs: Blobs) -> dict[str, Any]:
    edges = np.broadcast_to(held.edges, (len(held.counts), 2))
    return {
        "counts": blobs.add(held.counts, "|u1"),
        "edges": blobs.add(_bounded(edges)),
        "deviation": blobs.add(_bounded(held.deviation)),
        "measure": held.measure,
    }


def _pictures(fields: Array) -> Array:
    """Return fields (F, x1, x2) as pictures (F, row, column), the largest x2 on top."""
    return np.swapaxes(fields, 1, 2)[:, ::-1]


def _thinned(count: int) -> Array:
    chosen: Array = np.unique(
        np.linspace(0, max(count - 1, 0), min(count, CURVE_POINTS)).astype(int)
    )
    return chosen


def _bounded(values: Array) -> Array:
    """Return numbers that float32 can hold; what is not finite stays so."""
    numbers = np.asarray(values, float)
    return np.where(np.isfinite(numbers), np.clip(numbers, -_LARGEST, _LARGEST), numbers)
