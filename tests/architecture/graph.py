"""Which module imports which, read from their code without running it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

PACKAGES = {
    "engine": (
        *("nn", "optim", "data", "experiment", "training"),
        *("inspection", "checking", "diagnosis", "export"),
    ),
    "pages._kit": (
        *(
            "knobs",
            "training",
            "link",
            "player",
            "hot",
            "matrices",
            "runs",
            "pictures",
            "charts",
            "lineup",
        ),
        *("cards", "tour", "miniature", "lessons", "site", "plots", "tiles", "panels"),
    ),
}
"""Each package imports only from those before it."""


def python(folder: str) -> list[Path]:
    """Return the modules of a folder and of those in it."""
    return sorted((ROOT / folder).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """Return what a file says, as a syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def module_name(file: Path) -> str:
    """Return the full name of the module in a file."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> set[str]:
    """Return the modules a file imports, wherever in it, by their full names."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            found |= {_module(package, alias.name) for alias in node.names}
    return found


def _module(package: str, name: str) -> str:
    """Return `package.name` if that is one of our modules (or of np.random), else `package`."""
    path = ROOT.joinpath(*package.split("."), name)
    is_module = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
    return f"{package}.{name}" if is_module or package.startswith("numpy") else package


def root(name: str) -> str:
    """Return the package at the top that a module is in: engine of engine.nn.network."""
    return name.split(".")[0]


def package(name: str, parent: str) -> str:
    """Return the package below a parent that a module is in: engine.nn of engine.nn.network."""
    return ".".join(name.split(".")[: parent.count(".") + 2])
