"""A bundle is a component's small JavaScript modules joined into the one that Streamlit serves."""

import re
from collections.abc import Iterable
from pathlib import Path

from pages._kit.player import activations

WEB = Path(__file__).parent / "web"

# Each file may import from those before it, so that joining them in this order is enough.
MODULES = (
    "format.js",
    "wire.js",
    "playback.js",
    "activations.js",
    "layers.js",
    "network.js",
    "classes.js",
    "palette.js",
    "canvas.js",
    "contour.js",
    "markers.js",
    "field.js",
    "boundary.js",
    "edges.js",
    "builder.js",
    "diagram.js",
    "formula.js",
    "axes.js",
    "scrubbing.js",
    "curves.js",
    "timeline.js",
    "points.js",
    "main.js",
)
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)
_INCLUDE = re.compile(r"^ *<!-- ([\w.]+) -->\n", re.MULTILINE)


def script(modules: Iterable[str | Path] = MODULES) -> str:
    """Return all modules as one: imports between them dropped, only the default export kept.

    A module is named by its file, the player's own by its name alone.
    """
    sources = (text(module) for module in modules)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def markup(file: str | Path, folder: Path = WEB) -> str:
    """Return an HTML file with files of a folder in place of the comments that name them."""
    return _INCLUDE.sub(lambda found: text(folder / found[1]), text(file))


def style(*more: str | Path) -> str:
    """Return the player's style sheet, and after it those that others add."""
    return "".join(map(text, ("range.css", "player.css", *more)))


def text(file: str | Path) -> str:
    if file == "activations.js":
        return activations.script()
    return (WEB / file).read_text(encoding="utf-8")
