"""One step to take away: a NumPy script that computes each line of it and prints the matrices."""

from engine.inspection.one_step.lines import AFTER, BACKWARD, FORWARD, UPDATE, Line
from engine.inspection.one_step.step import Step
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array

_TITLES = {
    FORWARD: "Forwards",
    BACKWARD: "Backwards",
    UPDATE: "The update",
    AFTER: "After the step",
}

_START = '''\
"""One step of gradient descent, {name} on {m} samples, in the notation of the course notes."""

{imports}

np.set_printoptions(precision=6, suppress=True)


def show(name, matrix):
    """Print a matrix with its name and shape."""
    print(name, np.shape(matrix))
    print(np.array(matrix))
'''


def step_script(step: Step) -> str:
    """Return a program that takes a step and prints every matrix of it.

    It imports NumPy and the standard library only; X, Y and the weights stand in it as numbers.
    """
    helpers = _helpers(step)
    imports = ["import math"] if any("math." in helper for helper in helpers) else []
    start = _START.format(
        name="-".join(map(str, step.network.sizes)),
        m=step.m,
        imports="\n".join([*imports, *([""] if imports else []), "import numpy as np"]),
    )
    functions = "".join(f"\n\n{helper}\n" for helper in helpers)
    return f"{start}{functions}\n\n{_given(step)}\n\n{_body(step)}\n"


def _helpers(step: Step) -> list[str]:
    rows = (ACTIVATIONS[name] for name in step.network.activations)
    return list(dict.fromkeys(helper for g in rows for helper in g.written.helpers))


def _given(step: Step) -> str:
    layers = range(1, step.depth + 1)
    keys = ["A0", "Y", *(f"{name}{l}" for l in layers for name in ("W", "b"))]
    return "\n".join(
        [
            f"alpha, m = {step.alpha!r}, {step.m}",
            *(f"{key} = np.array({_literal(step.matrices[key])})" for key in keys),
        ]
    )


def _literal(matrix: Array) -> str:
    rows = [f"[{', '.join(map(repr, row))}]" for row in matrix.tolist()]
    return (
        f"[{rows[0]}]" if len(rows) == 1 else "[\n" + "".join(f"    {row},\n" for row in rows) + "]"
    )


def _body(step: Step) -> str:
    parts = []
    for part in (FORWARD, BACKWARD, UPDATE):
        lines = [line for line in step.lines if line.part == part]
        parts.append("\n".join([f"# {_TITLES[part]}", *(_shown(line) for line in lines)]))
    slopes = [f"d{name}{l}" for l in range(1, step.depth + 1) for name in ("W", "b")]
    squares = " + ".join(f"np.sum({slope}**2)" for slope in slopes)
    again = [line.code for line in step.lines if line.part == FORWARD and line.result != "J"]
    parts.append(
        "\n".join(
            [
                f"# {_TITLES[AFTER]}: the way there once more",
                *again,
                'show("J after", losses.mean())',
                'show("J after - J", losses.mean() - J)',
                f'show("predicted", -alpha * ({squares}))',
            ]
        )
    )
    return "\n\n".join(parts)


def _shown(line: Line) -> str:
    name = line.result.rstrip("+")
    return f'{line.code}\nshow("{name}", {name})'


def printed(step: Step) -> dict[str, Array]:
    """Return what the script prints, by the names that it prints, in its order."""
    found = {}
    for line in step.lines:
        name = {"J+": "J after", "fall": "J after - J"}.get(line.result, line.result)
        found[name] = step.matrices[line.result]
    return found
