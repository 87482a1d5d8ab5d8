"""Landscapes of two numbers, on which one can see where an optimiser goes."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array

Point = tuple[float, float]

LOWEST: Point = (1.0, 0.5)
"""Of the bowl and the plateau: not 0, where weight decay alone would lead."""


class Written(NamedTuple):
    """A landscape as NumPy code: J and its two slopes, each an expression in x and y."""

    cost: str
    slopes: tuple[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Landscape:
    """A cost J of two numbers, and all about it.

    cost(x, y), slope(x, y) -> (dJ/dx, dJ/dy) and curvature(x, y) -> (d2J/dx2, d2J/dxdy, d2J/dy2)
    take and return arrays of one shape.

    title    what a reader chooses
    formula  J in LaTeX
    lesson   what is hard here
    view     (x from, x to, y from, y to)
    start    where it is interesting to begin
    minima   all points where J is least
    written  J and its slopes as a script has them
    """

    title: str
    formula: str
    lesson: str
    view: tuple[float, float, float, float]
    start: Point
    minima: tuple[Point, ...]
    of: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], tuple[Array, Array]]
    curvature: Callable[[Array, Array], tuple[Array, Array, Array]]
    written: Written

    @property
    def least(self) -> float:
        """The least J."""
        return float(self.cost(np.array(self.minima[0])))

    def cost(self, w: Array) -> Array:
        """Return J (...,) at w (..., 2)."""
        with np.errstate(all="ignore"):
            return self.of(w[..., 0], w[..., 1])

    def gradient(self, w: Array) -> Array:
        """Return dJ/dw (..., 2) at w (..., 2)."""
        with np.errstate(all="ignore"):
            return np.stack(self.slope(w[..., 0], w[..., 1]), axis=-1)

    def hessian(self, w: Array) -> Array:
        """Return the Hessian (2, 2) of J at w (2,)."""
        xx, xy, yy = self.curvature(w[0], w[1])
        return np.array([[xx, xy], [xy, yy]], float)


def bowl(condition: float = 100.0, degrees: float = 0.0) -> Landscape:
    """Return J = (u^2 + condition v^2) / 2, where u and v are the way from LOWEST, turned.

    The condition number is how many times more sharply it is bent across its valley than along it;
    the valley leaves the axis of x by so many degrees.
    """
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    xx, xy, yy = c * c + condition * s * s, (1 - condition) * c * s, s * s + condition * c * c
    turned = rf"\text{{, turned by }} {degrees:g}°" if degrees else ""

    def of(x: Array, y: Array) -> Array:
        x, y = x - LOWEST[0], y - LOWEST[1]
        twice: Array = xx * x * x + 2 * xy * x * y + yy * y * y
        return twice / 2

    def slope(x: Array, y: Array) -> tuple[Array, Array]:
        x, y = x - LOWEST[0], y - LOWEST[1]
        return xx * x + xy * y, xy * x + yy * y

    return Landscape(
        title="Bowl",
        formula=rf"J = \tfrac12 \left((w_1 - 1)^2 + {condition:g}\, (w_2 - \tfrac12)^2\right)"
        rf"{turned}",
        lesson="Steep across, flat along: what is safe across is slow along.",
        view=(-3.0, 5.0, -2.5, 3.5),
        start=(-2.4, 2.0),
        minima=(LOWEST,),
        of=of,
        slope=slope,
        curvature=lambda x, y: (np.asarray(xx), np.asarray(xy), np.asarray(yy)),
        written=Written(
            f"({xx!r} * (x - 1) ** 2 + {2 * xy!r} * (x - 1) * (y - 0.5) + "
            f"{yy!r} * (y - 0.5) ** 2) / 2",
            (
                f"{xx!r} * (x - 1) + {xy!r} * (y - 0.5)",
                f"{xy!r} * (x - 1) + {yy!r} * (y - 0.5)",
            ),
        ),
    )


def _rosenbrock_slope(x: Array, y: Array) -> tuple[Array, Array]:
    across = y - x * x
    return -2 * (1 - x) - 400 * x * across, 200 * across


def _beale_terms(x: Array, y: Array) -> list[tuple[Array, Array, Array, Array]]:
    """Return each squared term's value, its slopes in x and y, and the latter's slope in y."""
    return [
        (c - x * (1 - y**k), y**k - 1, k * x * y ** (k - 1), k * (k - 1) * x * y ** max(k - 2, 0))
        for k, c in ((1, 1.5), (2, 2.25), (3, 2.625))
    ]


def _beale_slope(x: Array, y: Array) -> tuple[Array, Array]:
    terms = _beale_terms(x, y)
    along_x = sum((2 * f * fx for f, fx, _, _ in terms), np.zeros(()))
    return along_x, sum((2 * f * fy for f, _, fy, _ in terms), np.zeros(()))


def _beale_curvature(x: Array, y: Array) -> tuple[Array, Array, Array]:
    terms = _beale_terms(x, y)
    mixed = [k * y ** (k - 1) for k in (1, 2, 3)]  # the slope in y of y^k - 1
    xx = sum((2 * fx * fx for _, fx, _, _ in terms), np.zeros(()))
    xy = sum((2 * (fx * fy + f * m) for (f, fx, fy, _), m in zip(terms, mixed, strict=True)),
             np.zeros(()))  # fmt: skip
    return xx, xy, sum((2 * (fy * fy + f * fyy) for f, _, fy, fyy in terms), np.zeros(()))


def _himmelblau_slope(x: Array, y: Array) -> tuple[Array, Array]:
    first, second = x * x + y - 11, x + y * y - 7
    return 4 * x * first + 2 * second, 2 * first + 4 * y * second


def _near(x: Array, y: Array) -> Array:
    """Return how near the plateau's hole is: 1 within, 0 far away."""
    near: Array = np.exp(-((x - LOWEST[0]) ** 2 + (y - LOWEST[1]) ** 2) / 2)
    return near


def _plateau_slope(x: Array, y: Array) -> tuple[Array, Array]:
    near = _near(x, y)
    return (x - LOWEST[0]) * near, (y - LOWEST[1]) * near


def _plateau_curvature(x: Array, y: Array) -> tuple[Array, Array, Array]:
    near, u, v = _near(x, y), x - LOWEST[0], y - LOWEST[1]
    return near * (1 - u * u), -near * u * v, near * (1 - v * v)


LANDSCAPES: dict[str, Landscape] = {
    "bowl": bowl(),
    "rosenbrock": Landscape(
        title="Rosenbrock's valley",
        formula=r"J = (1 - w_1)^2 + 100\, (w_2 - w_1^2)^2",
        lesson="A narrow, bent valley: into it is easy, along it is not.",
        view=(-2.2, 2.2, -1.0, 3.0),
        start=(-1.5, 2.0),
        minima=((1.0, 1.0),),
        of=lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        slope=_rosenbrock_slope,
        curvature=lambda x, y: (2 - 400 * y + 1200 * x * x, -400 * x, np.full(np.shape(x), 200.0)),
        written=Written(
            "(1 - x) ** 2 + 100 * (y - x * x) ** 2",
            ("-2 * (1 - x) - 400 * x * (y - x * x)", "200 * (y - x * x)"),
        ),
    ),
    "beale": Landscape(
        title="Beale's cliffs",
        formula=r"J = \sum_{k=1}^{3} \left(c_k - w_1 (1 - w_2^k)\right)^2,"
        r"\; c = (1.5,\, 2.25,\, 2.625)",
        lesson="Flat in the middle, and steep walls: one large gradient throws far.",
        view=(-4.5, 4.5, -4.5, 4.5),
        start=(1.0, 1.8),
        minima=((3.0, 0.5),),
        of=lambda x, y: sum((term[0] ** 2 for term in _beale_terms(x, y)), np.zeros(())),
        slope=_beale_slope,
        curvature=_beale_curvature,
        written=Written(
            "sum((c - x * (1 - y**k)) ** 2 for k, c in ((1, 1.5), (2, 2.25), (3, 2.625)))",
            (
                "sum(2 * (c - x * (1 - y**k)) * (y**k - 1)"
                " for k, c in ((1, 1.5), (2, 2.25), (3, 2.625)))",
                "sum(2 * (c - x * (1 - y**k)) * (k * x * y ** (k - 1))"
                " for k, c in ((1, 1.5), (2, 2.25), (3, 2.625)))",
            ),
        ),
    ),
    "himmelblau": Landscape(
        title="Himmelblau's four lakes",
        formula=r"J = (w_1^2 + w_2 - 11)^2 + (w_1 + w_2^2 - 7)^2",
        lesson="Four minima of the same depth: which one it becomes depends on the way.",
        view=(-5.5, 5.5, -5.5, 5.5),
        start=(-0.5, 0.2),
        minima=(
            (3.0, 2.0),
            (-2.8051180869527448, 3.1313125182505730),
            (-3.7793102533777469, -3.2831859912861694),
            (3.5844283403304917, -1.8481265269644035),
        ),
        of=lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
        slope=_himmelblau_slope,
        curvature=lambda x, y: (12 * x * x + 4 * y - 42, 4 * (x + y), 12 * y * y + 4 * x - 26),
        written=Written(
            "(x * x + y - 11) ** 2 + (x + y * y - 7) ** 2",
            (
                "4 * x * (x * x + y - 11) + 2 * (x + y * y - 7)",
                "2 * (x * x + y - 11) + 4 * y * (x + y * y - 7)",
            ),
        ),
    ),
    "saddle": Landscape(
        title="Saddle",
        formula=r"J = \tfrac12 w_1^2 - \tfrac12 w_2^2 + \tfrac14 w_2^4",
        lesson="At the saddle the slope is zero, and the way down is to the sides.",
        view=(-2.4, 2.4, -1.8, 1.8),
        start=(-2.0, 0.001),
        minima=((0.0, 1.0), (0.0, -1.0)),
        of=lambda x, y: x * x / 2 - y * y / 2 + y**4 / 4,
        slope=lambda x, y: (x, y**3 - y),
        curvature=lambda x, y: (np.ones(np.shape(x)), np.zeros(np.shape(x)), 3 * y * y - 1),
        written=Written("x * x / 2 - y * y / 2 + y**4 / 4", ("x", "y**3 - y")),
    ),
    "plateau": Landscape(
        title="Plateau",
        formula=r"J = 1 - e^{-((w_1 - 1)^2 + (w_2 - 1/2)^2) / 2}",
        lesson="Far out it is nearly flat, as where units saturate: small gradients, small steps.",
        view=(-3.0, 5.0, -2.5, 3.5),
        start=(-1.8, 2.1),
        minima=(LOWEST,),
        of=lambda x, y: 1 - _near(x, y),
        slope=_plateau_slope,
        curvature=_plateau_curvature,
        written=Written(
            "1 - np.exp(-((x - 1) ** 2 + (y - 0.5) ** 2) / 2)",
            (
                "(x - 1) * np.exp(-((x - 1) ** 2 + (y - 0.5) ** 2) / 2)",
                "(y - 0.5) * np.exp(-((x - 1) ** 2 + (y - 0.5) ** 2) / 2)",
            ),
        ),
    ),
}
"""Rosenbrock (1960), Beale (1958) and Himmelblau (1972), a bowl, a saddle that is bounded below,
and a plateau."""
