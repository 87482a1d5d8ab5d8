"""The line-up's own JavaScript modules, joined with those of the player that it shares."""

from pathlib import Path

from pages._kit.player import bundle

WEB = Path(__file__).parent / "web"

# Each file may import from those before it, so that joining them in this order is enough.
SHARED = (
    "format.js",
    "wire.js",
    "playback.js",
    "palette.js",
    "canvas.js",
    "contour.js",
    "markers.js",
    "axes.js",
    "scrubbing.js",
    "timeline.js",
)
OWN = (
    "moments.js",
    "clocks.js",
    "letters.js",
    "cuts.js",
    "columns.js",
    "lines.js",
    "strips.js",
    "tile.js",
    "main.js",
)
MODULES: tuple[str | Path, ...] = (*SHARED, *(WEB / name for name in OWN))


def script() -> str:
    """Return all modules as one."""
    return bundle.script(MODULES)
