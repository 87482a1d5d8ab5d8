"""The slopes of activations in the browser, and what their derivations are made of.

web/slopes.js is written from the engine's tables by `python -m tests.web`.
"""

from pathlib import Path

from engine.nn.activations import ACTIVATIONS
from engine.nn.differentiation import QUANTITIES

FILE = Path(__file__).parent / "web" / "slopes.js"

_HEAD = """\
// biome-ignore-all format: written by a program
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: numbers come from the engine
// Written by `python -m tests.web` from the rows of engine/nn/activations.py.

"""


def script() -> str:
    """Return g'(z) of every activation, and the numbers that the steps of derivations name."""
    slopes = {name: g.written.browser_slope for name, g in ACTIVATIONS.items()}
    quantities = {name: each.browser for name, each in QUANTITIES.items()}
    return f"{_HEAD}{_table('SLOPES', slopes)}\n{_table('QUANTITIES', quantities)}"


def _table(name: str, rows: dict[str, str]) -> str:
    functions = "".join(
        f"  {key}: ({'_z' if 'z' not in body else 'z'}) => ({body}),\n"
        for key, body in rows.items()
    )
    return f"export const {name} = {{\n{functions}}};\n"
