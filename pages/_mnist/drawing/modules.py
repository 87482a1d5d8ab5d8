"""The drawing's own JavaScript modules, joined with those of the player that it shares."""

from pathlib import Path

from pages._kit.player import bundle

WEB = Path(__file__).parent / "web"

# Each file may import from those before it, so that joining them in this order is enough.
SHARED = ("format.js", "wire.js", "activations.js", "layers.js", "palette.js", "canvas.js")
OWN = (
    "normalise.js",
    "strokes.js",
    "ink.js",
    "noise.js",
    "digit.js",
    "reader.js",
    "words.js",
    "paper.js",
    "pad.js",
    "steps.js",
    "bars.js",
    "units.js",
    "trials.js",
    "shelf.js",
    "download.js",
    "main.js",
)
MODULES: tuple[str | Path, ...] = (*SHARED, *(WEB / name for name in OWN))


def script() -> str:
    """Return all modules as one."""
    return bundle.script(MODULES)
