"""The drawing's own JavaScript modules, joined with those of the player that it shares."""

from pathlib import Path

from pages._kit.player import bundle

WEB = Path(__file__).parent / "web"

# Each file may import from those before it, so that joining them in this order is enough.
SHARED = ("format.js", "wire.js", "activations.js", "layers.js", "palette.js", "canvas.js")
SKETCH = (
    "normalise.js",
    "strokes.js",
    "ink.js",
    "noise.js",
    "digit.js",
    "reader.js",
    "words.js",
    "pad.js",
    "bars.js",
    "sketch.js",
)
OWN = (
    *SKETCH,
    "paper.js",
    "steps.js",
    "units.js",
    "trials.js",
    "shelf.js",
    "download.js",
    "main.js",
)
MODULES: tuple[str | Path, ...] = (*SHARED, *(WEB / name for name in OWN))
QUICK_MODULES: tuple[str | Path, ...] = (*SHARED, *(WEB / name for name in (*SKETCH, "quick.js")))


def script() -> str:
    """Return the modules of the whole drawing as one."""
    return bundle.script(MODULES)


def quick_script() -> str:
    """Return those of the pad alone as one."""
    return bundle.script(QUICK_MODULES)
