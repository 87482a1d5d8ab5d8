"""Twenty digits as people write them: two ways of each, some small, some in a corner.

They were written down once, from looking at handwriting; nobody has asked a network about them.
"""

from typing import NamedTuple

import numpy as np


class Written(NamedTuple):
    """A digit's strokes: points (x, y) of a box of its own, 0 to 1, y downwards.

    A stroke goes smoothly through its points, or straight from one to the next where it is sharp.
    The box lies at `left`, `top` of the canvas and is `width` by `height`, all shares of its side.
    """

    digit: int
    strokes: list[list[tuple[float, float]]]
    left: float = 0.3
    top: float = 0.18
    width: float = 0.4
    height: float = 0.62
    is_sharp: bool = False

    def on_canvas(self) -> list[list[tuple[float, float]]]:
        """Return the strokes as the pen passes over the canvas, in shares of its side."""
        return [
            [
                (self.left + self.width * x, self.top + self.height * y)
                for x, y in (stroke if self.is_sharp else smooth(stroke))
            ]
            for stroke in self.strokes
        ]


def smooth(points: list[tuple[float, float]], between: int = 5) -> list[tuple[float, float]]:
    """Return a curve through all points (Catmull and Rom), with so many steps between two."""
    p = np.array([points[0], *points, points[-1]])
    t = np.linspace(0, 1, between, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
               + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]  # fmt: skip
    return [tuple(map(float, point)) for point in np.vstack([*parts, p[-1:]])]


SMALL_LEFT = {"left": 0.06, "top": 0.08, "width": 0.2, "height": 0.3}
SMALL_RIGHT = {"left": 0.7, "top": 0.62, "width": 0.19, "height": 0.3}
BELOW = {"left": 0.42, "top": 0.36, "width": 0.4, "height": 0.58}
LARGE = {"left": 0.2, "top": 0.07, "width": 0.6, "height": 0.86}

TWENTY = [
    Written(0, [[(0.55, 0), (0.2, 0.12), (0.02, 0.5), (0.2, 0.9), (0.5, 1), (0.83, 0.88),
                 (1, 0.5), (0.85, 0.1), (0.52, 0.01)]]),
    Written(0, [[(0.6, 0.03), (0.25, 0.2), (0, 0.65), (0.15, 0.97), (0.5, 0.95), (0.85, 0.7),
                 (1, 0.25), (0.8, 0), (0.5, 0.06)]], **SMALL_LEFT),
    Written(1, [[(0.52, 0), (0.5, 0.5), (0.49, 1)]]),
    Written(1, [[(0.2, 0.3), (0.65, 0), (0.45, 1)]], is_sharp=True, **SMALL_RIGHT),
    Written(2, [[(0.05, 0.25), (0.2, 0.05), (0.55, 0), (0.85, 0.15), (0.85, 0.4), (0.5, 0.72),
                 (0.05, 0.98), (0.1, 0.99), (0.5, 0.97), (1, 0.96)]]),
    Written(2, [[(0.08, 0.2), (0.35, 0), (0.75, 0.05), (0.85, 0.3), (0.6, 0.65), (0.2, 0.95),
                 (0.02, 0.88), (0.2, 0.78), (0.5, 0.93), (0.8, 1), (1, 0.9)]], **BELOW),
    Written(3, [[(0.1, 0.12), (0.45, 0), (0.85, 0.1), (0.85, 0.32), (0.4, 0.47), (0.85, 0.6),
                 (0.95, 0.82), (0.55, 1), (0.05, 0.88)]]),
    Written(3, [[(0.15, 0.08), (0.5, 0), (0.9, 0.15), (0.8, 0.36), (0.35, 0.46), (0.9, 0.56),
                 (1, 0.75), (0.6, 0.98), (0, 0.93)]], **SMALL_RIGHT),
    Written(4, [[(0.15, 0), (0.08, 0.3), (0.05, 0.5), (0.4, 0.54), (0.95, 0.5)],
                [(0.8, 0.02), (0.77, 0.5), (0.74, 1)]]),
    Written(4, [[(0.65, 0), (0, 0.65), (1, 0.65)], [(0.68, 0.3), (0.66, 1)]],
            is_sharp=True, **LARGE),
    Written(5, [[(0.2, 0.02), (0.14, 0.4), (0.5, 0.36), (0.88, 0.5), (0.92, 0.75), (0.6, 0.98),
                 (0.05, 0.92)], [(0.2, 0.02), (0.55, 0.01), (0.95, 0)]]),
    Written(5, [[(0.95, 0.02), (0.55, 0.03), (0.3, 0.08), (0.2, 0.38), (0.5, 0.4), (0.85, 0.56),
                 (0.8, 0.85), (0.45, 1), (0, 0.93)]], **BELOW),
    Written(6, [[(0.7, 0), (0.35, 0.2), (0.1, 0.55), (0.1, 0.85), (0.45, 1), (0.85, 0.88),
                 (0.9, 0.65), (0.6, 0.52), (0.2, 0.65), (0.1, 0.78)]]),
    Written(6, [[(0.85, 0.03), (0.5, 0.1), (0.15, 0.45), (0.05, 0.75), (0.3, 0.98), (0.7, 0.95),
                 (0.95, 0.75), (0.75, 0.55), (0.4, 0.58), (0.12, 0.8)]], **SMALL_LEFT),
    Written(7, [[(0.05, 0.05), (0.5, 0.04), (0.95, 0.03), (0.7, 0.4), (0.5, 0.7), (0.4, 1)]]),
    Written(7, [[(0.05, 0.04), (0.95, 0), (0.4, 1)], [(0.25, 0.5), (0.9, 0.48)]],
            is_sharp=True, **LARGE),
    Written(8, [[(0.8, 0.12), (0.5, 0), (0.18, 0.1), (0.2, 0.3), (0.5, 0.46), (0.85, 0.65),
                 (0.85, 0.9), (0.5, 1), (0.15, 0.9), (0.15, 0.68), (0.5, 0.47), (0.82, 0.28),
                 (0.82, 0.14)]]),
    Written(8, [[(0.5, 0.01), (0.2, 0.1), (0.22, 0.35), (0.5, 0.44), (0.8, 0.34), (0.8, 0.1),
                 (0.5, 0.01)],
                [(0.5, 0.44), (0.12, 0.58), (0.1, 0.88), (0.5, 1), (0.9, 0.88), (0.88, 0.58),
                 (0.5, 0.44)]], **SMALL_LEFT),
    Written(9, [[(0.85, 0.12), (0.5, 0), (0.12, 0.12), (0.1, 0.36), (0.4, 0.48), (0.78, 0.34),
                 (0.87, 0.1), (0.84, 0.5), (0.8, 1)]]),
    Written(9, [[(0.9, 0.2), (0.6, 0.01), (0.2, 0.1), (0.12, 0.38), (0.5, 0.48), (0.85, 0.28),
                 (0.9, 0.15), (0.85, 0.6), (0.6, 0.93), (0.15, 0.97)]], **BELOW),
]  # fmt: skip
