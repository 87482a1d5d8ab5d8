"""The small faults that one node of a program can have, as the nodes that would stand there."""

import ast
import copy
from collections.abc import Callable, Container, Iterator

Change = tuple[str, ast.AST]
"""What kind of fault it is, and what stands in the node's place."""

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}

_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}

_OPPOSITES = (
    *(("min", "max"), ("minimum", "maximum"), ("argmin", "argmax"), ("any", "all")),
    *(("add", "subtract"), ("multiply", "divide"), ("floor", "ceil"), ("zeros", "ones")),
    *(("less", "greater_equal"), ("greater", "less_equal"), ("logical_and", "logical_or")),
    *(("sin", "cos"), ("mean", "sum"), ("std", "var"), ("zeros_like", "ones_like")),
)
_RENAMED = dict(_OPPOSITES) | {there: here for here, there in _OPPOSITES}

_SYMMETRIC = {"min", "max", "minimum", "maximum", "add", "multiply", "logical_and", "logical_or"}
"""Functions that do not care which of their arguments comes first."""


def changes(node: ast.AST, is_test: bool = False, known: Container[str] = ()) -> list[Change]:
    """Return the faults that this node itself can have; those of its parts are the parts' own.

    `is_test` says that it is what an `if`, a `while` or a comprehension asks, and `known` are the
    names that have a value before it.
    """
    found = [change for kind, of in _FAULTS if isinstance(node, kind) for change in of(node)]
    if is_test and isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        found.append(("condition", ast.UnaryOp(ast.Not(), node)))
    if isinstance(node, ast.stmt) and _can_go(node, known):
        found.append(("dropped statement", ast.Pass()))
    return found


def _can_go(statement: ast.stmt, known: Container[str]) -> bool:
    """Whether the program still makes sense without a statement."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
        return all(not isinstance(to, ast.Tuple) and _is_known(to, known) for to in targets)
    return isinstance(statement, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break)


def _is_known(target: ast.expr, known: Container[str]) -> bool:
    return not isinstance(target, ast.Name) or target.id in known


def number(node: ast.AST) -> int | float | None:
    """Return the number that a literal stands for, with its sign; None if it is no number."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = number(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    return None


def _is_text(node: ast.AST) -> bool:
    is_constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_constant or isinstance(node, ast.JoinedStr)


def _literal(value: float) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body


def _constants(node: ast.expr) -> Iterator[Change]:
    value = number(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(value, int):
        yield "off by one", _literal(value + 1)
        yield "off by one", _literal(value - 1)
    elif value:
        yield "constant", _literal(2 * value)
        yield "constant", _literal(value / 2)
    elif value is not None:
        yield "constant", _literal(1.0)


def _signs(node: ast.UnaryOp) -> Iterator[Change]:
    if number(node) is None and not isinstance(node.op, ast.UAdd):
        yield "sign", node.operand


def _comparisons(node: ast.Compare) -> Iterator[Change]:
    for k, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            changed = copy.deepcopy(node)
            changed.ops[k] = other()
            yield "comparison", changed


def _operators(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    other = _CALCULATED.get(type(node.op))
    if other is not None and not any(map(_is_text, ast.iter_child_nodes(node))):
        changed = copy.deepcopy(node)
        changed.op = other()
        yield "operator", changed


def _conditions(node: ast.BoolOp) -> Iterator[Change]:
    changed = copy.deepcopy(node)
    changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "condition", changed
    for k in range(len(node.values)):
        left = node.values[:k] + node.values[k + 1 :]
        rest = left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        yield "condition", copy.deepcopy(rest)


def _calls(node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    name = node.func.id if isinstance(node.func, ast.Name) else name
    if name in _RENAMED:
        changed = copy.deepcopy(node)
        if isinstance(changed.func, ast.Attribute):
            changed.func.attr = _RENAMED[name]
        else:
            changed.func = ast.Name(_RENAMED[name], ast.Load())
        yield "opposite", changed
    first, second = (*node.args, None, None)[:2]
    # Arguments of two sorts cannot be swapped unnoticed, and would only make the tests look good.
    is_pair = first is not None and type(first) is type(second) and not _is_text(first)
    if is_pair and ast.dump(first) != ast.dump(second) and name not in _SYMMETRIC:
        changed = copy.deepcopy(node)
        changed.args[:2] = reversed(changed.args[:2])
        yield "swapped arguments", changed
    if name == "range":
        changed = copy.deepcopy(node)
        changed.args[-1] = _next_to(changed.args[-1], ast.Sub())
        yield "off by one", changed


def _bounds(node: ast.Slice) -> Iterator[Change]:
    for field, operator in (("lower", ast.Add()), ("upper", ast.Sub())):
        bound = getattr(node, field)
        if bound is not None and number(bound) is None:
            changed = copy.deepcopy(node)
            setattr(changed, field, _next_to(bound, operator))
            yield "off by one", changed


def _next_to(value: ast.expr, operator: ast.operator) -> ast.expr:
    return ast.BinOp(copy.deepcopy(value), operator, ast.Constant(1))


_FAULTS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    ((ast.Constant, ast.UnaryOp), _constants),
    (ast.UnaryOp, _signs),
    (ast.Compare, _comparisons),
    ((ast.BinOp, ast.AugAssign), _operators),
    (ast.BoolOp, _conditions),
    (ast.Call, _calls),
    (ast.Slice, _bounds),
)
