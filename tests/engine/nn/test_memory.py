import numpy as np
import pytest

from engine.nn.memory import aligned_copy, aligned_empty, side_by_side


@pytest.mark.parametrize("shape", [(), (1,), (13,), (3, 5), (2, 64, 784)])
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_an_array_starts_on_a_cache_line_and_is_what_numpy_would_have_made(shape, dtype):
    array = aligned_empty(shape, dtype)

    assert array.ctypes.data % 64 == 0
    assert (array.shape, array.dtype) == (shape, np.dtype(dtype))
    assert array.flags.c_contiguous
    assert array.flags.writeable


def test_a_copy_has_the_values_but_not_the_memory_of_what_was_copied():
    transposed = np.arange(6.0).reshape(2, 3).T

    copy = aligned_copy(transposed, np.float32)

    assert copy.tolist() == [[0, 3], [1, 4], [2, 5]]
    assert copy.flags.c_contiguous
    assert not np.shares_memory(copy, transposed)


@pytest.mark.parametrize("shapes", [[], [(3, 5)], [(2, 3, 4), (), (7, 0), (5,)]])
def test_arrays_side_by_side_fill_one_aligned_array_in_their_order(shapes):
    whole, parts = side_by_side(shapes, np.float32)
    for k, part in enumerate(parts):
        part[...] = k

    assert not parts or parts[0].ctypes.data % 64 == 0
    assert [part.shape for part in parts] == shapes
    assert whole.tolist() == [k for k, part in enumerate(parts) for _ in range(part.size)]
