"""The browser's activations, written from the rows of the engine's table.

The browser is always sent what the table says; web/activations.js is a copy to be linted and tested
by Node, which `python -m tests.web` writes anew.
"""

import math

from engine.nn.activations import ACTIVATIONS

_HEAD = """\
// biome-ignore-all lint/complexity/useMathMinMax: a network that diverged would show NaN, not 0
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: numbers come from the engine
// Written by `python -m tests.web` from the rows in engine/nn/activations.py.

// word: its name in a sentence; of: g(z); low, high: the ends of its range; turn: the value above
// which a unit is active.
export const ACTIVATIONS = {
"""


def script() -> str:
    """Return the table as JavaScript, formatted as Biome does."""
    rows = []
    for name, g in ACTIVATIONS.items():
        ends = f"low: {_number(g.low)}, high: {_number(g.high)}, turn: {_number(g.turn)}"
        word = f'word: "{g.word}"'
        row = f"  {name}: {{ {word}, of: (z) => {_body(g.written.browser)}, {ends} }},"
        if len(row) > 100:
            parts = [word, f"of: (z) => {_body(g.written.browser)}", *ends.split(", ")]
            row = "\n".join([f"  {name}: {{", *(f"    {part}," for part in parts), "  },"])
        rows.append(row)
    return _HEAD + "\n".join(rows) + "\n};\n"


def _body(expression: str) -> str:
    """Return an arrow function's body: a choice stands in brackets."""
    return f"({expression})" if "?" in expression else expression


def _number(value: float) -> str:
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else repr(value).replace("e-0", "e-")
