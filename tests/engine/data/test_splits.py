"""Splits are disjoint, of the promised sizes, and fair to every class."""

import itertools

import numpy as np
import pytest

from engine.data.splits import split


def random_case(seed):
    """Labels of 1 to 10 uneven classes and 1 to 5 fractions, some 0, that sum to 1 or less."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(rng.integers(1, 11)))
    labels = rng.choice(len(weights), size=rng.integers(0, 200), p=weights).astype(np.uint8)
    shares = rng.dirichlet(np.ones(rng.integers(1, 6))) * (rng.random(1) < 0.7)
    fractions = tuple(shares * rng.choice([1.0, 0.5, 0.99]))
    return labels, fractions, rng


CASES = range(300)


@pytest.mark.parametrize(
    ("m", "fractions", "sizes"),
    [
        (1000, (0.6, 0.2, 0.2), (600, 200, 200)),
        (1_000_000, (0.98, 0.01, 0.01), (980_000, 10_000, 10_000)),
        (42_000, (41 / 42, 1 / 42), (41_000, 1_000)),
        # 2.4, 0.8, 0.8: two whole, the two places left go to the two remainders of 0.8.
        (4, (0.6, 0.2, 0.2), (2, 1, 1)),
        # 0.6, 0.2, 0.2: the one place goes to the largest remainder.
        (1, (0.6, 0.2, 0.2), (1, 0, 0)),
        (0, (0.6, 0.2, 0.2), (0, 0, 0)),
        # 2.5 and 2.5: the earlier fraction wins the tie.
        (5, (0.5, 0.5), (3, 2)),
        # 0.6, 1.8, 9.6: one place to 0.8, and of the two equal 0.6 to the earlier, although
        # floating point makes 12 * 0.8 the larger.
        (12, (0.05, 0.15, 0.8), (1, 2, 9)),
        # 1, 1 and 8 unused.
        (10, (0.1, 0.1), (1, 1)),
        (7, (0.0, 1.0, 0.0), (0, 7, 0)),
        (10, (0.7, 0.2, 0.1), (7, 2, 1)),
        (1, (0.36, 0.44, 0.2), (0, 1, 0)),
        (3, (), ()),
    ],
)
def test_sizes_by_hand(rng, m, fractions, sizes):
    labels = np.arange(m) % 2
    assert tuple(map(len, split(labels, fractions, rng))) == sizes


def test_the_four_points_of_xor_can_all_be_trained_on(rng):
    (train,) = split(np.array([0, 1, 1, 0], dtype=np.uint8), (1.0,), rng)
    assert sorted(train) == [0, 1, 2, 3]


def test_each_class_keeps_its_proportion(rng):
    labels = np.repeat([0, 1], [700, 300]).astype(np.uint8)
    counts = [np.bincount(labels[part]).tolist() for part in split(labels, (0.6, 0.2, 0.2), rng)]
    assert counts == [[420, 180], [140, 60], [140, 60]]


def test_ten_classes_of_one_each_go_where_there_is_room(rng):
    parts = split(np.arange(10), (0.6, 0.2, 0.2), rng)
    assert [len(part) for part in parts] == [6, 2, 2]
    assert sorted(np.concatenate(parts)) == list(range(10))


@pytest.mark.parametrize("seed", CASES)
def test_parts_are_disjoint_indices_and_use_everything_when_fractions_sum_to_one(seed):
    labels, fractions, rng = random_case(seed)
    parts = split(labels, fractions, rng)
    together = np.concatenate(parts)
    assert all(part.dtype == np.intp for part in parts)
    assert len(np.unique(together)) == len(together)
    assert np.isin(together, np.arange(len(labels))).all()
    if abs(sum(fractions) - 1) < 1e-9:
        assert len(together) == len(labels)


@pytest.mark.parametrize("seed", CASES)
def test_every_size_and_every_class_in_it_is_its_exact_share_rounded_up_or_down(seed):
    labels, fractions, rng = random_case(seed)
    classes, members = np.unique(labels, return_counts=True)
    for fraction, part in zip(fractions, split(labels, fractions, rng), strict=True):
        assert abs(len(part) - fraction * len(labels)) < 1
        shares = members * len(part) / max(len(labels), 1)
        counts = np.array([(labels[part] == k).sum() for k in classes])
        assert (np.floor(shares) <= counts).all()
        assert (counts <= np.ceil(shares)).all()


# All small tables of three classes and three parts: no corner is left out.
@pytest.mark.parametrize("members", list(itertools.product([1, 2, 4], repeat=3)))
@pytest.mark.parametrize("fractions", [(0.4, 0.3, 0.3), (0.25, 0.25)])
def test_small_tables_are_rounded_without_losing_a_sum(rng, members, fractions):
    labels = np.repeat([0, 1, 2], members)
    for part in split(labels, fractions, rng):
        shares = np.array(members) * len(part) / len(labels)
        assert (np.abs(np.bincount(labels[part], minlength=3) - shares) < 1).all()


def counted(members, sizes, rng):
    """Return how many of each class, with so many members, lie in parts of those sizes."""
    labels, m = np.repeat(np.arange(len(members)), members), sum(members)
    parts = split(labels, [size / m for size in sizes], rng)
    return np.array([np.bincount(labels[part], minlength=len(members)) for part in parts]).T


@pytest.mark.parametrize(
    ("members", "sizes", "table"),
    [
        # Exact shares [[0.5, 0.5], [0.5, 0.5]]: remainders of 1 out of 2 are rounded up as well.
        ((1, 1), (1, 1), None),
        # [[1.6, 2.4], [2.4, 3.6]]: the larger remainder is rounded up, not the first or the least.
        ((4, 6), (4, 6), [[2, 2], [2, 4]]),
        # [[0.2, 0.5, 0.3], [0.4, 1, 0.6], [1, 2.5, 1.5], [0.4, 1, 0.6]]: the three whole shares
        # stay what they are, although there is room beside them.
        ((1, 2, 5, 2), (2, 5, 3), None),
    ],
)
def test_tables_by_hand(rng, members, sizes, table):
    found = counted(members, sizes, rng)
    exact = np.outer(members, sizes) / sum(members)
    assert found.sum(axis=0).tolist() == list(sizes)
    assert found.sum(axis=1).tolist() == list(members)
    assert (np.abs(found - exact) < 1).all()
    assert table is None or found.tolist() == table


@pytest.mark.parametrize("seed", range(200))
def test_of_many_classes_a_whole_share_is_kept_and_every_other_rounded_by_less_than_one(seed):
    # Sizes with common divisors, so that many shares are whole; ten tables a seed.
    rng = np.random.default_rng([seed, 12])
    for _ in range(10):
        step = int(rng.integers(1, 7))
        members = step * rng.integers(1, 5, rng.integers(2, 17)) + rng.integers(0, step)
        m = int(members.sum())
        cuts = np.sort(step * rng.integers(0, m // step + 1, rng.integers(1, 5)))
        sizes = np.diff([0, *cuts, m])
        found = counted(members, sizes, rng)
        assert found.sum(axis=0).tolist() == sizes.tolist()
        assert found.sum(axis=1).tolist() == members.tolist()
        # In whole numbers: |found - exact| < 1, which leaves a whole share no choice.
        assert (np.abs(found * m - np.outer(members, sizes)) < m).all()


def test_the_seed_settles_the_split():
    labels = np.arange(100) % 3
    first, again, other = (
        split(labels, (0.5, 0.5), np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first[0], again[0])
    assert set(first[0]) != set(other[0])


def test_within_a_class_every_example_is_equally_likely_to_be_trained_on(rng):
    labels = np.repeat([0, 1], [3, 7])
    drawn = np.zeros(10)
    for _ in range(2000):
        drawn[split(labels, (0.5, 0.5), rng)[0]] += 1
    # 1.5 of 3 and 3.5 of 7 are rounded to 5 in all: 2 and 3, or 1 and 4. Four standard errors of
    # one rate are at most 4 * sqrt(0.25 / 2000) = 0.045.
    rates = drawn / 2000
    np.testing.assert_allclose(rates[:3], rates[:3].mean(), atol=0.045)
    np.testing.assert_allclose(rates[3:], rates[3:].mean(), atol=0.045)
    assert rates[:3].mean() in (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_the_classes_are_mixed_within_a_part(rng):
    labels = np.repeat([0, 1], 500)
    (part,) = split(labels, (1.0,), rng)
    # 250 ones expected in the first half, standard deviation sqrt(1000) / 4 = 8.
    assert 210 < labels[part[:500]].sum() < 290
    assert part.tolist() != sorted(part)


@pytest.mark.parametrize(
    "fractions", [(-0.1, 0.5), (0.6, 0.5), (1.0, 1e-6), (float("nan"), 0.5), (float("inf"),)]
)
def test_impossible_fractions_are_refused_in_one_sentence(rng, fractions):
    with pytest.raises(ValueError) as refusal:
        split(np.zeros(10), fractions, rng)
    listed = ", ".join(map(str, fractions))
    assert str(refusal.value) == (
        f"fractions must not be negative nor sum to more than 1, got {listed}."
    )


@pytest.mark.parametrize("fractions", [(0.1,) * 10, (0.7, 0.1, 0.2), (1 / 3, 1 / 3, 1 / 3)])
def test_fractions_that_miss_one_by_rounding_alone_use_everything(rng, fractions):
    for m in (10, 99, 1000):
        assert sum(map(len, split(np.arange(m) % 2, fractions, rng))) == m
