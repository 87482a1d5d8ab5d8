"""A set of samples: a selection from rows that others share, never a copy of them."""

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from engine.nn.types import Array

Positions: TypeAlias = Array | slice
"""Which samples of a selection: their numbers, or a slice of consecutive ones."""


@dataclass(frozen=True, eq=False)
class Samples:
    """m samples out of the shared `rows`.

    rows    (M, n_x), one sample per contiguous row, so that a column slice of X is contiguous:
            floats ready for the network, or uint8 pixels
    labels  (M,) class numbers
    index   (m,) which rows are meant
    codes   (classes, n_y): row k is the target y of class k
    scale, shift  what a row is multiplied by and then moved by to become an input
    is_exact  whether images become float64 as well, see `engine.experiment.symmetry.starts_equal`
    """

    rows: Array
    labels: Array
    index: Array
    codes: Array
    scale: float = 1.0
    shift: float = 0.0
    is_exact: bool = False

    @property
    def m(self) -> int:
        return int(self.index.shape[-1])

    @cached_property
    def dtype(self) -> np.dtype[np.floating]:
        """float32 for images, float64 for small problems and where that is asked for."""
        is_single = self.rows.dtype == np.uint8 and not self.is_exact
        return np.dtype(np.float32 if is_single else np.float64)

    @property
    def X(self) -> Array:  # noqa: N802
        """All inputs, shape (n_x, m). For many images use `gather` block by block instead."""
        return self.gather(np.arange(self.m)).T

    @property
    def Y(self) -> Array:  # noqa: N802
        """All targets, shape (n_y, m)."""
        return self.targets(np.arange(self.m)).T

    @property
    def y(self) -> Array:
        """All class numbers, shape (m,)."""
        return np.take(self.labels, self.index)

    def select(self, positions: Array) -> "Samples":
        """Return those at `positions` (..., m) of the selection; leading axes are replicas."""
        return dataclasses.replace(self, index=self.index[positions])

    def thinned(self, most: int) -> "Samples":
        """Return at most `most` of them, evenly spaced."""
        if self.m <= most:
            return self
        return self.select(np.arange(most) * self.m // most)

    def gather(
        self, positions: Positions, raw: Array | None = None, out: Array | None = None
    ) -> Array:
        """Return the inputs at `positions` (..., k) of the selection, as rows (..., k, n_x).

        Given `raw` (dtype of rows) and `out` (dtype of self), both of the result's shape, nothing
        is allocated.
        """
        # mode "clip" because NumPy buffers `out` under the default mode, which costs a copy
        chosen = self.index[..., positions]
        if self.rows.dtype != np.uint8:
            return self.rows.take(chosen, 0, out, "clip")
        raw = self.rows.take(chosen, 0, raw, "clip")
        rows = np.empty(raw.shape, self.dtype) if out is None else out
        np.copyto(rows, raw)  # two plain loops beat one that multiplies and converts
        np.multiply(rows, self.dtype.type(self.scale), out=rows)
        return np.add(rows, self.shift, out=rows) if self.shift else rows

    def targets(self, positions: Positions, out: Array | None = None) -> Array:
        """Return the targets at `positions` (..., k) as rows (..., k, n_y), in `out` if given."""
        return self.codes.take(self.classes(positions), 0, out, "clip")

    def classes(self, positions: Positions) -> Array:
        """Return the class numbers at `positions`, in their shape."""
        return self.labels.take(self.index[..., positions])
