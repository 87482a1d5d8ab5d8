"""Mini-batches: the training set in some order, anew each epoch, cut into slices of equal size."""

import copy
from collections.abc import Iterable, Sequence

import numpy as np

from engine.data.samples import Samples
from engine.nn.memory import aligned_empty
from engine.nn.types import Array

Part = tuple[Array, Array]
"""The X (..., n_x, k) and Y (..., n_y, k) of some columns of a batch."""

_BLOCK_BYTES = 2**19
"""How much input is gathered at a time: it must still be in the cache when it is used."""

PART = 4096
"""The most columns that are worked on at once, which bounds the memory of full batch on MNIST."""


class Batches:
    """Draws batch after batch; the last one of an epoch is smaller where m is no multiple.

    `generators` shuffle: one for all replicas, or one each, whose batches then carry a leading
    replica axis. A size of 0, or of m or more, is full batch: there is nothing to shuffle then and
    the samples keep their order. `order` is how often they shuffle, "each" epoch or "once"; or not
    at all, "sorted" by class.
    """

    def __init__(
        self,
        samples: Samples,
        size: int,
        generators: Sequence[np.random.Generator],
        most_columns: int = PART,
        order: str = "each",
    ) -> None:
        if order == "sorted":
            samples = samples.select(np.argsort(samples.y, kind="stable"))
            generators = generators[:1]  # the same order for all replicas, and nothing is drawn
        self._samples, self._generators = samples, generators
        self._shuffled, self._m = samples, samples.m
        self._order, self._is_in_order = order, order == "sorted"
        self.position = 0
        self.columns = 0
        self._last, self._is_taken_back = 0, False
        self.resize(size, most_columns)

    def resize(self, size: int, most_columns: int = PART) -> None:
        """Change the batch size; the epoch under way goes on with the samples it has not seen.

        A larger batch than `most_columns` comes in parts of at most so many.
        """
        m, n_x, dtype = self._m, self._samples.rows.shape[1], self._samples.dtype
        self.size = size if 0 < size < m else m
        self._is_full = self.size == m
        replicas = 1 if self._is_full else len(self._generators)
        room = max(1, _BLOCK_BYTES // (n_x * dtype.itemsize * replicas))
        # Small batches are gathered many at a time, huge ones in several parts.
        batches = max(1, room // self.size)
        part = max(room, PART)
        self.is_cut = self.size > most_columns
        self._most_columns = most_columns
        self._width = min(m, batches * self.size, min(part, most_columns) if self.is_cut else part)
        lead = () if replicas == 1 else (replicas,)
        block, codes = (*lead, self._width), self._samples.codes
        self._raw = aligned_empty((*block, n_x), self._samples.rows.dtype)
        self._rows = aligned_empty((*block, n_x), dtype)
        self._targets = aligned_empty((*block, codes.shape[1]), codes.dtype)
        self._parts: dict[tuple[int, int], Part] = {}
        self._low, self._high = 0, 0

    @property
    def steps(self) -> int:
        """How many batches make an epoch."""
        return -(-self._m // self.size)

    @property
    def steps_left(self) -> int:
        """How many batches there are to the end of the epoch under way, `steps` at its start."""
        return -(-(self._m - self.position) // self.size)

    def fork(self) -> "Batches":
        """Return the same batches from here on, which nobody else draws from."""
        twin = copy.copy(self)
        twin._generators = copy.deepcopy(self._generators)
        twin.resize(self.size, self._most_columns)  # gathers into arrays of its own
        return twin

    def take(self) -> Iterable[Part]:
        """Return the next batch, of `columns` samples: one part, or several if it is huge.

        The arrays of a part are overwritten when the next one is asked for.
        """
        start, m = self.position, self._m
        end = min(start + self.size, m)
        is_new = start == 0 and not self._is_full and not self._is_taken_back
        if is_new and not self._is_in_order:
            self._shuffle()
        self._last, self._is_taken_back = start, False
        self.position = 0 if end == m else end
        self.columns = end - start
        if self.columns <= self._width:
            return (self._part(start, end),)
        lows = range(start, end, self._width)
        return (self._part(low, min(low + self._width, end)) for low in lows)

    def take_back(self) -> None:
        """Give the batch that was taken last once more, as if it had not been."""
        self.position, self._is_taken_back = self._last, True

    def _shuffle(self) -> None:
        orders = [generator.permutation(self._m) for generator in self._generators]
        self._shuffled = self._samples.select(orders[0] if len(orders) == 1 else np.stack(orders))
        self._low, self._high = 0, 0
        self._is_in_order = self._order == "once"

    def _part(self, start: int, end: int) -> Part:
        if not (self._low <= start and end <= self._high):
            self._gather(start)
        cut = start - self._low, end - self._low
        # The views stay, only the numbers in them change.
        return self._parts.get(cut) or self._parts.setdefault(cut, self._cut(*cut))

    def _cut(self, start: int, end: int) -> Part:
        """Return views (..., n_x, k) and (..., n_y, k) of some columns of the gathered block."""
        rows, targets = self._rows[..., start:end, :], self._targets[..., start:end, :]
        return rows.swapaxes(-1, -2), targets.swapaxes(-1, -2)

    def _gather(self, low: int) -> None:
        """Gather as many samples as there is room for, from this one on."""
        self._low, self._high = low, min(low + self._width, self._m)
        positions, room = slice(low, self._high), np.s_[..., : self._high - low, :]
        self._shuffled.gather(positions, self._raw[room], self._rows[room])
        self._shuffled.targets(positions, self._targets[room])
