"""Where a program can have small faults, and the program's text with one of them in it."""

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tests.mutation.changes import changes, number

_NOT_CODE = {"annotation", "returns", "decorator_list", "bases", "keywords"}
"""Fields that say what something is rather than what it does; a call's keywords are its code."""

_FOR_TYPES = {"isinstance", "cast", "TypeVar", "NewType"}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault; `before` and `after` are the lines that differ, without margins."""

    module: str
    line: int
    kind: str
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.kind}\n  - {self.before}\n  + {self.after}"


@dataclass(frozen=True)
class Site:
    """A place of a module that can have faults: a node, by its number in `ast.walk`."""

    module: str
    number: int
    is_test: bool
    known: frozenset[str]


def sites(module: str, text: str) -> list[Site]:
    """Return all places of a module that can have faults, in the order in which they stand.

    Left out are texts (docstrings among them), imports, annotations, decorators, whatever else is
    there for types only, and what only refuses to go on: `assert` and `strict=True`.
    """
    tree = ast.parse(text)
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    return [
        Site(module, numbers[id(node)], is_test, known)
        for node, is_test, known in _places(tree, frozenset(), False)
        if changes(node, is_test, known)
    ]


def mutants(site: Site, text: str) -> list[Mutant]:
    """Return the module once for each fault that the place can have."""
    return [_mutant(site, text, choice) for choice in range(_count(site, text))]


def draw(texts: Mapping[str, str], seed: int, count: int) -> list[Mutant]:
    """Draw that many places of the modules at random, or all there are, and a fault for each."""
    rng = random.Random(seed)
    everywhere = [site for module in sorted(texts) for site in sites(module, texts[module])]
    chosen = rng.sample(everywhere, min(count, len(everywhere)))
    drawn = [(site, texts[site.module]) for site in chosen]
    return [_mutant(site, text, rng.randrange(_count(site, text))) for site, text in drawn]


def is_same_code(code: str, other: str) -> bool:
    """Whether two texts compile to the same instructions, so that no test can tell them apart."""
    return _instructions(code) == _instructions(other)


def _instructions(text: str) -> object:
    # marshal keeps line numbers, and a code object compares by them; what is left is what it does
    def of(code: object) -> object:
        if not hasattr(code, "co_code"):
            return (type(code), repr(code))
        return (code.co_code, code.co_names, code.co_varnames, [of(c) for c in code.co_consts])

    return of(compile(text, "", "exec"))


def _places(
    node: ast.AST, known: frozenset[str], is_inside: bool
) -> Iterator[tuple[ast.AST, bool, frozenset[str]]]:
    """Yield the nodes below this one that are code: each, whether it is asked, what is known."""
    for field, value in ast.iter_fields(node):
        if field in _NOT_CODE and not (isinstance(node, ast.Call) and field == "keywords"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_left_out(node, field, child, is_inside):
                continue
            yield child, field in ("test", "ifs"), known
            inside = is_inside or isinstance(child, ast.FunctionDef | ast.Lambda)
            begun = frozenset(_arguments(child)) if _is_function(child) else known
            yield from _places(child, begun, inside)
            known |= frozenset(_stored(child))


def _is_left_out(node: ast.AST, field: str, child: ast.AST, is_inside: bool) -> bool:
    match child:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(ast.Constant()):
            return True
        case ast.keyword(arg="strict"):
            return True
        case ast.BinOp(op=ast.BitOr()) if not is_inside:  # int | str
            return True
    if number(node) is not None:  # the 1 of -1, which is one number
        return True
    return isinstance(node, ast.Call) and field == "args" and _name(node.func) in _FOR_TYPES


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)


def _arguments(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        every = node.args
        yield from (
            argument.arg for argument in (*every.posonlyargs, *every.args, *every.kwonlyargs)
        )


def _stored(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement gives a value to."""
    if isinstance(node, ast.stmt) and not _is_function(node):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _count(site: Site, text: str) -> int:
    return len(changes(_find(ast.parse(text), site), site.is_test, site.known))


def _find(tree: ast.Module, site: Site) -> ast.AST:
    return next(islice(ast.walk(tree), site.number, None))


def _mutant(site: Site, text: str, choice: int) -> Mutant:
    tree = ast.parse(text)
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    node = _find(tree, site)
    kind, changed = changes(node, site.is_test, site.known)[choice]
    parent = parents[id(node)]
    _replace(parent, node, changed)
    wanted = ast.dump(tree)
    # In an f-string only the whole text has a place in the file, so try ever larger pieces.
    old, new = node, changed
    while not isinstance(old, ast.Module):
        if isinstance(old, ast.expr | ast.stmt | ast.Slice):
            spliced = _splice(text, old, new)
            if _dump(spliced) == wanted:
                line, before, after = _difference(text, spliced)
                return Mutant(site.module, line, kind, before, after, spliced)
        old, new, parent = parent, parent, parents.get(id(parent), tree)
    raise ValueError(f"{site.module}: cannot write down {ast.unparse(changed)}")


def _replace(parent: ast.AST, node: ast.AST, changed: ast.AST) -> None:
    for field, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, field, changed)
        elif isinstance(value, list):
            value[:] = [changed if child is node else child for child in value]


def _splice(text: str, old: ast.AST, new: ast.AST) -> str:
    lines = text.encode().splitlines(keepends=True)
    first, last = old.lineno - 1, old.end_lineno - 1
    head, tail = lines[first][: old.col_offset], lines[last][old.end_col_offset :]
    written = ast.unparse(new)
    if isinstance(new, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.Lambda):
        written = f"({written})"
    return b"".join([*lines[:first], head, written.encode(), tail, *lines[last + 1 :]]).decode()


def _dump(text: str) -> str:
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return ""


def _difference(text: str, spliced: str) -> tuple[int, str, str]:
    """Return where two texts differ: the number of the first such line, and the lines of each."""
    old, new = text.splitlines(), spliced.splitlines()
    first = next(k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    same = 0
    while min(len(old), len(new)) - same > first + 1 and old[-1 - same] == new[-1 - same]:
        same += 1
    return first + 1, *(_joined(lines[first : len(lines) - same]) for lines in (old, new))


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines)
