"""The page's components: each is a few of the modules in the folder web."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pages._kit import plots
from pages._kit.matrices import parts as matrices

_WEB = Path(__file__).parent / "web"

TINT: tuple[str | Path, ...] = matrices.scripts("tint.js")


def component(name: str, modules: Sequence[str | Path]) -> Callable[..., Any]:
    """Return what mounts a component: name.html, name.css and its modules by their names here."""
    return plots.component("activations", name, _WEB, _found(modules))


def joined(modules: Sequence[str | Path]) -> list[str | Path]:
    """Return all modules of a component by its own: what all share, and then these."""
    return plots.joined(_found(modules))


def _found(modules: Sequence[str | Path]) -> list[str | Path]:
    return ["activations.js", *(_WEB / module for module in modules)]
