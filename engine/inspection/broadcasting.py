"""NumPy's rule for arrays of unlike shapes, axis by axis from the right, as one would explain it.

The rule: shapes are laid side by side at their right ends; a missing axis counts as 1; two lengths
fit if they are equal or one of them is 1, and then the 1 is stretched (NumPy user guide,
"Broadcasting").
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.nn.types import Array

Shape: TypeAlias = tuple[int, ...]

LEFT, RIGHT = "left", "right"


class Axis(NamedTuple):
    """An axis of both arrays.

    left, right   their lengths there, None where an array has no such axis
    result        the length of the result, None if the two do not fit
    stretched     which of them is stretched, LEFT or RIGHT, "" if neither is
    """

    left: int | None
    right: int | None
    result: int | None
    stretched: str = ""

    @property
    def told(self) -> str:
        """What the rule says of this axis, in words."""
        if self.result is None:
            return f"{self.left} and {self.right} differ, and neither is 1: refused"
        if not self.stretched:
            return "equal"
        of = self.left if self.stretched == LEFT else self.right
        return f"{'a missing axis counts as 1' if of is None else '1'}, stretched to {self.result}"


def align(left: Shape, right: Shape) -> list[Axis]:
    """Return the axes of two shapes as the rule goes through them: the last one first.

    >>> [axis.result for axis in align((3, 4), (4,))]
    [4, 3]
    >>> align((3, 4), (3,))[0].told
    '4 and 3 differ, and neither is 1: refused'
    """
    return [_axis(a, b) for a, b in zip_longest(reversed(left), reversed(right))]


def _axis(left: int | None, right: int | None) -> Axis:
    a, b = (1 if length is None else length for length in (left, right))
    if a == b:
        # A missing axis beside one of length 1 is not stretched, and yet it is not there.
        return Axis(left, right, a)
    if 1 not in (a, b):
        return Axis(left, right, None)
    return Axis(left, right, max(a, b) if min(a, b) else 0, LEFT if a == 1 else RIGHT)


def together(axes: Sequence[Axis]) -> Shape | None:
    """Return the shape of the result, None if the arrays do not fit.

    >>> together(align((3, 1), (4,))), together(align((3, 4), (3,)))
    ((3, 4), None)
    """
    lengths = [axis.result for axis in reversed(axes)]
    return None if None in lengths else tuple(length for length in lengths if length is not None)


class Stretched(NamedTuple):
    """An array as an operation sees it, and which of its cells are only copies."""

    values: Array
    is_copy: Array


def stretch(values: Array, shape: Shape) -> Stretched:
    """Return an array stretched to the shape of the result.

    Raises ValueError if the two do not fit.

    >>> stretch(np.array([[1], [2]]), (2, 3)).is_copy.tolist()
    [[False, True, True], [False, True, True]]
    """
    whole = np.broadcast_to(values, shape)
    lengths = (1,) * (len(shape) - values.ndim) + values.shape
    is_copy = np.zeros(shape, bool)
    for axis, (own, length) in enumerate(zip(lengths, shape, strict=True)):
        if own < length:
            is_copy |= np.indices(shape)[axis] > 0
    return Stretched(whole, is_copy)
