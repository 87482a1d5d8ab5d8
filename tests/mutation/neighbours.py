"""Which tests concern a module: its own first, then those nearest to it by what they import."""

import ast
from collections.abc import Callable
from pathlib import Path

TESTS = "tests/engine"


def modules(root: Path) -> list[str]:
    """Return the engine's modules as paths relative to root, with slashes."""
    return [file.relative_to(root).as_posix() for file in sorted((root / "engine").rglob("*.py"))]


def test_files(root: Path) -> list[str]:
    """Return all files of tests of the engine."""
    found = (root / TESTS).rglob("test_*.py")
    return sorted(file.relative_to(root).as_posix() for file in found)


def own(root: Path, module: str) -> list[str]:
    """Return the test file named after a module, if there is one, and the module's doctests."""
    name = f"test_{Path(module).stem}.py"
    return [*(file for file in test_files(root) if Path(file).name == name), module]


def others(root: Path, module: str, cost: Callable[[str], float]) -> list[str]:
    """Return all other test files: those that import the module first, or test one that does.

    Among equals the cheapest comes first.
    """
    users = [name for name in modules(root) if module in imports(root, name)]
    near = {file for user in users for file in own(root, user)}
    near |= {file for file in test_files(root) if module in imports(root, file)}
    left = set(test_files(root)) - set(own(root, module))
    return sorted(left, key=lambda file: (file not in near, cost(file), file))


def imports(root: Path, file: str) -> set[str]:
    """Return the engine's modules that a file names in its imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((root / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    paths = [name.replace(".", "/") for name in found if name.split(".")[0] == "engine"]
    files = {f"{path}{end}" for path in paths for end in (".py", "/__init__.py")}
    return {path for path in files if (root / path).exists()}
