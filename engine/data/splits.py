"""A split hands every example to at most one of train, dev and test, class by class."""

from collections.abc import Sequence

import numpy as np

from engine.nn.types import Array

_ROUNDING = 1e-9  # fractions such as 0.6 + 0.2 + 0.2 miss 1 by less


def split(labels: Array, fractions: Sequence[float], rng: np.random.Generator) -> tuple[Array, ...]:
    """Draw one index array per fraction of labels (m,): disjoint, stratified and shuffled.

    Sizes are the fractions of m rounded by largest remainders, an earlier fraction first in a
    tie; what the fractions leave over stays unused. In every part each class has its
    proportional share rounded up or down. A negative fraction or a sum above 1 raises ValueError.

    >>> parts = split(np.repeat([0, 1], [700, 300]), (0.6, 0.2, 0.2), np.random.default_rng(0))
    >>> [(len(part), int((part < 700).sum())) for part in parts]
    [(600, 420), (200, 140), (200, 140)]
    """
    sizes = part_sizes(len(labels), fractions)
    classes, members = np.unique(labels, return_counts=True)
    table = _proportional_table(members, sizes)

    shuffled = rng.permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    part = np.repeat(np.tile(np.arange(len(sizes)), len(classes)), table.ravel())
    return tuple(rng.permutation(by_class[part == k]) for k in range(len(fractions)))


def part_sizes(m: int, fractions: Sequence[float]) -> Array:
    """Return how many of m examples `split` gives to each part and, last, to none.

    >>> part_sizes(7, (0.5, 0.25)).tolist()
    [3, 2, 2]
    """
    unused = 1 - sum(fractions)
    if not (all(fraction >= 0 for fraction in fractions) and unused >= -_ROUNDING):
        listed = ", ".join(str(fraction) for fraction in fractions)
        raise ValueError(f"fractions must not be negative nor sum to more than 1, got {listed}.")
    return _largest_remainders(m, [*fractions, max(unused, 0.0)])


def _largest_remainders(total: int, shares: Sequence[float]) -> Array:
    """Round total * shares to whole numbers that sum to total; shares sum to 1."""
    # Rounded, because 12 * 0.05 and 12 * 0.8 differ from 0.6 and 9.6 in different last digits.
    exact = np.round(total * np.asarray(shares), 9)
    sizes = np.floor(exact).astype(np.intp)
    largest_first = np.argsort(sizes - exact, kind="stable")
    sizes[largest_first[: total - sizes.sum()]] += 1
    return sizes


def _proportional_table(rows: Array, columns: Array) -> Array:
    """Round the table rows[i] * columns[k] / m up or down in each cell, keeping all its sums.

    Both arguments sum to m. The exact table keeps the sums, so whole numbers that keep them exist
    (a flow with whole capacities has a whole solution); augmenting paths find them.
    """
    table, remainder = np.divmod(np.outer(rows, columns), max(rows.sum(), 1))
    is_raised = np.zeros(table.shape, dtype=bool)
    room = columns - table.sum(axis=0)

    def raise_one(row: int, seen: set[int]) -> bool:
        """Round one more cell of the row up, moving other rows' raised cells out of the way."""
        candidates = np.flatnonzero((remainder[row] > 0) & ~is_raised[row])
        for column in candidates[np.argsort(-remainder[row, candidates], kind="stable")]:
            if column in seen:
                continue
            seen.add(column)
            if room[column] > 0:
                room[column] -= 1
                is_raised[row, column] = True
                return True
            for other in np.flatnonzero(is_raised[:, column]).tolist():
                if raise_one(other, seen):
                    is_raised[other, column] = False
                    is_raised[row, column] = True
                    return True
        return False

    for row, missing in enumerate(rows - table.sum(axis=1)):
        for _ in range(missing):
            raise_one(row, set())
    return table + is_raised
