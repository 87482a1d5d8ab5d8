"""The race of optimisers on a landscape as a script that prints where each of them got."""

from collections.abc import Mapping, Sequence

from engine.export.writing.piece import lines
from engine.optim.landscapes import Landscape
from engine.optim.optimizers import EPSILON, OPTIMIZERS, Method

_PROGRAM = '''\
"""{title}: optimisers from one start, each with its own learning rate."""

import numpy as np

start = np.array([{start}])
minima = np.array([{minima}])
ring = {ring!r}  # so near to a minimum counts as there
steps = {steps}
{settings}epsilon = {epsilon!r}


def J(w):
    """Return the cost at w."""
    x, y = w
    return {cost}


def gradient(w):
    """Return the slope of J in both numbers."""
    x, y = w
    return np.array([{slope_x}, {slope_y}])

{functions}

def settled(path):
    """Return after how many steps a path is within the ring for good, or "never"."""
    away = np.linalg.norm(np.array(path)[:, None] - minima, axis=2).min(axis=1)
    outside = np.flatnonzero(~(away <= ring))
    first = outside[-1] + 1 if len(outside) else 0
    return "never" if first == len(path) else first


racers = {{{racers}}}
np.seterr(all="ignore")  # whose alpha is too large leaves all numbers
for name, (racer, alpha) in racers.items():
    path = [start.copy()]
    for P in racer(start.copy(), alpha):
        path.append(P.copy())
    there, cost = settled(path), J(path[-1])
    print(f"{{name}}: alpha {{alpha:g}}, in the ring after {{there}}, J {{cost:.6g}}")
'''


def race_script(
    landscape: Landscape,
    start: Sequence[float],
    rates: Mapping[str, float],
    steps: int,
    ring: float,
    **knobs: float,
) -> str:
    """Return a program that runs the race of these optimisers, each at its rate, by their names.

    Who is within `ring` of a minimum is there.
    """
    used = [name for name in knobs if any(name in OPTIMIZERS[each].uses for each in rates)]
    slope_x, slope_y = landscape.written.slopes
    return _PROGRAM.format(
        title=landscape.title,
        start=", ".join(repr(float(each)) for each in start),
        minima=", ".join(f"[{x!r}, {y!r}]" for x, y in landscape.minima),
        ring=ring,
        steps=steps,
        settings="".join(f"{name} = {float(knobs[name])!r}\n" for name in used),
        epsilon=EPSILON,
        cost=landscape.written.cost,
        slope_x=slope_x,
        slope_y=slope_y,
        functions="\n".join(_function(name, OPTIMIZERS[name]) for name in rates),
        racers=", ".join(f'"{OPTIMIZERS[n].title}": ({n}, {rate!r})' for n, rate in rates.items()),
    )


def _function(name: str, method: Method) -> str:
    """Return one optimiser as a generator of the points it comes to."""
    written = method.written
    kept = [f"{each.lower()} = np.zeros_like(P)" for each in written.keeps]
    step = [written.before, *written.step.splitlines()]
    return lines(
        "",
        f"def {name}(P, alpha):",
        f'    """Yield where each step of {method.title} leads."""',
        *(f"    {line}" for line in kept),
        "    shrink = weight_decay" if "weight_decay" in method.uses else None,
        "    for t in range(1, steps + 1):" if written.counts else "    for _ in range(steps):",
        "        dP = gradient(P)",
        *(f"        {line}" for line in step if line),
        "        yield P",
        "",
    )
