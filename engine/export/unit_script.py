"""A unit's activation and its slope at one z as a script, and what a stack of such slopes does."""

import numpy as np

from engine.nn.activations import ACTIVATIONS, Activation
from engine.nn.types import Array

_STEP = 1e-5

_PROGRAM = '''\
"""{title} at one z: its value, its slope, and a stack of such slopes."""

{imports}import numpy as np
{helpers}

def g(Z):
    """Return what a unit makes of its sum."""
    return {value}


def slope(Z, A):
    """Return g'(Z), where A = g(Z)."""
    return {slope}


Z = np.array([{z}])
L = {L}  # layers

A = g(Z)
dA_dZ = slope(Z, A) * np.ones_like(Z)
print(f"a = g(z) {{A[0]:.6f}}")
print(f"slope g'(z) {{dA_dZ[0]:.6f}}")
print(f"g'(z) ** L {{dA_dZ[0] ** L:.4e}}")

# The same by central differences; at a kink there is no slope for them to find.
step = {step}
print(f"by central differences {{(g(Z + step) - g(Z - step))[0] / (2 * step):.6f}}")
'''


def unit_script(g: str, z: float, layers: int) -> str:
    """Return a program that prints what `unit_printout` returns, for the activation of a name."""
    row = ACTIVATIONS[g]
    helpers = "".join(f"\n\n{helper}\n" for helper in row.written.helpers)
    return _PROGRAM.format(
        title=row.title,
        imports="import math\n\n" if "math." in helpers else "",
        helpers=helpers,
        value=row.written.value.format(z="Z"),
        slope=_plain((row.written.slope or "1").format(z="Z", a="A")),
        z=repr(float(z)),
        L=layers,
        step=_STEP,
    )


def unit_printout(g: str, z: float, layers: int) -> str:
    """Return what the script prints, made of the engine's own numbers."""
    row, at = ACTIVATIONS[g], np.array([float(z)])
    a = row.function(at)
    slope = float((row.derivative(at, a) * np.ones_like(at))[0])
    found = [
        f"a = g(z) {a[0]:.6f}",
        f"slope g'(z) {slope:.6f}",
        f"g'(z) ** L {slope**layers:.4e}",
        f"by central differences {_between(row, at):.6f}",
    ]
    return "\n".join(found) + "\n"


def _between(row: Activation, at: Array) -> float:
    return float((row.function(at + _STEP) - row.function(at - _STEP))[0] / (2 * _STEP))


def _plain(code: str) -> str:
    """Return code without the brackets around all of it."""
    return code[1:-1] if code.startswith("(") and code.endswith(")") else code
