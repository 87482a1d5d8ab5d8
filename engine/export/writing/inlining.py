"""The engine's own functions as text for a script of its own, so that the two cannot drift apart.

What a function needs from its module comes along. Type annotations and arguments that the function
does not use are left out, and a docstring keeps its first paragraph.
"""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from engine.export.writing.piece import functions

_Definition = ast.FunctionDef | ast.Assign


def inlined(function: Callable[..., Any]) -> str:
    """Return the source of a function and, before it, of what it needs from its module.

    >>> from engine.experiment.streams import stream
    >>> inlined(stream).splitlines()[3]
    'def stream(seed, purpose):'
    """
    module = sys.modules[function.__module__]
    text = inspect.getsource(module)
    definitions = {name: node for node in ast.parse(text).body for name in _names(node)}
    needed: set[str] = set()
    _collect(function.__name__, definitions, needed)
    chosen = [definitions[name] for name in definitions if name in needed]
    constants = [_constant(text, node) for node in chosen if isinstance(node, ast.Assign)]
    return functions(
        "\n".join(constants),
        *(
            _plain(text, node, is_pruned=node.name == function.__name__)
            for node in chosen
            if isinstance(node, ast.FunctionDef)
        ),
    )


def call(function: Callable[..., Any], **arguments: str) -> str:
    """Return a call of the inlined function with the arguments, given as code, that it uses.

    >>> from engine.data.planar import xor, circles
    >>> call(xor, rng="r", samples="m", noise="0.1", bits="0")
    'xor()'
    >>> call(circles, rng="r", samples="m", noise="0.1", bits="0")
    'circles(r, m, 0.1)'
    """
    definition = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    used = (arguments[argument.arg] for argument in _used_arguments(definition))
    return f"{function.__name__}({', '.join(used)})"


def _names(node: ast.stmt) -> list[str]:
    """Return the names that a top-level statement defines, as far as they can be inlined."""
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _collect(name: str, definitions: dict[str, ast.stmt], needed: set[str]) -> None:
    """Add a name and all that its definition mentions, directly or not."""
    if name in needed or name not in definitions:
        return
    needed.add(name)
    node = definitions[name]
    statements = [*node.body, *node.decorator_list] if isinstance(node, ast.FunctionDef) else [node]
    for statement in statements:
        for found in ast.walk(statement):
            if isinstance(found, ast.Name):
                _collect(found.id, definitions, needed)


def _constant(text: str, node: ast.stmt) -> str:
    return ast.get_source_segment(text, node) or ""


def _used_arguments(function: ast.FunctionDef) -> list[ast.arg]:
    used = {
        found.id
        for statement in function.body
        for found in ast.walk(statement)
        if isinstance(found, ast.Name)
    }
    return [argument for argument in function.args.args if argument.arg in used]


def _plain(text: str, function: ast.FunctionDef, is_pruned: bool) -> str:
    """Return a function without annotations and, if pruned, without the arguments it ignores."""
    decorators = [f"@{ast.unparse(decorator)}" for decorator in function.decorator_list]
    arguments = _used_arguments(function) if is_pruned else function.args.args
    docstring = ast.get_docstring(function)
    statements = function.body[1:] if docstring else function.body
    rows = text.splitlines()
    # From behind the docstring, so that a comment above the first statement comes along.
    first = function.body[0].end_lineno if docstring else function.body[0].lineno - 1
    last = function.end_lineno
    kept = _without_annotations(rows, statements)[first:last]
    summary = docstring.split("\n\n")[0] if docstring else ""
    return "\n".join(
        [
            *decorators,
            f"def {function.name}({', '.join(argument.arg for argument in arguments)}):",
            *([f'    """{textwrap.indent(summary, "    ").strip()}"""'] if docstring else []),
            *kept,
        ]
    )


def _without_annotations(rows: list[str], statements: list[ast.stmt]) -> list[str]:
    """Return the lines with `name: type = value` turned into `name = value`."""
    rows = list(rows)
    for statement in statements:
        for found in ast.walk(statement):
            if isinstance(found, ast.AnnAssign) and found.value is not None:
                row = rows[found.lineno - 1]
                value = row[found.value.col_offset :]
                rows[found.lineno - 1] = row[: found.target.end_col_offset or 0] + " = " + value
    return rows
