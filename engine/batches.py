"""Mini-batches: the training set in a new order each epoch, cut into slices of equal size."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.samples import Samples
from engine.types import Array

Part = tuple[Array, Array]
"""The X (..., n_x, k) and Y (..., n_y, k) of some columns of a batch."""

_BLOCK_BYTES = 2**18
"""How much input is gathered at a time: it must still be in the cache when it is used."""

_PART = 4096
"""The most columns that are worked on at once, which bounds the memory of full batch on MNIST."""


class Batches:
    """Draws batch after batch; the last one of an epoch is smaller where m is no multiple.

    `generators` shuffle: one for all replicas, or one each, whose batches then carry a leading
    replica axis. A size of 0, or of m or more, is full batch: there is nothing to shuffle then and
    the samples keep their order.
    """

    def __init__(
        self, samples: Samples, size: int, generators: Sequence[np.random.Generator]
    ) -> None:
        self._samples, self._generators = samples, generators
        self._order = np.arange(samples.m)
        self.position = 0
        self.columns = 0
        self.resize(size)

    def resize(self, size: int) -> None:
        """Change the batch size; the epoch under way goes on with the samples it has not seen."""
        m, n_x, dtype = self._samples.m, self._samples.rows.shape[1], self._samples.dtype
        self.size = size if 0 < size < m else m
        self._is_full = self.size == m
        replicas = 1 if self._is_full else len(self._generators)
        room = max(1, _BLOCK_BYTES // (n_x * dtype.itemsize * replicas))
        # Small batches are gathered many at a time, huge ones in several parts.
        batches = max(1, room // self.size)
        self._width = min(m, batches * self.size, max(room, _PART))
        lead = () if replicas == 1 else (replicas,)
        self._raw = np.empty((*lead, self._width, n_x), self._samples.rows.dtype)
        self._rows = np.empty((*lead, self._width, n_x), dtype)
        self._low, self._high = 0, 0

    @property
    def steps(self) -> int:
        """How many batches make an epoch."""
        return -(-self._samples.m // self.size)

    def take(self) -> Iterator[Part]:
        """Yield the next batch, of `columns` samples: one part, or several if it is huge.

        The arrays of a part are overwritten when the next one is asked for.
        """
        start, m = self.position, self._samples.m
        end = min(start + self.size, m)
        if start == 0 and not self._is_full:
            self._shuffle()
        self.position = 0 if end == m else end
        self.columns = end - start
        for low in range(start, end, self._width):
            yield self._columns(low, min(low + self._width, end))

    def _shuffle(self) -> None:
        orders = [generator.permutation(self._samples.m) for generator in self._generators]
        self._order = orders[0] if len(orders) == 1 else np.stack(orders)
        self._low, self._high = 0, 0

    def _columns(self, start: int, end: int) -> Part:
        if not (self._low <= start and end <= self._high):
            self._gather(start, min(start + self._width, self._samples.m))
        columns = slice(start - self._low, end - self._low)
        return self._X[..., columns], self._Y[..., columns]

    def _gather(self, low: int, high: int) -> None:
        positions, width = self._order[..., low:high], high - low
        raw, out = self._raw[..., :width, :], self._rows[..., :width, :]
        self._X = self._samples.gather(positions, raw, out).swapaxes(-1, -2)
        self._Y = self._samples.targets(positions).swapaxes(-1, -2)
        self._low, self._high = low, high
