"""A feature is a function of a point in the plane that the network gets as one input."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Feature(NamedTuple):
    """Name a feature on screen and in LaTeX; ``function`` maps points (M, 2) to values (M,).

    ``written`` is the same as code in the arrays x1 and x2.
    """

    label: str
    latex: str
    written: str
    function: Callable[[Array], Array]


def _sine(axis: int) -> Callable[[Array], Array]:
    return lambda points: np.sin(np.pi * points[:, axis])


# sin(pi x) runs through one period on a picture from -1 to 1.
FEATURES: dict[str, Feature] = {
    "x1": Feature("x₁", "x_1", "x1", lambda points: points[:, 0]),
    "x2": Feature("x₂", "x_2", "x2", lambda points: points[:, 1]),
    "x1_squared": Feature("x₁²", "x_1^2", "x1**2", lambda points: np.square(points[:, 0])),
    "x2_squared": Feature("x₂²", "x_2^2", "x2**2", lambda points: np.square(points[:, 1])),
    "x1_x2": Feature("x₁x₂", "x_1 x_2", "x1 * x2", lambda points: points[:, 0] * points[:, 1]),
    "sin_x1": Feature(
        "sin πx₁",
        r"\sin(\pi x_1)",
        "np.sin(np.pi * x1)",
        _sine(0),
    ),
    "sin_x2": Feature(
        "sin πx₂",
        r"\sin(\pi x_2)",
        "np.sin(np.pi * x2)",
        _sine(1),
    ),
}


def expand(points: Array, names: Sequence[str]) -> Array:
    """Compute the named features, in that order: points (M, 2) to rows (M, len(names)).

    The result is float64 in C order, so that its transpose has contiguous columns. An unknown
    name raises ValueError.

    >>> expand(np.array([[2.0, 3.0]]), ["x2", "x1_x2", "x1_squared"])
    array([[3., 6., 4.]])
    """
    unknown = [name for name in names if name not in FEATURES]
    if unknown:
        raise ValueError(
            f"features must be among {', '.join(FEATURES)}, got {', '.join(map(repr, unknown))}."
        )
    rows = np.empty((len(points), len(names)))
    for column, name in enumerate(names):
        rows[:, column] = FEATURES[name].function(points)
    return rows
