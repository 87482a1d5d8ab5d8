"""A bundle is the player's small JavaScript modules joined into the one that Streamlit serves."""

import re
from pathlib import Path

WEB = Path(__file__).parent / "web"

# Each file may import from those before it, so that joining them in this order is enough.
MODULES = (
    "format.js",
    "wire.js",
    "network.js",
    "palette.js",
    "canvas.js",
    "contour.js",
    "field.js",
    "boundary.js",
    "edges.js",
    "diagram.js",
    "formula.js",
    "curves.js",
    "timeline.js",
    "points.js",
    "main.js",
)
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default )", re.MULTILINE)


def script() -> str:
    """Return all modules as one: imports between them dropped, only the default export kept."""
    sources = (text(name) for name in MODULES)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def text(name: str) -> str:
    return (WEB / name).read_text(encoding="utf-8")
