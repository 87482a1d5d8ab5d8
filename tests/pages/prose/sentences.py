"""Every sentence of prose that the app can show, and where it stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
GAP = "…"
"""Stands in a sentence for what is put in when it is shown."""

OF_THE_LEAD = {"pages/_kit/panels/coach.py"}
ENGINE = (
    *(
        "diagnosis/notes_cases",
        "diagnosis/cures",
        "inspection/depth",
        "experiment/experiment",
        "checking/bugs",
        "diagnosis/recipe",
    ),
    *("data/planar", "data/parity", "data/mnist", "data/shift", "optim/schedules"),
)
"""The modules of the engine whose words are shown on pages; the coach has tests of its own."""

_CODE = re.compile(r"datum\.|&&|\bformat\(|\bfloor\(")
"""What only stands in expressions for a chart."""

_EQUATIONS = ("equation", "formula", "symbol")

_END = re.compile(r"(?<=[.?!])(?<! al\.)[*)”]*\s+(?=[A-Z*$“(\d…])")


def markdown() -> list[Path]:
    """Return the files of prose, of every page and of what pages share."""
    return sorted((ROOT / "pages").rglob("prose/*.md"))


def prose() -> dict[str, list[str]]:
    """Return the sentences of each file, by its path: prose, pages, what they share, the engine."""
    code = [
        *sorted((ROOT / "pages").rglob("*.py")),
        *(ROOT / f"engine/{name}.py" for name in ENGINE),
    ]
    found = {
        file.relative_to(ROOT).as_posix(): list(_of_markdown(file.read_text(encoding="utf-8")))
        for file in markdown()
    }
    for file in code:
        name = file.relative_to(ROOT).as_posix()
        if name not in OF_THE_LEAD:
            texts = _texts(ast.parse(file.read_text(encoding="utf-8")))
            found[name] = [sentence for text in texts for sentence in _split(text)]
    for file in sorted((ROOT / "pages").rglob("*.js")):
        texts = _of_javascript(file.read_text(encoding="utf-8"))
        found[file.relative_to(ROOT).as_posix()] = [
            sentence for text in texts for sentence in _split(text)
        ]
    return found


def formulas() -> Iterator[tuple[str, str]]:
    """Yield every formula in LaTeX, with its file: of the prose, and of strings in code."""
    for file in markdown():
        text = file.read_text(encoding="utf-8")
        for shown, inline in re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL):
            yield file.relative_to(ROOT).as_posix(), shown or inline
    for file in sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "engine").rglob("*.py")]):
        if file.stem == "piece":  # which turns formulas into text, by patterns
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_formula = re.search(r"\\[a-z]{2,}|\^\{", node.value)
                inside = re.findall(r"\$(.+?)\$", node.value) or [node.value] * bool(is_formula)
                yield from ((file.relative_to(ROOT).as_posix(), latex) for latex in inside)


def _of_javascript(text: str) -> Iterator[str]:
    """Yield the strings of a script that look like words for a person, and are no elements."""
    for quoted in re.findall(r'`([^`]*)`|"([^"\n]*)"', text):
        said = re.sub(r"\$\{[^}]*\}", GAP, "".join(quoted))
        if len(re.findall(r"[A-Za-z]{2,}", said)) >= 4 and not re.search(r"[<>{}]", said):
            yield said


def _of_markdown(text: str) -> Iterator[str]:
    """Yield the sentences of Markdown, without equations on lines of their own and tables."""
    text = re.sub(r"\$\$.*?\$\$", "\n\n", text, flags=re.DOTALL)
    text = re.sub(r"^\|.*$", "", text, flags=re.MULTILINE)
    for block in re.split(r"\n\s*\n|\n(?=- |\d+\. |#)", text):
        yield from _split(re.sub(r"^(?:#+|-|\d+\.) ", "", block.strip()))


def _split(text: str) -> list[str]:
    return [part.strip() for part in _END.split(" ".join(text.split())) if part.strip()]


def _texts(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of a module that look like words for a person."""
    hidden = _hidden(tree)
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (getattr(part, "value", "") for part in node.values)
            text = "".join(part if isinstance(part, str) else GAP for part in parts)
        else:
            continue
        words = re.findall(r"(?<!\\)\b[A-Za-z]{2,}", text)
        if (
            len(words) > 1
            and len(words) + text.count(GAP) > 2
            and " " in text
            and not _CODE.search(text)
        ):
            yield text


def _hidden(tree: ast.Module) -> set[int]:
    """Return which nodes are no words on screen: docstrings, equations, and parts of f-strings."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr):
                hidden.add(id(statement.value))
        if isinstance(node, ast.JoinedStr):
            hidden.update(map(id, node.values))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            hidden.update(map(id, ast.walk(node.format_spec)))
        if isinstance(node, ast.keyword) and node.arg in _EQUATIONS:
            hidden.add(id(node.value))
    return hidden
