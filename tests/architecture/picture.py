"""The picture of imports: a line a package, and every package above those that it uses."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.architecture.graph import PACKAGES, ROOT, imports, module_name, package, python, root

KIT, ENGINE, LIST = "pages._kit", "engine", "pages._pages"
TITLES = {
    "streamlit_app": "streamlit_app.py, the entry",
    "pages": "pages/, each a file and its folder",
    LIST: "pages/_pages, all of them in their order",
    KIT: "pages/_kit, what pages share",
    ENGINE: "engine, the maths",
}
"""The layers, from the top down."""


@dataclass
class Part:
    """A package of the picture: how many modules and lines it has, and which others it uses."""

    modules: int = 0
    lines: int = 0
    uses: set[str] = field(default_factory=set)


def parts() -> dict[str, Part]:
    """Return the packages by their names: `engine.nn`, `pages._kit.site`, `pages.xor`, ..."""
    found: dict[str, Part] = defaultdict(Part)
    for file in [*python("engine"), *python("pages"), ROOT / "streamlit_app.py"]:
        name = part_of(module_name(file))
        part = found[name]
        part.modules += 1
        part.lines += len(file.read_text(encoding="utf-8").splitlines())
        part.uses |= {part_of(name) for name in imports(file) if root(name) in (ENGINE, "pages")}
    for name, part in found.items():
        part.uses.discard(name)
    return dict(found)


def part_of(module: str) -> str:
    """Return the package of the picture that a module is in; a page's file is in its folder's.

    >>> part_of("engine.nn.network"), part_of("pages._kit.site.visit"), part_of("pages._xor.story")
    ('engine.nn', 'pages._kit.site', 'pages.xor')
    >>> part_of("pages.xor"), part_of("pages._pages.order"), part_of("streamlit_app")
    ('pages.xor', 'pages._pages', 'streamlit_app')
    """
    for layer in (ENGINE, KIT):
        if f"{module}.".startswith(f"{layer}."):
            return package(module, layer)
    top = package(module, "pages") if root(module) == "pages" else module
    return top if top == LIST else top.replace("pages._", "pages.")


def layer_of(part: str) -> str:
    """Return the layer that a package is in, one of TITLES."""
    inner = next(
        (layer for layer in (LIST, KIT, ENGINE) if f"{part}.".startswith(f"{layer}.")), None
    )
    return inner or root(part)


def height(part: str) -> tuple[int, int]:
    """Return how high a package stands: its layer, and its place there; pages stand abreast."""
    layer = layer_of(part)
    order = [layer, *(f"{layer}.{name}" for name in PACKAGES.get(layer, ()))]
    return -list(TITLES).index(layer), order.index(part) if layer in PACKAGES else 0


def arrows_upwards(found: Mapping[str, Part]) -> list[str]:
    """Return a sentence for each package that uses one that does not stand below it."""
    return [
        f"{name} uses {used}, which does not stand below it"
        for name, part in found.items()
        for used in sorted(part.uses)
        if height(used) >= height(name)
    ]


def picture() -> str:
    """Return the picture as text, from the entry at the top to the engine's first package."""
    found = parts()
    lines = ["Every package uses only what stands below it.", ""]
    lines.append(f"{'':20}{'modules':>8}{'lines':>8}   uses")
    for layer, title in TITLES.items():
        # A package that only holds others is their title, and no line of its own.
        inside = [name for name in found if layer_of(name) == layer and name not in PACKAGES]
        lines += ["", title]
        lines += [_line(part, found[part]) for part in sorted(inside, key=height, reverse=True)]
    return "\n".join(lines)


def _line(name: str, part: Part) -> str:
    short = name.split(".")[-1]
    return f"  {short:18}{part.modules:8,}{part.lines:8,}   {_told(part.uses)}".rstrip()


def _told(uses: set[str]) -> str:
    """Say what is used, layer by layer, what stands highest first."""
    by_layer: dict[str, list[str]] = {}
    for name in sorted(uses, key=lambda part: (height(part), part), reverse=True):
        by_layer.setdefault(layer_of(name), []).append(name.split(".")[-1])
    return "; ".join(
        " ".join(names) if layer == LIST else f"{layer.split('_')[-1]}: {' '.join(names)}"
        for layer, names in by_layer.items()
    )
