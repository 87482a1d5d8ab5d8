"""Every epoch hands out every sample once, in a new order, in batches of the size asked for."""

import numpy as np
import pytest

import engine.training.batches
from engine.data.samples import Samples
from engine.training.batches import Batches


@pytest.fixture(autouse=True, params=[2**18, 64], ids=["all gathered at once", "block by block"])
def _block_bytes(request, monkeypatch):
    """Let every test see both: an epoch that is gathered whole, and one gathered on the way."""
    monkeypatch.setattr(engine.training.batches, "_BLOCK_BYTES", request.param)


def numbered(m, pixels=False):
    """m samples whose only input is their own number, or a pixel of that level."""
    rows = np.arange(m)[:, np.newaxis]
    return Samples(
        rows.astype(np.uint8) if pixels else rows.astype(float),
        (np.arange(m) % 2).astype(np.uint8),
        np.arange(m),
        np.array([[0.0], [1.0]], np.float32 if pixels else np.float64),
    )


def drawn(batches, count=None):
    """Return the numbers in each of the next batches, by default those of one epoch."""
    listed = []
    for _ in range(batches.steps if count is None else count):
        parts = [X[..., 0, :].copy() for X, _ in batches.take()]
        listed.append(np.concatenate(parts, axis=-1))
    return listed


def together(epoch):
    return np.concatenate(epoch, axis=-1)


@pytest.mark.parametrize("pixels", [False, True])
@pytest.mark.parametrize(
    ("size", "sizes"),
    [(1, [1] * 10), (3, [3, 3, 3, 1]), (5, [5, 5]), (9, [9, 1]), (10, [10]), (11, [10]), (0, [10])],
)
def test_an_epoch_holds_every_sample_once_and_the_last_batch_is_what_is_left(size, sizes, pixels):
    batches = Batches(numbered(10, pixels), size, [np.random.default_rng(0)])
    for _ in range(3):
        epoch = drawn(batches)
        assert [len(batch) for batch in epoch] == sizes
        assert sorted(together(epoch)) == list(range(10))
        assert batches.position == 0


def test_targets_stay_with_their_inputs():
    batches = Batches(numbered(50), 7, [np.random.default_rng(0)])
    for _ in range(2 * batches.steps):
        for X, Y in batches.take():
            assert (X[0] % 2).tolist() == Y[0].tolist()


def test_columns_counts_the_whole_batch_under_way():
    batches = Batches(numbered(10), 4, [np.random.default_rng(0)])
    counted = []
    for _ in range(3):
        drawn(batches, 1)
        counted.append(batches.columns)
    assert counted == [4, 4, 2]


def test_samples_are_shuffled_anew_for_every_epoch():
    batches = Batches(numbered(50), 10, [np.random.default_rng(0)])
    orders = [tuple(together(drawn(batches))) for _ in range(5)]
    assert len(set(orders)) == 5
    assert tuple(range(50)) not in orders
    # Not only the order of the batches is new, but who is in a batch with whom.
    companions = [
        frozenset(frozenset(order[k : k + 10]) for k in range(0, 50, 10)) for order in orders
    ]
    assert len(set(companions)) == 5


def test_an_order_that_is_drawn_once_stays():
    rng = np.random.default_rng(0)
    batches = Batches(numbered(50), 10, [rng], order="once")
    orders = [tuple(together(drawn(batches))) for _ in range(5)]
    assert len(set(orders)) == 1
    # It is that which every other order begins with.
    each = Batches(numbered(50), 10, [np.random.default_rng(0)])
    assert orders[0] == tuple(together(drawn(each)))
    fork = batches.fork()
    assert tuple(together(drawn(fork))) == orders[0]


@pytest.mark.parametrize("seeds", [(0,), (0, 1)])
def test_sorted_samples_come_class_by_class_and_nothing_is_drawn(seeds):
    generators = [np.random.default_rng(seed) for seed in seeds]
    before = [generator.bit_generator.state for generator in generators]
    batches = Batches(numbered(10), 3, generators, order="sorted")
    for _ in range(2):
        epoch = drawn(batches)
        assert [len(batch) for batch in epoch] == [3, 3, 3, 1]
        assert together(epoch).tolist() == [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
    assert [generator.bit_generator.state for generator in generators] == before


def test_the_order_does_not_depend_on_the_batch_size():
    orders = [
        [together(drawn(batches)).tolist() for _ in range(3)]
        for batches in (Batches(numbered(50), size, [np.random.default_rng(3)]) for size in (1, 7))
    ]
    assert orders[0] == orders[1]


@pytest.mark.parametrize("size", [0, 10, 1000])
def test_full_batch_draws_nothing_and_keeps_the_order(size):
    generator = np.random.default_rng(0)
    before = generator.bit_generator.state
    batches = Batches(numbered(10), size, [generator])
    for _ in range(3):
        assert together(drawn(batches)).tolist() == list(range(10))
    assert generator.bit_generator.state == before


def test_each_replica_has_the_order_of_its_own_generator():
    batches = Batches(numbered(20), 6, [np.random.default_rng(s) for s in (1, 2)])
    alone = [Batches(numbered(20), 6, [np.random.default_rng(s)]) for s in (1, 2)]
    for _ in range(3):
        stacked = together(drawn(batches))
        assert stacked.shape == (2, 20)
        for replica, single in enumerate(alone):
            np.testing.assert_array_equal(stacked[replica], together(drawn(single)))
        assert stacked[0].tolist() != stacked[1].tolist()


@pytest.mark.parametrize("new_size", [1, 3, 8, 0])
def test_a_new_size_in_mid_epoch_goes_on_with_the_samples_not_seen_yet(new_size):
    batches = Batches(numbered(20), 4, [np.random.default_rng(0)])
    seen = drawn(batches, 2)
    batches.resize(new_size)
    while batches.position:
        seen += drawn(batches, 1)
    assert sorted(together(seen)) == list(range(20))
    assert len(seen[2]) == min(new_size or 12, 12)
    assert sorted(together(drawn(batches))) == list(range(20))


def test_the_same_size_in_mid_epoch_changes_nothing():
    left_alone, resized = (Batches(numbered(20), 3, [np.random.default_rng(0)]) for _ in range(2))
    for step in range(30):
        if step % 4 == 2:
            resized.resize(3)
        expected, got = drawn(left_alone, 1)[0], drawn(resized, 1)[0]
        assert got.tolist() == expected.tolist()


@pytest.mark.parametrize("taken", [0, 3, 7])
def test_a_fork_draws_the_same_batches_and_nothing_from_the_other(taken):
    batches = Batches(numbered(20), 3, [np.random.default_rng(0)])
    drawn(batches, taken)
    fork = batches.fork()
    ahead = [batch.tolist() for batch in drawn(fork, 20)]
    assert [batch.tolist() for batch in drawn(batches, 20)] == ahead


def test_the_steps_left_count_down_to_the_end_of_the_epoch():
    batches = Batches(numbered(10), 3, [np.random.default_rng(0)])
    left = []
    for _ in range(5):
        left.append(batches.steps_left)
        batches.take()
    assert left == [4, 3, 2, 1, 4]


@pytest.mark.parametrize("pixels", [False, True])
@pytest.mark.parametrize("size", [0, 45, 4])
def test_a_huge_batch_comes_in_parts_that_bound_the_memory(monkeypatch, size, pixels):
    whole = Batches(numbered(50, pixels), size, [np.random.default_rng(0)])
    monkeypatch.setattr(engine.training.batches, "PART", 8)
    monkeypatch.setattr(engine.training.batches, "_BLOCK_BYTES", 8)
    in_parts = Batches(numbered(50, pixels), size, [np.random.default_rng(0)])
    for _ in range(2 * whole.steps):
        widths, numbers = [], []
        for X, _ in in_parts.take():
            widths.append(X.shape[-1])
            numbers += X[0].tolist()
        assert numbers == drawn(whole, 1)[0].tolist()
        assert max(widths) <= 8
        assert sum(widths) == in_parts.columns
