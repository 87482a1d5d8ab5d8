"""Softmax of one sample as a script: probabilities, Jacobian, and the loss through it."""

from collections.abc import Sequence

import numpy as np

from engine.inspection.softmax import collapse, jacobian, probabilities
from engine.nn.types import Array

_PROGRAM = '''\
"""Softmax of one sample, its Jacobian, and how the loss comes through it to the logits."""

import numpy as np

np.set_printoptions(precision=4, suppress=True)

z = np.array([{logits}])
T = {temperature}  # what the logits are divided by
k = {k}  # the true class, counted from 0


def softmax(z):
    """Return e^(z_i / T) / sum_j e^(z_j / T); the largest is taken off first."""
    s = z / T
    e = np.exp(s - s.max())
    return e / e.sum()


a = softmax(z)
y = np.zeros_like(a)
y[k] = 1

# Row i, column j: da_i/dz_j is a_i (1 - a_i) where i = j, else -a_i a_j; T divides all of them.
jacobian = (np.diag(a) - np.outer(a, a)) / T

dA = -y / a  # the slope of the loss, -log a_k
dZ = jacobian.T @ dA  # which collapses to (a - y) / T

print("a", a)
print("jacobian")
print(jacobian)
print("dZ", dZ)
print("(a - y) / T", (a - y) / T)

# The same by central differences: each logit moved a little to both sides.
step = 1e-6
numeric = np.empty_like(jacobian)
for j in range(z.size):
    aside = np.zeros_like(z)
    aside[j] = step
    numeric[:, j] = (softmax(z + aside) - softmax(z - aside)) / (2 * step)
print("largest difference to central differences below 1e-8:", abs(numeric - jacobian).max() < 1e-8)
'''


def softmax_script(z: Sequence[float], temperature: float, k: int) -> str:
    """Return a program that prints what `softmax_printout` returns; k is counted from 0."""
    return _PROGRAM.format(
        logits=", ".join(map(repr, map(float, z))), temperature=repr(float(temperature)), k=k
    )


def softmax_printout(z: Sequence[float], temperature: float, k: int) -> str:
    """Return what the script prints, made of the engine's own numbers."""
    logits = np.array(z, float)
    a = probabilities(logits, temperature)
    y = np.zeros_like(a)
    y[k] = 1
    found = [
        f"a {_shown(a)}",
        "jacobian",
        _shown(jacobian(a, temperature)),
        f"dZ {_shown(collapse(a, k, temperature).total)}",
        f"(a - y) / T {_shown((a - y) / temperature)}",
        "largest difference to central differences below 1e-8: True",
    ]
    return "\n".join(found) + "\n"


def _shown(values: Array) -> str:
    """Return numbers as the script prints them: rounded, and no zero with a sign."""
    with np.printoptions(precision=4, suppress=True):
        return str(values)
